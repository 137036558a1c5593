"""The pace of what can wait: under the same limits as personal notices, and behind them (N7)."""

import asyncio
import time

from bot.courier.pacing import Monotonic, Pace, Sleep

SHARE = 20.0
"""A second, of the 25 that leave: notices find room between the messages of a broadcast."""
PATIENCE = 1.0


class Behind:
    """One message at a time stands at the common gate, however many wait for it: a notice never
    stands behind more than that one.
    """

    def __init__(
        self,
        pace: Pace,
        *,
        per_second: float = SHARE,
        monotonic: Monotonic = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._pace, self._between = pace, 1 / per_second
        self._monotonic, self._sleep = monotonic, sleep
        self._gate = asyncio.Lock()
        self._next = float("-inf")

    async def turn(self, chat: int) -> float:
        """As ``Pace.turn``, but a chat that cannot be written to at once is left for later."""
        async with self._gate:
            while (wait := self._next - self._monotonic()) > 0:
                await self._sleep(wait)
            if (wait := await self._pace.turn(chat, patience=PATIENCE)) > 0:
                return wait
            self._next = self._monotonic() + self._between
            return 0.0

    def hold(self, chat: int, seconds: float) -> None:
        self._pace.hold(chat, seconds)

    @property
    def paused(self) -> float:
        return self._pace.paused
