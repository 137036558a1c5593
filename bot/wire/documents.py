"""What an agent sent into the chat, brought here; nothing of it stays."""

from dataclasses import dataclass

import structlog
from aiogram.exceptions import AiogramError, TelegramBadRequest

from bot.wire.http import BotApi, Overflow
from domain.imports.by_agent import MOST
from domain.imports.errors import NotReceived, TooBig

MEBIBYTE = 2**20
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class FetchDocument:
    """``handlers.use_cases.staff_desk.Fetch``."""

    api: BotApi
    most: int = MOST * MEBIBYTE

    async def __call__(self, file_id: str) -> bytes:
        try:
            return await self.api.download(file_id, most=self.most)
        except Overflow:
            raise TooBig(most=self.most // MEBIBYTE) from None
        except TelegramBadRequest as error:
            if "file is too big" in error.message.lower():
                raise TooBig(most=self.most // MEBIBYTE) from None
            raise NotReceived from None
        except AiogramError as error:
            log.info("document_not_received", error=type(error).__name__)
            raise NotReceived from None
