"""The loop that takes due notices out of the outbox and has them delivered (N7)."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from bot.background import Background
from bot.courier.delivery import Delivery
from bot.courier.resting import rest
from domain.clock import Clock
from domain.notices.ports import Outbox
from domain.work import Transaction

BATCH = 25
LEASE = timedelta(minutes=5)
AFTER_A_FAILURE = 5.0
log = structlog.get_logger(__name__)


class Courier:
    """Several may run at once, in several processes: each claims what it sends, with a lease.
    ``beat`` is told each time that it has gone around.
    """

    def __init__(
        self,
        outbox: Transaction[Outbox],
        deliver: Delivery,
        clock: Clock,
        background: Background,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        beat: Callable[[], object] = lambda: None,
    ) -> None:
        self._outbox, self.deliver, self._clock = outbox, deliver, clock
        self._background, self._sleep, self._beat = background, sleep, beat
        self._one_batch = asyncio.Lock()
        self._woken = asyncio.Event()
        self._stopping = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._stopping = False
        self._task = self._background.spawn(self._run(), "courier", vital=True)

    async def stop(self, grace: float = 10.0) -> None:
        """Ends after the batch in hand, so that nothing is sent without being noted."""
        if self._task is None:
            return
        self._stopping = True
        self._woken.set()
        _, late = await asyncio.wait({self._task}, timeout=grace)
        for task in late:
            await self._background.cancel(task)
        self._task = None

    def wake(self) -> None:
        """A hint that something was queued. Losing it costs a rest of some seconds, no more."""
        self._woken.set()

    async def drain(self) -> None:
        """Until nothing is due, the batch in hand included."""
        while await self.deliver_once():
            pass

    async def deliver_once(self) -> bool:
        """One batch; False when nothing was due."""
        async with self._one_batch:
            now = self._clock()
            dues = await self._outbox.write(
                lambda tx: tx.claim(now, limit=BATCH, lease_until=now + LEASE)
            )
            async with asyncio.TaskGroup() as batch:
                for due in dues:
                    batch.create_task(self.deliver(due))
        return bool(dues)

    async def _run(self) -> None:
        while not self._stopping:
            self._beat()
            self._woken.clear()
            try:
                if not await self.deliver_once():
                    due = await self._outbox.read(lambda tx: tx.next_due())
                    await rest(due, self._clock(), self._woken)
            except Exception:
                # The database may be away for a while; what was claimed comes back by its lease.
                log.exception("courier_failed")
                await self._sleep(AFTER_A_FAILURE)
