"""What the playground holds: people, chats, messages, files, callback queries."""

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
Rows = list[list[Json]]
Kind = Literal["text", "photo", "document", "invoice", "rich", "service", "sticker", "contact"]


@dataclass(slots=True)
class Person:
    """``started``: has written to the bot, which may write back from then on."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str = "fr"
    role: str = "parent"
    note: str = ""
    started: bool = False

    def as_user(self) -> Json:
        names = {"last_name": self.last_name, "username": self.username}
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            **{key: value for key, value in names.items() if value},
            "language_code": self.language_code,
        }

    def as_json(self) -> Json:
        return {**self.as_user(), "role": self.role, "note": self.note}


@dataclass(slots=True)
class Message:
    """``body`` has Telegram's own fields for the content (text, entities, document, ...)."""

    message_id: int
    chat_id: int
    date: int
    sender: Json
    kind: Kind
    body: Json
    inline: Rows | None = None
    reply_keyboard: Json | None = None
    rich: Json | None = None
    flags: list[str] = field(default_factory=list)
    silent: bool = False
    protected: bool = False
    pinned: bool = False
    paid: bool = False
    edit_date: int | None = None
    deleted: bool = False

    @property
    def by_bot(self) -> bool:
        return bool(self.sender["is_bot"])

    @property
    def text(self) -> str:
        """The words of the message, wherever they are."""
        return str(self.body.get("text", self.body.get("caption", "")))

    @property
    def entities(self) -> list[Json]:
        return self.body.get("entities") or self.body.get("caption_entities") or []

    @property
    def editable(self) -> bool:
        """A message that came with a reply keyboard can never be edited."""
        return self.by_bot and self.reply_keyboard is None


@dataclass(slots=True)
class Chat:
    """``version`` grows with every change that the person could see."""

    id: int
    form: Json
    messages: dict[int, Message] = field(default_factory=dict)
    blocked: bool = False
    left: bool = False
    unread: int = 0
    version: int = 0
    typing_until: float = 0.0

    @property
    def visible(self) -> list[Message]:
        return [message for message in self.messages.values() if not message.deleted]


@dataclass(slots=True)
class StoredFile:
    file_id: str
    unique_id: str
    path: str
    name: str
    mime_type: str
    data: bytes


@dataclass(slots=True)
class Upload:
    name: str
    mime_type: str
    data: bytes


@dataclass(slots=True)
class Callback:
    """A press that waits for its answer; ``asked_at`` in the playground's time (seconds)."""

    id: str
    chat_id: int
    message_id: int
    data: str
    asked_at: float
    answered: bool = False
    text: str | None = None
    show_alert: bool = False
    url: str | None = None


@dataclass(slots=True)
class Checkout:
    """A payment that waits for the bot's word."""

    id: str
    person_id: int
    message_id: int
    asked_at: float
    answered: bool = False
    ok: bool = False
    error: str | None = None


@dataclass(slots=True)
class BotIdentity:
    id: int
    token: str
    username: str
    first_name: str

    def as_user(self) -> Json:
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.first_name,
            "username": self.username,
        }


@dataclass(slots=True)
class WebhookState:
    secret: str = ""
    max_connections: int = 40
    last_error: str | None = None
    last_error_at: int = 0
