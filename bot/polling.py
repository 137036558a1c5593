"""Long polling that tells Telegram "read" only of what is handled (decision 5).

An update that was taken but not handled when the process died comes again: handlers are harmless
twice. aiogram's own polling acknowledges first and loses them.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramConflictError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)

from bot.background import Background
from bot.lanes import Lanes, RawUpdate
from bot.wire.http import BotApi

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Acknowledgements:
    """Which updates may be told as read: all before the first that is not handled yet."""

    _taken: set[int] = field(default_factory=set)
    _open: set[int] = field(default_factory=set)

    def take(self, updates: Sequence[RawUpdate]) -> list[RawUpdate]:
        """Those not taken before; the others are still being handled and came again."""
        fresh = [u for u in updates if u["update_id"] not in self._taken]
        ids = {u["update_id"] for u in fresh}
        self._taken |= ids
        self._open |= ids
        return fresh

    def done(self, update_id: int) -> None:
        self._open.discard(update_id)

    @property
    def waiting(self) -> bool:
        return bool(self._open)

    @property
    def offset(self) -> int | None:
        if self._open:
            return min(self._open)
        return max(self._taken) + 1 if self._taken else None

    def told(self, offset: int | None) -> None:
        """Telegram has heard ``offset``: what lies before will not come again."""
        if offset is not None:
            self._taken = {taken for taken in self._taken if taken >= offset}


@dataclass(frozen=True, slots=True)
class Pauses:
    """Seconds. ``patience``: how long one slow chat may hold back the next fetch."""

    long_poll: int = 25
    patience: float = 0.5
    first: float = 1.0
    longest: float = 30.0
    standby: float = 10.0
    grace: float = 10.0


class Poller:
    """``handle`` gets each update once a process; what it raises is logged, and counts as done.
    ``answered`` is told each time that Telegram answers with updates, or that another one polls.
    """

    def __init__(
        self,
        api: BotApi,
        handle: Callable[[RawUpdate], Awaitable[object]],
        background: Background,
        *,
        allowed_updates: Sequence[str],
        width: int = 32,
        pauses: Pauses = Pauses(),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        answered: Callable[[], object] = lambda: None,
    ) -> None:
        self._api, self._background = api, background
        self._allowed, self._pauses, self._sleep = list(allowed_updates), pauses, sleep
        self._answered = answered
        self._acks = Acknowledgements()
        self._lanes = Lanes(handle, self._settled, background, width=width)
        self._quiet = asyncio.Event()
        self._failures = 0
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = self._background.spawn(self._run(), "poller", vital=True)

    async def stop(self) -> None:
        """Takes nothing more, finishes what it has, and says so to Telegram."""
        if self._task is not None:
            await self._background.cancel(self._task)
            self._task = None
        await self._lanes.drain(self._pauses.grace)
        await self._last_word()

    async def _run(self) -> None:
        while True:
            updates = await self._fetch()
            for update in self._acks.take(updates):
                self._quiet.clear()
                self._lanes.push(update)
            if self._acks.waiting:
                await self._settle()

    async def _fetch(self) -> Sequence[RawUpdate]:
        offset = self._acks.offset
        # What is not handled yet comes again at once: asking to wait would be no waiting.
        wait = 0 if self._acks.waiting else self._pauses.long_poll
        try:
            updates: Sequence[RawUpdate] = await self._get(offset, limit=100, wait=wait)
        except (AiogramError, ValueError) as error:
            await self._back_off(error)
            return ()
        self._answered()
        if self._failures:
            log.info("polling_again", failures=self._failures)
            self._failures = 0
        self._acks.told(offset)
        return updates

    async def _get(self, offset: int | None, *, limit: int, wait: int) -> Any:
        params: dict[str, Any] = {
            "timeout": wait,
            "limit": limit,
            "allowed_updates": self._allowed,
        }
        if offset is not None:
            params["offset"] = offset
        return await self._api.call("getUpdates", params, wait=wait)

    async def _settle(self) -> None:
        # Not `wait_for`: before Python 3.12 it may swallow the cancellation that ends us.
        try:
            async with asyncio.timeout(self._pauses.patience):
                await self._quiet.wait()
        except TimeoutError:
            log.debug("polling_past_slow_chats")

    def _settled(self, update: RawUpdate) -> None:
        self._acks.done(update["update_id"])
        if not self._acks.waiting:
            self._quiet.set()

    async def _back_off(self, error: Exception) -> None:
        self._failures += 1
        seconds = min(self._pauses.first * 2 ** (self._failures - 1), self._pauses.longest)
        match error:
            case TelegramConflictError() if "webhook" in error.message.lower():
                await self._leave_the_webhook()
            case TelegramConflictError():
                seconds = self._pauses.standby
                self._answered()
                if self._failures == 1:
                    log.warning("polling_standby", why="another process polls with this token")
            case TelegramUnauthorizedError():
                log.error("polling_refused", why="BOT_TOKEN is not accepted; see cartable doctor")
            case TelegramRetryAfter():
                seconds = max(seconds, error.retry_after)
                log.warning("polling_held", seconds=seconds)
            case _:
                log.warning("polling_failed", error=_name(error), again_in=seconds)
        await self._sleep(seconds)

    async def _leave_the_webhook(self) -> None:
        """Set by an earlier way of running; what waits there is kept."""
        log.warning("polling_removes_the_webhook")
        try:
            await self._api.call("deleteWebhook", {"drop_pending_updates": False})
        except (AiogramError, ValueError) as error:
            log.warning("webhook_not_removed", error=_name(error))

    async def _last_word(self) -> None:
        """An offset is heard only with the next request, and there will be none."""
        if (offset := self._acks.offset) is None:
            return
        try:
            await self._get(offset, limit=1, wait=0)
        except (AiogramError, ValueError) as error:
            log.warning("last_updates_not_acknowledged", error=_name(error))


def _name(error: Exception) -> str:
    return "not an answer" if isinstance(error, ClientDecodeError) else type(error).__name__
