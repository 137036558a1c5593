"""Declaring a child absent, adding to it, withdrawing it (B19)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from domain.absences import rules
from domain.absences.errors import NoteTooLong
from domain.absences.events import Event
from domain.absences.model import (
    LONGEST_NOTE,
    Absence,
    Certificate,
    DayOfChild,
    Line,
    Reason,
    Scope,
)
from domain.absences.ports import AbsencesTx
from domain.absences.reading import checked
from domain.accounts.model import Identity
from domain.activities.catalogue import Catalogue
from domain.activities.ports import Catalogues
from domain.audit.model import Actor, Entry
from domain.clock import Clock
from domain.work import Transaction

Change = Callable[[tuple[Line, ...], Catalogue, datetime], Iterable[Absence]]


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
        child = checked(who, scope, catalogue, now)

        def work(tx: AbsencesTx) -> DayOfChild:
            before = _lines(tx, who, scope, catalogue, now)
            known = {line.booking.id: line.absence for line in before}
            new = [a for a in change(before, catalogue, now) if known[a.booking_id] != a]
            tx.put(new)
            tx.tell_town(rules.news(before, new, who.structure_id, now))
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
        child = checked(who, scope, catalogue, now)

        def work(tx: AbsencesTx) -> DayOfChild:
            asked = rules.in_scope(_lines(tx, who, scope, catalogue, now), scope)
            gone = [line.absence for line in asked if line.absence is not None]
            tx.withdraw({absence.booking_id for absence in gone})
            tx.tell_town(rules.withdrawal(asked, who.structure_id, now))
            for absence in gone:
                tx.note(_entry(Event.WITHDRAWN, absence, who, now))
            after = _lines(tx, who, scope, catalogue, now)
            return DayOfChild(child, scope.day, rules.in_scope(after, scope))

        return await self.absences.write(work)


def _lines(
    tx: AbsencesTx, who: Identity, scope: Scope, catalogue: Catalogue, now: datetime
) -> tuple[Line, ...]:
    family = who.guardian.family_id
    found = tx.lock_booked(family, who.structure_id, scope.child_id, scope.day)
    return tuple(rules.line(one, catalogue, now) for one in found)


def _entry(what: Event, about: Absence, who: Identity, at: datetime) -> Entry:
    details = {"booking": about.booking_id}
    return Entry(at, Actor.GUARDIAN, what, who.guardian.id, details=details)
