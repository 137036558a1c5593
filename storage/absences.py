"""Declared absences: ``domain.absences.ports.AbsencesTx``."""

from collections.abc import Sequence, Set
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Select, delete, select

from domain.absences.model import Absence, AbsenceNews, Absent, Certificate, Reason
from domain.absences.ports import Booked
from domain.activities.model import StructureId
from domain.bookings.model import BookingId, State
from domain.families.model import Child, ChildId, FamilyId
from storage.absence_news import add_news
from storage.audit import SqlAuditLog
from storage.bookings.rows import BOOKING, BOOKING_WIDTH, to_booking
from storage.columns import keyring_of
from storage.schema import absence, activity, booking, child
from storage.upserts import insert_into

_absence, _booking = absence.c, booking.c
ABSENCE: Final = (
    _absence.booking_id,
    _absence.guardian_id,
    _absence.declared_at,
    _absence.billed,
    _absence.reason,
    _absence.note,
    _absence.certificate_file,
    _absence.certificate_kind,
)
CHANGEABLE: Final = ("billed", "reason", "note", "certificate_file", "certificate_kind")


class SqlAbsences(SqlAuditLog):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keyring = keyring_of(connection.dialect)

    def booked(
        self, family: FamilyId, structure: StructureId, first: date, last: date
    ) -> tuple[Booked, ...]:
        query = _accepted(structure).where(_booking.day.between(first, last))
        return self._read(query.where(_booking.family_id == family))

    def lock_booked(
        self, family: FamilyId, structure: StructureId, child: ChildId, day: date
    ) -> tuple[Booked, ...]:
        query = _accepted(structure).where(
            _booking.family_id == family, _booking.child_id == child, _booking.day == day
        )
        locked = select(_booking.id).where(
            _booking.family_id == family, _booking.child_id == child, _booking.day == day
        )
        self._connection.execute(locked.order_by(_booking.id).with_for_update(key_share=True))
        return self._read(query)

    def put(self, absences: Sequence[Absence]) -> None:
        if absences:
            query = insert_into(self._connection, absence)
            changed = {name: query.excluded[name] for name in CHANGEABLE}
            query = query.on_conflict_do_update(absence.primary_key, set_=changed)
            self._connection.execute(query, [_row(one) for one in absences])

    def tell_town(self, news: Sequence[AbsenceNews]) -> None:
        add_news(self._connection, news)

    def withdraw(self, bookings: Set[BookingId]) -> None:
        if bookings:
            self._connection.execute(delete(absence).where(_absence.booking_id.in_(bookings)))

    def absent(self, structure: StructureId, day: date) -> tuple[Absent, ...]:
        query = (
            select(
                child.c.id,
                child.c.first_name,
                child.c.last_name,
                _booking.activity_id,
                _booking.arrival,
                _booking.departure,
                *ABSENCE,
            )
            .join_from(absence, booking)
            .join(child)
            .join(activity, activity.c.id == _booking.activity_id)
            .where(
                activity.c.structure_id == structure,
                _booking.day == day,
                _booking.state == State.ACCEPTED,
            )
            .order_by(_booking.activity_id, _booking.arrival, _absence.declared_at, _booking.id)
        )
        return tuple(
            Absent(Child(*row[:3]), *row[3:6], absence=to_absence(row[6:]))
            for row in self._connection.execute(query)
        )

    def _read(self, query: Select[Any]) -> tuple[Booked, ...]:
        rows = self._connection.execute(query)
        return tuple(Booked(to_booking(row), _absence_of(row[BOOKING_WIDTH:])) for row in rows)


def _accepted(structure: StructureId) -> Select[Any]:
    return (
        select(*BOOKING, *ABSENCE)
        .join_from(booking, activity, activity.c.id == _booking.activity_id)
        .outerjoin(absence, _absence.booking_id == _booking.id)
        .where(activity.c.structure_id == structure, _booking.state == State.ACCEPTED)
        .order_by(_booking.day, _booking.child_id, _booking.arrival, _booking.activity_id)
    )


def _absence_of(row: Sequence[Any]) -> Absence | None:
    return None if row[0] is None else to_absence(row)


def to_absence(row: Sequence[Any]) -> Absence:
    booking_id, guardian_id, at, billed, reason, note, file, kind = row
    return Absence(
        booking_id=booking_id,
        guardian_id=guardian_id,
        declared_at=at,
        billed=billed,
        reason=None if reason is None else Reason(reason),
        note=note,
        certificate=None if file is None else Certificate(file, kind),
    )


def _row(of: Absence) -> dict[str, object]:
    given = of.certificate
    return {
        "booking_id": of.booking_id,
        "guardian_id": of.guardian_id,
        "declared_at": of.declared_at,
        "billed": of.billed,
        "reason": None if of.reason is None else of.reason.value,
        "note": of.note,
        "certificate_file": None if given is None else given.file,
        "certificate_kind": None if given is None else given.kind,
    }
