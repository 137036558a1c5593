"""What happens by itself. The timer only ticks; what is due is read from rows (decision 7)."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.background import Background
from domain.calendar.model import PARIS
from domain.calendar.nights import NIGHT_HOUR, nights_due
from domain.clock import Clock
from domain.reports.ports import Jobs
from domain.work import Transaction

NIGHT = "night"
LEASE = timedelta(minutes=5)
EVERY_SECONDS = 20
log = structlog.get_logger(__name__)


def _nobody(*_: object) -> None:
    """Is told."""


@dataclass(frozen=True, slots=True)
class Ticker:
    """``always`` are jobs that find out themselves what is due, by name; any process may run them
    at any time. The night is claimed by its date, so that one process does it, once. ``failed``
    is told of a job's name, ``ticked`` of each tick's end.
    """

    jobs: Transaction[Jobs]
    run_night: Callable[[date], Awaitable[object]]
    always: Mapping[str, Callable[[], Awaitable[object]]]
    clock: Clock
    afterwards: Callable[[], object]
    zone: ZoneInfo = PARIS
    night_at: time = NIGHT_HOUR
    failed: Callable[[str], object] = _nobody
    ticked: Callable[[], object] = _nobody
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def tick(self) -> None:
        """Everything that is due now, and back when it is done. What fails is logged, and due
        again at the next tick.
        """
        async with self._one_at_a_time:
            for name, job in self.always.items():
                await self._try(name, job)
            await self._try(NIGHT, self._nights)
        self.ticked()
        self.afterwards()

    async def _nights(self) -> None:
        last = await self.jobs.read(lambda tx: tx.last_done(NIGHT))
        due = nights_due(last, self.clock(), zone=self.zone, night_hour=self.night_at)
        for night in due:
            if not await self._night(night):
                return

    async def _night(self, night: date) -> bool:
        """False when another process holds it: the next ones wait for it, in order."""
        now = self.clock()
        if not await self.jobs.write(lambda tx: tx.claim(NIGHT, night, now, now + LEASE)):
            return False
        log.info("night_begins", night=night.isoformat())
        await self.run_night(night)
        done_at = self.clock()
        await self.jobs.write(lambda tx: tx.done(NIGHT, night, done_at))
        log.info("night_done", night=night.isoformat())
        return True

    async def _try(self, name: str, job: Callable[[], Awaitable[object]]) -> None:
        try:
            done = await job()
        except Exception:
            # One job that fails must not keep the others from running.
            log.exception("job_failed", job=name)
            self.failed(name)
        else:
            if isinstance(done, int) and done:
                log.info("job_done", job=name, count=done)


class Scheduler:
    """APScheduler, for the tick alone: a late tick is run, several missed ones are one."""

    def __init__(
        self, ticker: Ticker, background: Background, *, every: float = EVERY_SECONDS
    ) -> None:
        self._ticker, self._background = ticker, background
        self._scheduler = AsyncIOScheduler(
            timezone=ticker.zone,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._scheduler.add_job(self._fire, "interval", seconds=every, id="tick")
        self._ticking: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._scheduler.start()
        self._spawn()  # what fell due while nobody was there

    async def stop(self, grace: float = 10.0) -> None:
        """Lets the tick in hand end; what is cut after ``grace`` seconds is taken up again."""
        self._scheduler.shutdown(wait=False)
        if self._ticking is not None and not self._ticking.done():
            _, late = await asyncio.wait({self._ticking}, timeout=grace)
            for task in late:
                await self._background.cancel(task)

    async def _fire(self) -> None:
        # Not awaited here: APScheduler would cancel it when it shuts down.
        if self._ticking is None or self._ticking.done():
            self._spawn()

    def _spawn(self) -> None:
        self._ticking = self._background.spawn(self._ticker.tick(), "tick")
