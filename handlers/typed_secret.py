"""What may be a password: deleted as soon as it is read, whatever it is (A2)."""

from dataclasses import dataclass
from typing import Final

from aiogram.filters import Command
from aiogram.types import Message

from conversations.commands import COMMANDS
from conversations.login import views
from conversations.texts import Texts
from domain.accounts.passwords import LONGEST
from handlers.show import Show

NOT_A_COMMAND: Final = ~Command("start", "agent", *COMMANDS)


@dataclass(frozen=True, slots=True)
class Typed:
    """``text`` is None for what cannot be one. ``note`` says what became of the message."""

    text: str | None
    note: str


async def read_secret(event: Message, show: Show, texts: Texts) -> Typed:
    erased = await show.wire.delete(event.chat.id, event.message_id)
    note = views.erasure(texts, erased=erased)
    if event.text is None or event.edit_date is not None:
        return Typed(None, f"{views.text_only(texts)} {note}")
    if len(event.text) > LONGEST:
        return Typed(None, f"{views.too_long(texts)} {note}")
    return Typed(event.text, note)
