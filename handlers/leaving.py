"""Leaving: what can be taken out of the chat is, then one sentence stays (A9)."""

import logging
from dataclasses import dataclass

from aiogram.exceptions import AiogramError
from aiogram.types import CallbackQuery, Message

from conversations.home.views import logged_out
from conversations.texts import Texts
from domain.sessions.model import Ended
from handlers.show import Show

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Leaving:
    show: Show

    async def wipe(self, ended: Ended) -> None:
        """The session is over already: what Telegram refuses costs its screens, and no more."""
        try:
            await self.show.wire.delete_many(ended.chat, ended.messages)
        except AiogramError as error:
            log.warning("not_wiped", extra={"error": type(error).__name__})

    async def out(self, event: Message | CallbackQuery, ended: Ended, texts: Texts) -> None:
        """For the session that asked. Below, as the pressed message is gone."""
        await self.wipe(ended)
        await self.show.below(event, logged_out(texts))
