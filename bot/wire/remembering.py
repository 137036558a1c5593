"""Notes each new message that somebody connected is shown, so that leaving can take it away (A9).

Edits are not noted: a tap on a calendar redraws a message that is known already.
"""

from collections.abc import Awaitable, Callable, Sequence

from conversations.screen import Document, Invoice, Screen
from handlers.show import Wire


class RememberingWire:
    """``handlers.show.Wire``, over another one. ``remember``: of a chat, a message."""

    def __init__(self, wire: Wire, remember: Callable[[int, int], Awaitable[None]]) -> None:
        self._wire, self._remember = wire, remember

    async def send(self, chat_id: int, screen: Screen) -> int:
        return await self._remembered(chat_id, await self._wire.send(chat_id, screen))

    async def send_document(self, chat_id: int, document: Document) -> int:
        return await self._remembered(chat_id, await self._wire.send_document(chat_id, document))

    async def send_invoice(self, chat_id: int, invoice: Invoice) -> int:
        return await self._remembered(chat_id, await self._wire.send_invoice(chat_id, invoice))

    async def answer_checkout(self, query_id: str, refusal: str | None) -> None:
        await self._wire.answer_checkout(query_id, refusal)

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> None:
        await self._wire.edit(chat_id, message_id, screen)

    async def answer(
        self, callback_id: str, text: str | None = None, *, alert: bool = False
    ) -> None:
        await self._wire.answer(callback_id, text, alert=alert)

    async def delete(self, chat_id: int, message_id: int) -> bool:
        return await self._wire.delete(chat_id, message_id)

    async def delete_many(self, chat_id: int, message_ids: Sequence[int]) -> None:
        await self._wire.delete_many(chat_id, message_ids)

    async def _remembered(self, chat_id: int, message_id: int) -> int:
        await self._remember(chat_id, message_id)
        return message_id
