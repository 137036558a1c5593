"""What can be declared absent, and what it costs. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from domain.absences.errors import DayOver, NotBooked, NotDeclared, StillCancellable
from domain.absences.model import (
    Absence,
    AbsenceNews,
    Certificate,
    Line,
    News,
    Reason,
    Scope,
)
from domain.absences.ports import Booked
from domain.activities.absence_billing import is_billed
from domain.activities.catalogue import Catalogue
from domain.activities.model import StructureId
from domain.bookings import rules
from domain.bookings.model import Booking
from domain.families.model import GuardianId


def line(booked: Booked, catalogue: Catalogue, now: datetime) -> Line:
    booking = booked.booking
    limit = catalogue.limits(rules.opening_of(booking)).cancel
    return Line(
        booking=booking,
        activity=catalogue.activities[booking.slot.activity_id],
        absence=booked.absence,
        cancel_until=limit if now <= limit and booked.absence is None else None,
    )


def check_day(scope: Scope, today: date) -> None:
    """Raises DayOver: what a button of yesterday meant is past."""
    if scope.day < today:
        raise DayOver


def in_scope(lines: Iterable[Line], scope: Scope) -> tuple[Line, ...]:
    """Raises NotBooked."""
    found = tuple(
        one for one in lines if scope.activity_id in {None, one.booking.slot.activity_id}
    )
    if not found:
        raise NotBooked
    return found


def to_declare(lines: Iterable[Line], scope: Scope) -> tuple[Line, ...]:
    """Of a whole day those that it is too late to cancel; the others are left alone.

    Raises NotBooked, StillCancellable(limit=).
    """
    asked = in_scope(lines, scope)
    found = tuple(one for one in asked if one.cancel_until is None)
    if not found:
        limits = (one.cancel_until for one in asked if one.cancel_until is not None)
        raise StillCancellable(limit=min(limits))
    return found


def declared(lines: Iterable[Line], scope: Scope) -> tuple[Absence, ...]:
    """Raises NotBooked, NotDeclared."""
    found = tuple(one.absence for one in in_scope(lines, scope) if one.absence is not None)
    if not found:
        raise NotDeclared
    return found


def declare(
    found: Line, reason: Reason, by: GuardianId, catalogue: Catalogue, now: datetime
) -> Absence:
    """Declared again, the reason alone is another: what was told of the bill still holds."""
    if found.absence is not None:
        return replace(found.absence, reason=reason)
    bare = Absence(found.booking.id, by, now, billed=True, reason=reason)
    return _billed(bare, found, catalogue)


def certify(found: Line, certificate: Certificate, catalogue: Catalogue) -> Absence:
    if found.absence is None:
        raise NotDeclared
    return _billed(replace(found.absence, certificate=certificate), found, catalogue)


def _billed(absence: Absence, of: Line, catalogue: Catalogue) -> Absence:
    slot = of.booking.slot
    billed = is_billed(
        of.activity.absence_billing,
        day=slot.day,
        declared_at=absence.declared_at,
        certified=absence.certificate is not None,
        zone=catalogue.structure_of(slot.activity_id).zone,
    )
    return replace(absence, billed=billed)


def news(
    before: Sequence[Line], new: Iterable[Absence], structure: StructureId, now: datetime
) -> tuple[AbsenceNews, ...]:
    """What the town's accounts hear of: not a word of the reason, nor of a note."""
    lines = {line.booking.id: line for line in before}
    told = []
    for absence in new:
        line = lines[absence.booking_id]
        known = line.absence
        if known is None:
            told.append(_news(News.DECLARED, line.booking, absence, structure, now))
        elif _counts(known) != _counts(absence):
            told.append(_news(News.CHANGED, line.booking, absence, structure, now))
    return tuple(told)


def withdrawal(
    lines: Iterable[Line], structure: StructureId, now: datetime
) -> tuple[AbsenceNews, ...]:
    return tuple(
        _news(News.WITHDRAWN, line.booking, line.absence, structure, now)
        for line in lines
        if line.absence is not None
    )


def _counts(absence: Absence) -> tuple[bool, bool]:
    return absence.billed, absence.certificate is not None


def _news(
    what: News, booking: Booking, absence: Absence, structure: StructureId, now: datetime
) -> AbsenceNews:
    billed, certified = _counts(absence)
    return AbsenceNews(
        what=what,
        slot=booking.slot,
        ticket=booking.ticket,
        family_id=booking.family_id,
        structure_id=structure,
        at=now,
        billed=billed,
        certified=certified,
    )
