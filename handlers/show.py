"""Put a screen in the chat: redraw the message whose button was pressed, or send a new one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, Message

from conversations.screen import Document, Invoice, Screen

UNCHANGED: Final = "message is not modified"
# Deleted, no longer ours to edit, or a file: the screen goes into a new message.
GONE: Final = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
)


class Wire(Protocol):
    """The way to Telegram. Refusals raise aiogram's own exceptions, in Telegram's own words."""

    async def send(self, chat_id: int, screen: Screen) -> int:
        """Answers the new message's id."""

    async def send_document(self, chat_id: int, document: Document) -> int:
        """The same for a file."""

    async def send_invoice(self, chat_id: int, invoice: Invoice) -> int:
        """The same for an invoice, with Telegram's own button."""

    async def answer_checkout(self, query_id: str, refusal: str | None) -> None:
        """None: it may be paid."""

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> None: ...

    async def answer(
        self, callback_id: str, text: str | None = None, *, alert: bool = False
    ) -> None: ...

    async def delete(self, chat_id: int, message_id: int) -> bool:
        """False when Telegram refused (older than 48 hours, already gone); never raises for it."""

    async def delete_many(self, chat_id: int, message_ids: Sequence[int]) -> None:
        """As many as can be; what is gone or too old is passed over, as by ``delete``."""


@dataclass(frozen=True, slots=True)
class Show:
    wire: Wire

    async def __call__(self, event: Message | CallbackQuery, screen: Screen) -> int | None:
        """Redraw the pressed message; under a typed message, send. Answers which message it is
        in, where there is a chat for it.
        """
        if isinstance(event, CallbackQuery) and event.message is not None:
            return await self._redraw(event.message.chat.id, event.message.message_id, screen)
        return await self.below(event, screen)

    async def below(self, event: Message | CallbackQuery, screen: Screen) -> int | None:
        """Always a new message: what is above stays to be read."""
        message = event.message if isinstance(event, CallbackQuery) else event
        return None if message is None else await self.wire.send(message.chat.id, screen)

    async def _redraw(self, chat_id: int, message_id: int, screen: Screen) -> int:
        try:
            await self.wire.edit(chat_id, message_id, screen)
        except TelegramBadRequest as error:
            if is_gone(error):
                return await self.wire.send(chat_id, screen)
            if not is_unchanged(error):
                raise
        return message_id


def is_gone(error: TelegramBadRequest) -> bool:
    """Whether the message to redraw is no longer there for it."""
    return any(gone in error.message.lower() for gone in GONE)


def is_unchanged(error: TelegramBadRequest) -> bool:
    return UNCHANGED in error.message.lower()
