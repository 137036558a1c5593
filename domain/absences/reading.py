"""What can be declared, and what was: for the family, and for the town (B19)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from domain.absences import rules
from domain.absences.model import Absent, DayOfChild, Line, Scope
from domain.absences.ports import AbsencesTx
from domain.accounts.model import Identity
from domain.activities.catalogue import Catalogue
from domain.activities.model import StructureId
from domain.activities.ports import Catalogues
from domain.clock import Clock
from domain.errors import NotFound
from domain.families.model import Child, ChildId
from domain.work import Transaction

AHEAD: Final = timedelta(days=31)  # days that a town locks earlier still are told by telephone


@dataclass(frozen=True, slots=True)
class ListAbsenceDays:
    """The days from today on of which something can be declared, or was; soonest first."""

    absences: Transaction[AbsencesTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, who: Identity) -> tuple[DayOfChild, ...]:
        catalogue, now = await self.catalogues(who.catalogue_version), self.clock()
        today = catalogue.structures[who.structure_id].today(now)
        family = who.guardian.family_id
        found = await self.absences.read(
            lambda tx: tx.booked(family, who.structure_id, today, today + AHEAD)
        )
        lines = (rules.line(one, catalogue, now) for one in found)
        days = (
            DayOfChild(child, day, tuple(of))
            for (day, child_id), of in groupby(lines, key=_day_of_child)
            if (child := who.child(child_id)) is not None
        )
        soon = today + timedelta(days=1)
        return tuple(
            one
            for one in days
            if one.day <= soon or any(x.absence or x.can_declare for x in one.lines)
        )


@dataclass(frozen=True, slots=True)
class ShowAbsenceDay:
    """Raises NotFound, DayOver, NotBooked."""

    absences: Transaction[AbsencesTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, who: Identity, scope: Scope) -> DayOfChild:
        catalogue, now = await self.catalogues(who.catalogue_version), self.clock()
        child = checked(who, scope, catalogue, now)
        family = who.guardian.family_id
        found = await self.absences.read(
            lambda tx: tx.booked(family, who.structure_id, scope.day, scope.day)
        )
        mine = (one for one in found if one.booking.slot.child_id == child.id)
        lines = tuple(rules.line(one, catalogue, now) for one in mine)
        return DayOfChild(child, scope.day, rules.in_scope(lines, scope))


@dataclass(frozen=True, slots=True)
class AskAbsence:
    """What of it would be declared. Raises what ShowAbsenceDay does, StillCancellable(limit=)."""

    show: ShowAbsenceDay

    async def __call__(self, who: Identity, scope: Scope) -> DayOfChild:
        found = await self.show(who, scope)
        return replace(found, lines=rules.to_declare(found.lines, scope))


@dataclass(frozen=True, slots=True)
class ListAbsences:
    """Who will not come that day, for the town: what day sheets read.

    The nightly files do not carry it yet: they hold movements, which an absence is not, and a
    field of its own needs a new version of that format. Raises NotFound for an unknown structure.
    """

    absences: Transaction[AbsencesTx]
    catalogues: Catalogues

    async def __call__(self, structure: StructureId, day: date) -> tuple[Absent, ...]:
        if structure not in (await self.catalogues()).structures:
            raise NotFound
        return await self.absences.read(lambda tx: tx.absent(structure, day))


def checked(who: Identity, scope: Scope, catalogue: Catalogue, now: datetime) -> Child:
    child = who.child(scope.child_id)
    if child is None:
        raise NotFound
    rules.check_day(scope, catalogue.structures[who.structure_id].today(now))
    return child


def _day_of_child(line: Line) -> tuple[date, ChildId]:
    return line.booking.slot.day, line.booking.slot.child_id
