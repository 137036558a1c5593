"""Keeps pushes under Telegram's limits: so many a second overall, one a second in a chat (N7).

python-telegram-bot's limiter stays behind it as a second fence; alone it lets bursts through and
forgets a 429 as soon as any other request ends.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

Monotonic = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]
MANY_CHATS = 1024


class Pace:
    """Every push asks for its ``turn``. Holds come from the server's 429."""

    def __init__(
        self,
        *,
        per_second: float = 25.0,
        per_chat: float = 1.0,
        patience: float = 10.0,
        monotonic: Monotonic = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._between, self._between_in_chat = 1 / per_second, 1 / per_chat
        self._patience, self._monotonic, self._sleep = patience, monotonic, sleep
        self._next = float("-inf")
        self._next_in: dict[int, float] = {}
        self._held: dict[int, float] = {}

    async def turn(self, chat: int, *, patience: float | None = None) -> float:
        """0 at the instant when one message may go to this chat, which counts it; or at once the
        seconds to wait, when they are too many to stand there.
        """
        longest = self._patience if patience is None else patience
        while (wait := self._wait(chat)) > 0:
            if wait > longest:
                return wait
            await self._sleep(wait)
        now = self._monotonic()
        self._next = now + self._between
        self._next_in[chat] = now + self._between_in_chat
        self._forget(now)
        return 0.0

    def hold(self, chat: int, seconds: float) -> None:
        """Nothing to this chat; two chats held at once mean that the whole bot is."""
        now = self._monotonic()
        self._held = {held: until for held, until in self._held.items() if until > now}
        self._held[chat] = max(self._held.get(chat, now), now + seconds)
        self._next_in[chat] = max(self._next_in.get(chat, now), self._held[chat])
        if len(self._held) > 1:
            self._next = max(self._next, *self._held.values())

    @property
    def paused(self) -> float:
        """Seconds until anything at all may go."""
        return max(self._next - self._monotonic(), 0.0)

    def _wait(self, chat: int) -> float:
        return max(self._next, self._next_in.get(chat, self._next)) - self._monotonic()

    def _forget(self, now: float) -> None:
        if len(self._next_in) > MANY_CHATS:
            self._next_in = {chat: at for chat, at in self._next_in.items() if at > now}
