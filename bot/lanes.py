"""One chat's updates one after the other, several chats at a time (decision 4)."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog

from bot.background import Background

RawUpdate = dict[str, Any]
log = structlog.get_logger(__name__)


class Lanes:
    """``settled`` is told of each update that was handled, well or badly."""

    def __init__(
        self,
        handle: Callable[[RawUpdate], Awaitable[object]],
        settled: Callable[[RawUpdate], None],
        background: Background,
        *,
        width: int,
    ) -> None:
        self._handle, self._settled, self._background = handle, settled, background
        self._gate = asyncio.Semaphore(width)
        self._waiting: dict[int, deque[RawUpdate]] = {}
        self._running: set[asyncio.Task[None]] = set()

    def push(self, update: RawUpdate) -> None:
        if is_urgent(update):
            self._spawn(self._one(update), "urgent update")
            return
        lane = lane_of(update)
        if lane in self._waiting:
            self._waiting[lane].append(update)
            return
        self._waiting[lane] = deque([update])
        self._spawn(self._run(lane), f"chat lane {len(self._waiting)}")

    async def drain(self, grace: float) -> None:
        """Waits for all; what takes longer than ``grace`` seconds is given up unhandled."""
        if not self._running:
            return
        _, slow = await asyncio.wait(set(self._running), timeout=grace)
        for task in slow:
            await self._background.cancel(task)

    def _spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = self._background.spawn(work, name)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _run(self, lane: int) -> None:
        queue = self._waiting[lane]
        try:
            while queue:
                async with self._gate:
                    await self._one(queue[0])
                queue.popleft()
        finally:
            del self._waiting[lane]

    async def _one(self, update: RawUpdate) -> None:
        with structlog.contextvars.bound_contextvars(update_id=update["update_id"]):
            try:
                await self._handle(update)
            except Exception:
                # The handlers' own error router has answered the parent where it could; an
                # update that breaks us each time must not come again for ever.
                log.exception("update_failed")
        self._settled(update)


def is_urgent(update: RawUpdate) -> bool:
    """Somebody's payment waits ten seconds for the bot's word: before the queue, and past the
    gate. It reads only, so that nothing is overtaken that matters.
    """
    return "pre_checkout_query" in update


def lane_of(update: RawUpdate) -> int:
    """The chat, or the person where there is no chat; 0 for what has neither."""
    for event in update.values():
        if isinstance(event, dict):
            place = event.get("chat") or event.get("message", {}).get("chat") or event.get("from")
            return int(place["id"]) if place else 0
    return 0
