"""Everything that the playground remembers, and the few ways in which it changes."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bot.playground.clock import ShiftableClock
from bot.playground.events import Hub
from bot.playground.faults import Faults
from bot.playground.files import Files
from bot.playground.floods import Floods
from bot.playground.forms import page_message
from bot.playground.journal import Journal
from bot.playground.model import (
    BotIdentity,
    Callback,
    Chat,
    Checkout,
    Json,
    Kind,
    Message,
    Person,
    WebhookState,
)
from bot.playground.profile import Profile
from bot.playground.pulse import Pulse
from bot.playground.updates import Updates


@dataclass(slots=True)
class World:
    bot: BotIdentity
    clock: ShiftableClock
    floods: Floods
    pulse: Pulse
    updates: Updates
    hub: Hub = field(default_factory=Hub)
    journal: Journal = field(default_factory=Journal)
    faults: Faults = field(default_factory=Faults)
    files: Files = field(default_factory=Files)
    profile: Profile = field(default_factory=Profile)
    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    callbacks: dict[str, Callback] = field(default_factory=dict)
    checkouts: dict[str, Checkout] = field(default_factory=dict)
    payloads: dict[int, str] = field(default_factory=dict)
    """Of invoices, by message: the person never sees them."""
    webhook: WebhookState = field(default_factory=WebhookState)
    _message_ids: "count[int]" = field(default_factory=lambda: count(1))
    _query_ids: "count[int]" = field(default_factory=lambda: count(4_000_000_000_000_001))

    def timestamp(self) -> int:
        return int(self.clock.now().timestamp())

    def new_query_id(self) -> str:
        return str(next(self._query_ids))

    def add_person(self, person: Person) -> None:
        """Creates or replaces; a chat that exists goes on."""
        self.people[person.id] = person
        user = person.as_user()
        shown: Json = {
            key: user[key] for key in ("first_name", "last_name", "username") if key in user
        }
        form: Json = {"id": person.id, "type": "private", **shown}
        if person.id in self.chats:
            self.chats[person.id].form = form
        else:
            self.chats[person.id] = Chat(person.id, form)
        self.hub.publish("people", None)

    def group(self, group_id: int, title: str) -> Chat:
        if group_id not in self.chats:
            form = {"id": group_id, "type": "group", "title": title}
            self.chats[group_id] = Chat(group_id, form)
        return self.chats[group_id]

    def post(self, chat: Chat, sender: Json, kind: Kind, body: Json, **more: Any) -> Message:
        """A new message at the end of the chat."""
        message = Message(
            next(self._message_ids), chat.id, self.timestamp(), sender, kind, body, **more
        )
        chat.messages[message.message_id] = message
        if message.by_bot:
            chat.unread += 1
            self._stop_typing(chat)
        self._changed("message", chat, message)
        return message

    def edited(self, chat: Chat, message: Message) -> None:
        self._changed("edit", chat, message)

    def delete(self, chat: Chat, message: Message) -> None:
        message.deleted = True
        chat.version += 1
        self.hub.publish("delete", chat.id, lambda: {"message_id": message.message_id})
        self.pulse.beat()

    def type_in(self, chat: Chat, seconds: float) -> None:
        chat.typing_until = self.clock.now().timestamp() + seconds
        self.hub.publish("typing", chat.id, lambda: {"typing": True})

    def answered(self, callback: Callback) -> None:
        self.hub.publish(
            "callback_answer",
            callback.chat_id,
            lambda: {
                "callback_id": callback.id,
                "text": callback.text,
                "show_alert": callback.show_alert,
                "url": callback.url,
            },
        )
        self.pulse.beat()

    def changed(self, chat: Chat) -> None:
        """Something else about the chat: blocked, read."""
        chat.version += 1
        self.pulse.beat()

    def _stop_typing(self, chat: Chat) -> None:
        if chat.typing_until:
            chat.typing_until = 0.0
            self.hub.publish("typing", chat.id, lambda: {"typing": False})

    def _changed(self, kind: str, chat: Chat, message: Message) -> None:
        chat.version += 1
        self.hub.publish(
            kind, chat.id, lambda: {"message": page_message(message), "unread": chat.unread}
        )
        self.pulse.beat()
