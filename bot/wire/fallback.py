"""Where Telegram refuses tables, the same facts go out as text, and stay so (decision 9)."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

import structlog
from aiogram.exceptions import TelegramBadRequest

from conversations.screen import Document, Invoice, Screen
from handlers.show import Wire, is_gone, is_unchanged

log = structlog.get_logger(__name__)


class FallbackWire:
    """``handlers.show.Wire``, over another one. ``give_up``: the choice of tables, for a chat."""

    def __init__(self, wire: Wire, give_up: Callable[[int], Awaitable[None]]) -> None:
        self._wire, self._give_up = wire, give_up

    async def send(self, chat_id: int, screen: Screen) -> int:
        try:
            return await self._wire.send(chat_id, screen)
        except TelegramBadRequest as error:
            if screen.rich is None:
                raise
            sent = await self._wire.send(chat_id, replace(screen, rich=None))
            await self._refused(chat_id, error)
            return sent

    async def send_document(self, chat_id: int, document: Document) -> int:
        return await self._wire.send_document(chat_id, document)

    async def send_invoice(self, chat_id: int, invoice: Invoice) -> int:
        return await self._wire.send_invoice(chat_id, invoice)

    async def answer_checkout(self, query_id: str, refusal: str | None) -> None:
        await self._wire.answer_checkout(query_id, refusal)

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> None:
        try:
            await self._wire.edit(chat_id, message_id, screen)
        except TelegramBadRequest as error:
            if screen.rich is None or is_gone(error) or is_unchanged(error):
                raise
            await self._wire.edit(chat_id, message_id, replace(screen, rich=None))
            await self._refused(chat_id, error)

    async def answer(
        self, callback_id: str, text: str | None = None, *, alert: bool = False
    ) -> None:
        await self._wire.answer(callback_id, text, alert=alert)

    async def delete(self, chat_id: int, message_id: int) -> bool:
        return await self._wire.delete(chat_id, message_id)

    async def delete_many(self, chat_id: int, message_ids: Sequence[int]) -> None:
        await self._wire.delete_many(chat_id, message_ids)

    async def _refused(self, chat_id: int, error: TelegramBadRequest) -> None:
        """Only after the text was taken: then it was the tables that were not."""
        log.warning("tables_refused", words=error.message)
        await self._give_up(chat_id)
