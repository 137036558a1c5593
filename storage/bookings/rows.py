"""Rows to bookings, and the questions about them that more than one statement asks."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    ScalarSelect,
    Select,
    String,
    and_,
    any_,
    bindparam,
    case,
    exists,
    false,
    func,
    literal_column,
    not_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeEngine

from domain.activities.model import Opening
from domain.bookings.model import TURNS, Booking, Slot
from storage.schema import (
    activity,
    activity_draw,
    booking,
    enrolment,
    movement,
    opening_day,
    structure,
    wallet,
)

Row: TypeAlias = Sequence[Any]

_queued = booking.alias("queued")


def is_live(of: FromClause = booking) -> ColumnElement[bool]:
    """Written out and not bound: only so do partial indexes serve it."""
    return of.c.state != literal_column("'cancelled'")


def is_waiting(of: FromClause = booking) -> ColumnElement[bool]:
    """Written out likewise: PostgreSQL keeps one plan for every value, which must know that few
    wait. Where it thinks that they all may, it reads the bookings of a day one by one.
    """
    return of.c.state == literal_column("'waitlisted'")


def among(column: ColumnElement[Any], name: str, dialect: str) -> ColumnElement[bool]:
    """In the list bound as ``name``, see ``listed``. One text whatever its length: every other
    text is prepared and planned anew.
    """
    if dialect != "postgresql":
        each = func.json_each(bindparam(name, type_=String)).table_valued("value")
        return column.in_(select(each.c.value))
    return column == any_(bindparam(name, type_=_array_of(column)))


def listed(values: Iterable[object], dialect: str) -> object:
    """What is bound for ``among``."""
    if dialect == "postgresql":
        return list(values)
    return json.dumps(list(values), default=str)  # a day is written as it is kept


def _array_of(column: ColumnElement[Any]) -> TypeEngine[Any]:
    return ARRAY(BigInteger if column.type.python_type is int else column.type)


# -- bookings --------------------------------------------------------------------------------
def awaits_night(of: FromClause = booking) -> ColumnElement[bool]:
    return exists().where(
        movement.c.activity_id == of.c.activity_id,
        movement.c.day == of.c.day,
        movement.c.ticket == of.c.ticket,
        movement.c.transmission_id.is_(None),
        movement.c.void.is_(False),
    )


BOOKING_WIDTH: Final = 16
BOOKING: Final = (
    booking.c.id,
    booking.c.child_id,
    booking.c.activity_id,
    booking.c.day,
    booking.c.family_id,
    booking.c.guardian_id,
    booking.c.state,
    booking.c.ticket,
    booking.c.arrival,
    booking.c.departure,
    booking.c.price,
    booking.c.age_group,
    booking.c.offer_until,
    booking.c.reason,
    not_(awaits_night()).label("transmitted"),
    booking.c.together,
)
"""The columns that ``to_booking`` reads, in its order."""


def to_booking(row: Row) -> Booking:
    return Booking(
        id=row[0],
        slot=Slot(row[1], row[2], row[3]),
        family_id=row[4],
        guardian_id=row[5],
        state=row[6],
        ticket=row[7],
        arrival=row[8],
        departure=row[9],
        price=row[10],
        group=row[11],
        offer_until=row[12],
        reason=row[13],
        transmitted=bool(row[14]),
        together=row[15],
    )


def is_barred() -> ColumnElement[bool]:
    """It waits, and its family is in debt in the activity's structure (B1)."""
    owes = exists().where(
        activity.c.id == booking.c.activity_id,
        structure.c.id == activity.c.structure_id,
        wallet.c.structure_id == structure.c.id,
        wallet.c.family_id == booking.c.family_id,
        wallet.c.balance < structure.c.debt_threshold,
    )
    return case((is_waiting(), owes), else_=false())


# -- queues ----------------------------------------------------------------------------------
def waiting_on(activity_id: ColumnElement[Any], day: ColumnElement[Any]) -> ScalarSelect[int]:
    """How many wait: a walk over the index of that queue, however many hold a place."""
    return _queue(activity_id, day).scalar_subquery()


def rank_of_booking() -> ColumnElement[int | None]:
    """The place of ``booking`` in its queue, from 1; NULL when it does not wait."""
    queue = _queue(booking.c.activity_id, booking.c.day)
    rank = queue.where(turn_of(_queued) <= turn_of(booking)).scalar_subquery()
    return case((is_waiting(), rank))


def turn_of(of: FromClause) -> ColumnElement[int]:
    """``Booking.order``."""
    return func.coalesce(of.c.turn, of.c.ticket * TURNS)


def _queue(activity_id: ColumnElement[Any], day: ColumnElement[Any]) -> Select[int]:
    return select(func.count()).where(
        _queued.c.activity_id == activity_id,
        _queued.c.day == day,
        is_waiting(_queued),
    )


# -- openings, enrolments and draws ------------------------------------------------------------
OPENING: Final = (
    opening_day.c.activity_id,
    opening_day.c.day,
    opening_day.c.is_open,
    func.coalesce(opening_day.c.arrival, activity.c.arrival).label("opens"),
    func.coalesce(opening_day.c.departure, activity.c.departure).label("closes"),
)


def to_opening(row: Row) -> Opening:
    return Opening(row[0], row[1], bool(row[2]), row[3], row[4])


def is_enrolled(
    child_id: ColumnElement[Any], activity_id: ColumnElement[Any], day: ColumnElement[Any]
) -> ColumnElement[bool]:
    """Joins the one ``enrolment`` that covers that day: the latest to start, if several do."""
    other = enrolment.alias("other_enrolment")
    latest = (
        select(func.max(other.c.valid_from))
        .where(
            other.c.child_id == child_id,
            other.c.activity_id == activity_id,
            other.c.valid_from <= day,
            other.c.valid_to >= day,
        )
        .scalar_subquery()
    )
    return and_(
        enrolment.c.child_id == child_id,
        enrolment.c.activity_id == activity_id,
        enrolment.c.valid_from == latest,
    )


def draws_on() -> ColumnElement[bool]:
    """The child of the joined ``enrolment`` takes its place from this draw (B8)."""
    group = activity_draw.c.age_group
    return group.is_(None) | (group == enrolment.c.age_group)
