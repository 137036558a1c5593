"""Waiting for a change without sleeping."""

import asyncio
from collections.abc import Callable


class Pulse:
    """Every change beats; whoever waits looks again. After ``close`` nobody waits any more."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()
        self.closed = False

    def beat(self) -> None:
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    def close(self) -> None:
        self.closed = True
        self.beat()

    async def until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """True as soon as the condition holds, else what it is worth at the end."""
        try:
            async with asyncio.timeout(seconds):
                while not condition() and not self.closed:
                    await self._next()
        except TimeoutError:
            pass
        return condition()

    async def _next(self) -> None:
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)
