"""The night for the town's agents: what was handed over, and tonight's run at once (S7)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from domain.activities.catalogue import Catalogue
from domain.activities.model import StructureId
from domain.activities.ports import Catalogues
from domain.audit.ports import AuditLog
from domain.calendar.model import PARIS
from domain.calendar.nights import NIGHT_HOUR, business_date
from domain.clock import Clock
from domain.reports.errors import NightBusy, NightDone
from domain.reports.model import Transmission
from domain.reports.ports import Jobs
from domain.staff.acts import StaffAct, noted
from domain.staff.errors import NotAllowed
from domain.staff.model import Right, StaffIdentity
from domain.work import Transaction

NIGHT = "night"
LEASE = timedelta(minutes=5)
PER_PAGE = 8


class PastNights(AuditLog, Protocol):
    def count(self, structure: StructureId) -> int: ...

    def past(self, structure: StructureId, *, offset: int, limit: int) -> tuple[Transmission, ...]:
        """Newest first."""

    def unclaimed(self, structure: StructureId) -> int:
        """Movements that the next night will hear of."""


@dataclass(frozen=True, slots=True)
class NightsView:
    """``next_night``: the one that can be run now; None when that was done already.
    ``may_run``: whether it is theirs to run.
    """

    transmissions: tuple[Transmission, ...]
    page: int
    pages: int
    waiting: int
    next_night: date | None
    may_run: bool


@dataclass(frozen=True, slots=True)
class NightHours:
    """When nights strike."""

    zone: ZoneInfo = PARIS
    at: time = NIGHT_HOUR


@dataclass(frozen=True, slots=True)
class ShowNights:
    nights: Transaction[PastNights]
    jobs: Transaction[Jobs]
    catalogues: Catalogues
    clock: Clock
    hours: NightHours

    async def __call__(self, member: StaffIdentity, page: int) -> NightsView:
        member.check(Right.READ_TRANSMISSIONS, member.structure_id)
        here = member.structure_id

        def work(tx: PastNights) -> tuple[tuple[Transmission, ...], int, int, int]:
            pages = max(1, -(-tx.count(here) // PER_PAGE))
            shown = min(page, pages)
            offset = (shown - 1) * PER_PAGE
            found = tx.past(here, offset=offset, limit=PER_PAGE)
            return found, shown, pages, tx.unclaimed(here)

        found, shown, pages, waiting = await self.nights.read(work)
        may = may_run(member, await self.catalogues(member.catalogue_version))
        return NightsView(found, shown, pages, waiting, await self._next(), may)

    async def _next(self) -> date | None:
        last = await self.jobs.read(lambda tx: tx.last_done(NIGHT))
        asked = tonight(self.clock, self.hours)
        return None if last is not None and last >= asked else asked


@dataclass(frozen=True, slots=True)
class RunNightNow:
    """The coming night, before its hour: once, as the timer finds it done then (decision 7).

    What is asked afterwards goes with the night after it. For every structure, as a night is one:
    so by who works for all of them. Raises NotAllowed, NightDone, NightBusy.
    """

    nights: Transaction[PastNights]
    jobs: Transaction[Jobs]
    catalogues: Catalogues
    run_night: Callable[[date], Awaitable[object]]
    clock: Clock
    hours: NightHours

    async def __call__(self, member: StaffIdentity, night: date) -> None:
        member.check(Right.RUN_NIGHT, member.structure_id)
        if not may_run(member, await self.catalogues(member.catalogue_version)):
            raise NotAllowed
        now = self.clock()
        last = await self.jobs.read(lambda tx: tx.last_done(NIGHT))
        if night != tonight(self.clock, self.hours) or (last is not None and last >= night):
            raise NightDone
        if not await self.jobs.write(lambda tx: tx.claim(NIGHT, night, now, now + LEASE)):
            raise NightBusy
        await self.run_night(night)
        done_at = self.clock()
        await self.jobs.write(lambda tx: tx.done(NIGHT, night, done_at))
        entry = noted(member, StaffAct.NIGHT_RUN, done_at, night=night.isoformat())
        await self.nights.write(lambda tx: tx.note(entry))


def may_run(member: StaffIdentity, catalogue: Catalogue) -> bool:
    """A night hands over what all structures have, and writes to all families."""
    return member.may(Right.RUN_NIGHT) and set(catalogue.structures) <= {*member.structures}


def tonight(clock: Clock, hours: NightHours) -> date:
    """The night whose hour strikes next."""
    return business_date(clock(), zone=hours.zone, night_hour=hours.at) + timedelta(days=1)
