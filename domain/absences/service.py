"""Declaring a child absent, adding to it, withdrawing it; and the town's list (B19)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from domain.absences import rules
from domain.absences.errors import NoteTooLong
from domain.absences.events import Event
from domain.absences.model import (
    LONGEST_NOTE,
    Absence,
    Absent,
    Certificate,
    DayOfChild,
    Line,
    Reason,
    Scope,
)
from domain.absences.ports import AbsencesTx
from domain.accounts.model import Identity
from domain.activities.catalogue import Catalogue
from domain.activities.model import StructureId
from domain.activities.ports import Catalogues
from domain.audit.model import Actor, Entry
from domain.clock import Clock
from domain.errors import NotFound
from domain.families.model import Child, ChildId
from domain.work import Transaction

AHEAD: Final = timedelta(days=31)  # days that a town locks earlier still are told by telephone

Change = Callable[[tuple[Line, ...], Catalogue, datetime], Iterable[Absence]]


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
        child = _checked(who, scope, catalogue, now)
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
class _Changing:
    absences: Transaction[AbsencesTx]
    catalogues: Catalogues
    clock: Clock

    async def _change(
        self, who: Identity, scope: Scope, change: Change, event: Event | None
    ) -> DayOfChild:
        """The day as it is after; a change that changes nothing is not noted."""
        catalogue, now = await self.catalogues(who.catalogue_version), self.clock()
        child = _checked(who, scope, catalogue, now)

        def work(tx: AbsencesTx) -> DayOfChild:
            before = _lines(tx, who, scope, catalogue, now)
            known = {line.booking.id: line.absence for line in before}
            new = [a for a in change(before, catalogue, now) if known[a.booking_id] != a]
            tx.put(new)
            for absence in new:
                is_news = event is not Event.DECLARED or known[absence.booking_id] is None
                if event is not None and is_news:
                    tx.note(_entry(event, absence, who, now))
            after = _lines(tx, who, scope, catalogue, now)
            return DayOfChild(child, scope.day, rules.in_scope(after, scope))

        return await self.absences.write(work)


@dataclass(frozen=True, slots=True)
class DeclareAbsence(_Changing):
    """The booking keeps its place. Asked again, the reason alone may change.

    Raises NotFound, DayOver, NotBooked, StillCancellable(limit=).
    """

    async def __call__(self, who: Identity, scope: Scope, reason: Reason) -> DayOfChild:
        def change(lines: tuple[Line, ...], catalogue: Catalogue, now: datetime) -> list[Absence]:
            return [
                rules.declare(line, reason, who.guardian.id, catalogue, now)
                for line in rules.to_declare(lines, scope)
            ]

        return await self._change(who, scope, change, Event.DECLARED)


@dataclass(frozen=True, slots=True)
class NoteAbsence(_Changing):
    """A few words for the town. Raises what ShowAbsenceDay does, NotDeclared, NoteTooLong."""

    async def __call__(self, who: Identity, scope: Scope, note: str) -> DayOfChild:
        said = " ".join(note.split())
        if len(said) > LONGEST_NOTE:
            raise NoteTooLong(longest=LONGEST_NOTE)

        def change(lines: tuple[Line, ...], *_: object) -> list[Absence]:
            return [replace(one, note=said or None) for one in rules.declared(lines, scope)]

        return await self._change(who, scope, change, None)


@dataclass(frozen=True, slots=True)
class CertifyAbsence(_Changing):
    """Raises what ShowAbsenceDay does, NotDeclared."""

    async def __call__(self, who: Identity, scope: Scope, certificate: Certificate) -> DayOfChild:
        def change(lines: tuple[Line, ...], catalogue: Catalogue, _: datetime) -> list[Absence]:
            rules.declared(lines, scope)
            asked = (line for line in rules.in_scope(lines, scope) if line.absence is not None)
            return [rules.certify(line, certificate, catalogue) for line in asked]

        return await self._change(who, scope, change, Event.CERTIFIED)


@dataclass(frozen=True, slots=True)
class WithdrawAbsence:
    """The child comes after all. Twice is once. Raises NotFound, DayOver, NotBooked."""

    absences: Transaction[AbsencesTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, who: Identity, scope: Scope) -> DayOfChild:
        catalogue, now = await self.catalogues(who.catalogue_version), self.clock()
        child = _checked(who, scope, catalogue, now)

        def work(tx: AbsencesTx) -> DayOfChild:
            asked = rules.in_scope(_lines(tx, who, scope, catalogue, now), scope)
            gone = [line.absence for line in asked if line.absence is not None]
            tx.withdraw({absence.booking_id for absence in gone})
            for absence in gone:
                tx.note(_entry(Event.WITHDRAWN, absence, who, now))
            after = _lines(tx, who, scope, catalogue, now)
            return DayOfChild(child, scope.day, rules.in_scope(after, scope))

        return await self.absences.write(work)


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


def _checked(who: Identity, scope: Scope, catalogue: Catalogue, now: datetime) -> Child:
    child = who.child(scope.child_id)
    if child is None:
        raise NotFound
    rules.check_day(scope, catalogue.structures[who.structure_id].today(now))
    return child


def _lines(
    tx: AbsencesTx, who: Identity, scope: Scope, catalogue: Catalogue, now: datetime
) -> tuple[Line, ...]:
    family = who.guardian.family_id
    found = tx.lock_booked(family, who.structure_id, scope.child_id, scope.day)
    return tuple(rules.line(one, catalogue, now) for one in found)


def _entry(what: Event, about: Absence, who: Identity, at: datetime) -> Entry:
    details = {"booking": about.booking_id}
    return Entry(at, Actor.GUARDIAN, what, who.guardian.id, details=details)


def _day_of_child(line: Line) -> tuple[date, ChildId]:
    return line.booking.slot.day, line.booking.slot.child_id
