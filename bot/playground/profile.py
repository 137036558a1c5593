"""How the bot presents itself: commands by scope and language, texts, menu button."""

from dataclasses import dataclass, field
from typing import Any

from bot.playground.model import Json

Scope = tuple[str, int | None]
DEFAULT: Scope = ("default", None)


def scope_of(form: Json | None) -> Scope:
    if not form:
        return DEFAULT
    chat_id = form.get("chat_id")
    return str(form.get("type", "default")), int(chat_id) if chat_id is not None else None


@dataclass(slots=True)
class Profile:
    """``texts`` holds names and descriptions by (field, language)."""

    commands: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menus: dict[int | None, Json] = field(default_factory=dict)

    def commands_for(self, chat_id: int, language: str) -> list[Json]:
        """What a person sees in the menu: the narrowest scope first, the own language first."""
        for scope in (("chat", chat_id), ("all_private_chats", None), DEFAULT):
            for code in (language[:2], ""):
                if found := self.commands.get((scope, code)):
                    return found
        return []

    def text(self, name: str, language: str) -> str:
        return self.texts.get((name, language), "")

    def menu(self, chat_id: int | None) -> dict[str, Any]:
        return self.menus.get(chat_id) or self.menus.get(None) or {"type": "commands"}
