"""Deletes for jobs, which have nobody to tell that it failed."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from aiogram.exceptions import AiogramError

from handlers.show import Wire

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class WireChats:
    """``domain.privacy.ports.Chats``."""

    wire: Wire

    async def delete_many(self, chat_id: int, message_ids: Sequence[int]) -> bool:
        try:
            await self.wire.delete_many(chat_id, message_ids)
        except AiogramError as error:
            log.info("screens_not_deleted", error=type(error).__name__)
            return False
        return True
