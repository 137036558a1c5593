"""The loop that takes announcements into chats, behind personal notices (N4, N7)."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

import structlog

from bot.background import Background
from bot.courier.leaving import Leaving
from bot.courier.resting import REST, rest
from bot.courier.watching import Watching
from domain.announcements.sending import SendingTx
from domain.clock import Clock
from domain.work import Transaction

CHUNK: Final = 5
"""Chats claimed at once; on their way at once after a crash at most, so uncertain (N7)."""
LANES: Final = 2
"""While one waits for answers, the other sends: the pace decides, and not the network."""
LEASE: Final = timedelta(minutes=1)
AFTER_A_FAILURE: Final = 5.0
log = structlog.get_logger(__name__)


class Announcer:
    """Several may run at once, in several processes: each claims what it sends."""

    def __init__(
        self,
        sending: Transaction[SendingTx],
        leave: Leaving,
        watching: Watching,
        clock: Clock,
        background: Background,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._sending, self._leave, self._watching = sending, leave, watching
        self._clock, self._background, self._sleep = clock, background, sleep
        self._woken = [asyncio.Event() for _ in range(LANES)]
        self._in_hand, self._idle = 0, asyncio.Event()
        self._idle.set()
        self._stopping = False
        self._lanes: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        self._stopping = False
        self._lanes = {
            self._background.spawn(self._run(woken), f"announcer {number}", vital=True)
            for number, woken in enumerate(self._woken, start=1)
        }

    async def stop(self, grace: float = 10.0) -> None:
        """Ends after the chunks in hand, so that nothing is sent without being noted."""
        self._stopping = True
        self.wake()
        if not self._lanes:
            return
        _, late = await asyncio.wait(self._lanes, timeout=grace)
        for task in late:
            await self._background.cancel(task)
        self._lanes = set()

    def wake(self) -> None:
        """A hint that there is something to send. Losing it costs a rest of some seconds."""
        for woken in self._woken:
            woken.set()

    async def drain(self) -> None:
        """Until nothing is due, what others have in hand included, and who watches has seen it."""
        while await self.deliver_once() or self._in_hand:
            await self._idle.wait()
        await self._watching.tell(at_once=True)

    async def deliver_once(self) -> bool:
        """One chunk; False when nothing was due."""
        due, now = await self._sending.read(lambda tx: tx.next_due()), self._clock()
        if due is None or due > now:
            return False
        self._in_hand += 1
        self._idle.clear()
        try:
            taken = await self._sending.write(
                lambda tx: tx.take(now, limit=CHUNK, lease_until=now + LEASE)
            )
            if taken:
                await self._leave(taken)
        finally:
            self._in_hand -= 1
            if not self._in_hand:
                self._idle.set()
        return bool(taken)

    async def _run(self, woken: asyncio.Event) -> None:
        while not self._stopping:
            woken.clear()
            try:
                await self._step(woken)
            except Exception:
                # The database may be away for a while; what was claimed ends with its lease.
                log.exception("announcer_failed")
                await self._sleep(AFTER_A_FAILURE)

    async def _step(self, woken: asyncio.Event) -> None:
        busy = self._leave.paused < REST and await self.deliver_once()
        await self._watching.tell(at_once=not busy)
        if not busy and not self._stopping:
            due = await self._sending.read(lambda tx: tx.next_due())
            await rest(due, self._clock(), woken, held=self._leave.paused)
