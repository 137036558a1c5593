"""Refusals on the town's side lead back to the agents' home, and not to the parents'."""

import logging
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject

from conversations import words
from conversations.staff import home as views
from domain.errors import DomainError
from handlers.acting import Handler
from handlers.show import Show
from handlers.staff.door import StaffActing

log = logging.getLogger(__name__)


class StaffGuard(BaseMiddleware):
    """Around each handler, where it is known who acts. The rest is for ``errors.Guard``."""

    def __init__(self, show: Show) -> None:
        self._show = show

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        try:
            return await handler(event, data)
        except DomainError as error:
            agent = data.get("agent")
            if not isinstance(agent, StaffActing) or not isinstance(
                event, Message | CallbackQuery
            ):
                raise
            log.info("staff_refused", extra={"code": error.code})
            sentence = words.refusal(error, agent.texts)
            await self._show(event, views.refused(sentence, agent.texts))
        return None
