"""What is done once an hour, by one process (decision 7)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Final

from domain.clock import Clock
from domain.reports.ports import Jobs
from domain.work import Transaction

LEASE: Final = timedelta(minutes=10)
KEPT: Final = timedelta(days=2)  # of what was claimed


@dataclass(frozen=True, slots=True)
class Hourly:
    """Answers what the job answers; 0 where it is done already, or in another's hands."""

    name: str
    job: Callable[[], Awaitable[int]]
    jobs: Transaction[Jobs]
    clock: Clock

    async def __call__(self) -> int:
        now = self.clock().astimezone(UTC)
        claimed, day = f"{self.name}-{now:%H}", now.date()
        if not await self.jobs.write(lambda tx: tx.claim(claimed, day, now, now + LEASE)):
            return 0
        done = await self.job()
        at = self.clock()

        def end(tx: Jobs) -> None:
            tx.done(claimed, day, at)
            tx.forget(claimed, day - KEPT)

        await self.jobs.write(end)
        return done
