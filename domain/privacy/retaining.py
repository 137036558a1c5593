"""What the town said it would keep for so many years, and no longer (A12, GDPR art. 5.1.e)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.calendar.instants import instant
from domain.calendar.model import PARIS
from domain.clock import Clock
from domain.privacy.model import Aged, Limit, Retention
from domain.privacy.ports import Aging
from domain.reports.ports import Jobs
from domain.work import Transaction

NAME: Final = "retention"
LEASE: Final = timedelta(hours=1)
A_MONTH: Final = timedelta(days=31)
KEPT: Final = A_MONTH  # of what was claimed
BATCH: Final = 500  # rows a transaction, so that no parent waits for long
BATCHES: Final = 40  # of a kind; what is left waits for the next day


def limit(now: datetime, years: int, zone: ZoneInfo = PARIS) -> Limit:
    """A 29th of February counts from the 28th."""
    today = now.astimezone(zone).date()
    first = date(today.year - years, today.month, min(today.day, _last(today, years)))
    return Limit(first, instant(first, time(0), zone))


def _last(today: date, years: int) -> int:
    is_leap = (date(today.year - years, 3, 1) - timedelta(days=1)).day == 29
    return 28 if today.month == 2 and not is_leap else 31


def limits(now: datetime, kept: Retention) -> Mapping[Aged, Limit]:
    bookings, signatures = limit(now, kept.bookings), limit(now, kept.signatures)
    others = {
        Aged.PAYMENTS: limit(now, kept.payments),
        Aged.STRAYS: limit(now, kept.payments),
        Aged.SIGNATURES: signatures,
        Aged.CONSENTS: signatures,
    }
    return {aged: others.get(aged, bookings) for aged in Aged}


@dataclass(frozen=True, slots=True)
class AgeOut:
    """Once a day, by one process. Killed in the middle, or with more than a day's worth to do, it
    goes on: what is gone is not found again. After more than a month without it, the first day
    deletes nothing.
    """

    aging: Transaction[Aging]
    jobs: Transaction[Jobs]
    kept: Retention
    clock: Clock

    async def __call__(self) -> int:
        """How many rows have gone, or were made to say less."""
        now = self.clock()
        today = now.astimezone(PARIS).date()
        if not await self.jobs.write(lambda tx: tx.claim(NAME, today, now, now + LEASE)):
            return 0
        last = await self.jobs.read(lambda tx: tx.last_done(NAME))
        gone = 0
        # A clock that jumped years ahead must not empty the town: the first look only looks.
        if last is not None and today - last <= A_MONTH:
            for aged, before in limits(now, self.kept).items():
                gone += await self._forget(aged, before)
        at = self.clock()

        def end(tx: Jobs) -> None:
            tx.done(NAME, today, at)
            tx.forget(NAME, today - KEPT)

        await self.jobs.write(end)
        return gone

    async def _forget(self, aged: Aged, before: Limit) -> int:
        # Looking waits for nobody, and most days there is nothing.
        if not await self.aging.read(lambda tx: tx.has_aged(aged, before)):
            return 0
        gone = 0
        for _ in range(BATCHES):
            some = await self.aging.write(lambda tx: tx.forget_aged(aged, before, BATCH))
            gone += some
            if some < BATCH:
                break
        return gone
