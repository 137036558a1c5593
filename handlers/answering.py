"""Every callback is answered at once, beside the work: the parent's button stops spinning."""

import asyncio
import logging
from typing import Any

from aiogram import BaseMiddleware
from aiogram.exceptions import AiogramError
from aiogram.types import CallbackQuery, TelegramObject

from handlers.acting import Handler
from handlers.show import Wire

log = logging.getLogger(__name__)


class AnswerAtOnce(BaseMiddleware):
    """Outermost; what is inside must not raise (see ``errors.Guard``)."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if not isinstance(event, CallbackQuery):
            return await handler(event, data)
        async with asyncio.TaskGroup() as beside:
            beside.create_task(self._answer(event.id))
            return await handler(event, data)

    async def _answer(self, callback_id: str) -> None:
        try:
            await self._wire.answer(callback_id)
        except AiogramError as error:
            # "query is too old" after a restart, mostly; the work beside it counts, not this.
            log.info("callback_not_answered", extra={"error": type(error).__name__})
