"""Live progress in an agent's chat: one message, redrawn every few seconds at most (S2)."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import structlog
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramRetryAfter,
)

from conversations.announcing import progress
from conversations.texts import TextsByLocale
from domain.activities.ports import Catalogues
from domain.announcements.sending import Live, SendingTx
from domain.work import Transaction
from handlers.show import Wire, is_gone, is_unchanged

EVERY: Final = 3.0  # seconds
log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Watching:
    """What was not told is told after a restart: the message's number is in the row."""

    sending: Transaction[SendingTx]
    wire: Wire
    texts: TextsByLocale
    catalogues: Catalogues
    monotonic: Callable[[], float] = time.monotonic
    _next: float = float("-inf")
    _held: float = float("-inf")  # until then by a 429
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def tell(self, *, at_once: bool = False) -> None:
        """``at_once``: nothing more will come for a while."""
        async with self._one:
            if self.monotonic() < (self._held if at_once else max(self._next, self._held)):
                return
            self._next = self.monotonic() + EVERY
            for live in await self.sending.read(lambda tx: tx.live()):
                await self._tell(live)

    async def _tell(self, live: Live) -> None:
        try:
            message = await self._draw(live)
        except TelegramForbiddenError:
            await self.sending.write(lambda tx: tx.unwatch(live))
        except TelegramBadRequest as error:
            if not is_gone(error):
                # A defect, which the sending must not wait for: it would be refused again.
                log.exception("progress_refused", announcement=live.followed.composed.id)
            await self.sending.write(lambda tx: tx.unwatch(live))
        except TelegramRetryAfter as error:
            self._held = self.monotonic() + error.retry_after
        except AiogramError as error:
            log.info("progress_not_told", error=type(error).__name__)
        else:
            await self.sending.write(lambda tx: tx.told(live, message))

    async def _draw(self, live: Live) -> int:
        catalogue = await self.catalogues()
        zone = catalogue.structures[live.followed.composed.structure_id].zone
        screen = progress.screen(live.followed, self.texts(live.locale, zone))
        if live.message_id is None:
            return await self.wire.send(live.chat, screen)
        try:
            await self.wire.edit(live.chat, live.message_id, screen)
        except TelegramBadRequest as error:
            if not is_unchanged(error):
                raise
        return live.message_id
