"""Single bookings, offers, holders and openings."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, bindparam, select, update

from domain.activities.model import ActivityId, Opening, StructureId
from domain.bookings.model import Booking, BookingId, State
from domain.bookings.ports import PendingRequest
from domain.families.model import Child
from storage.bookings.rows import (
    BOOKING,
    BOOKING_WIDTH,
    OPENING,
    is_live,
    is_waiting,
    to_booking,
    to_opening,
)
from storage.schema import activity, booking, child, opening_day

_ONE: Final = select(*BOOKING).where(booking.c.id == bindparam("booking"))
_LAPSED: Final = (
    select(*BOOKING)
    .where(
        booking.c.offer_until.isnot(None),
        booking.c.offer_until < bindparam("now"),
        booking.c.state == State.OFFERED,
    )
    .order_by(booking.c.day, booking.c.ticket, booking.c.activity_id)
)
_QUEUES: Final = (
    select(booking.c.activity_id, booking.c.day)
    .where(booking.c.day >= bindparam("since"), is_waiting())
    .distinct()
    .order_by(booking.c.day, booking.c.activity_id)
)
_there = (
    booking.c.activity_id == bindparam("activity"),
    booking.c.day == bindparam("day"),
)
_HOLDERS: Final = select(*BOOKING).where(*_there, is_live()).order_by(booking.c.ticket)
_LINKED: Final = (
    select(*BOOKING)
    .where(*_there, booking.c.together == bindparam("together"), is_live())
    .order_by(booking.c.ticket)
)
_that_day = (
    opening_day.c.activity_id == bindparam("activity"),
    opening_day.c.day == bindparam("on"),
)
_OPENING: Final = select(*OPENING).join_from(opening_day, activity).where(*_that_day)
_CLOSE: Final = update(opening_day).where(*_that_day).values(is_open=False)


def read_booking(connection: Connection, booking_id: BookingId) -> Booking | None:
    row = connection.execute(_ONE, {"booking": booking_id}).one_or_none()
    return None if row is None else to_booking(row)


def read_pending(connection: Connection, structure: StructureId) -> tuple[PendingRequest, ...]:
    query = (
        select(*BOOKING, child.c.id, child.c.first_name, child.c.last_name)
        .join_from(booking, child, child.c.id == booking.c.child_id)
        .join(activity, activity.c.id == booking.c.activity_id)
        .where(booking.c.state == State.PENDING, activity.c.structure_id == structure)
        .order_by(booking.c.id)
    )
    return tuple(
        PendingRequest(to_booking(row), Child(*row[BOOKING_WIDTH:]))
        for row in connection.execute(query)
    )


def read_queues(connection: Connection, since: date) -> tuple[tuple[ActivityId, date], ...]:
    return tuple((row[0], row[1]) for row in connection.execute(_QUEUES, {"since": since}))


def read_lapsed_offers(connection: Connection, now: datetime) -> tuple[Booking, ...]:
    return tuple(to_booking(row) for row in connection.execute(_LAPSED, {"now": now}))


def read_holders(
    connection: Connection, activity_id: ActivityId, day: date
) -> tuple[Booking, ...]:
    asked = {"activity": activity_id, "day": day}
    return tuple(to_booking(row) for row in connection.execute(_HOLDERS, asked))


def read_linked(connection: Connection, of: Booking) -> tuple[Booking, ...]:
    if of.together is None:
        return ()
    asked = {"activity": of.slot.activity_id, "day": of.slot.day, "together": of.together}
    return tuple(to_booking(row) for row in connection.execute(_LINKED, asked))


def read_opening(connection: Connection, activity_id: ActivityId, day: date) -> Opening | None:
    row = connection.execute(_OPENING, {"activity": activity_id, "on": day}).one_or_none()
    return None if row is None else to_opening(row)


def close_opening(connection: Connection, activity_id: ActivityId, day: date) -> None:
    connection.execute(_CLOSE, {"activity": activity_id, "on": day})
