"""A month of one child and activity, in one statement that never counts the bookings made."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Final

from sqlalchemy import Connection, and_, bindparam, func, select

from domain.activities.model import ActivityId
from domain.bookings.model import DayFacts, DraftId, DraftLine, Places, Slot, Wish
from domain.bookings.ports import MonthFacts
from domain.families.model import ChildId
from storage.bookings.rows import (
    BOOKING,
    BOOKING_WIDTH,
    OPENING,
    OPENING_WIDTH,
    Row,
    draws_on,
    is_enrolled,
    is_live,
    rank_of_booking,
    to_booking,
    to_opening,
    waiting_on,
)
from storage.schema import (
    activity,
    activity_draw,
    booking,
    draft,
    draft_line,
    enrolment,
    guardian,
    opening_day,
    pool_day,
)

_child = bindparam("child", type_=booking.c.child_id.type)
_in_draft = draft_line.alias("in_draft")

_drafted = (
    select(func.count())
    # Not correlated to the draft's row: SQLite would count it again for every day shown.
    .where(_in_draft.c.draft_id == bindparam("draft"), _in_draft.c.wish != Wish.KEEP)
    .scalar_subquery()
)

# From the draft outwards, so that a month without an open day still tells how much is drafted.
_MONTH: Final = (
    select(
        *OPENING,
        *BOOKING,
        pool_day.c.pool_id,
        pool_day.c.capacity,
        pool_day.c.taken,
        pool_day.c.next_ticket,
        draft_line.c.wish,
        draft_line.c.arrival,
        draft_line.c.departure,
        enrolment.c.id,
        waiting_on(opening_day.c.activity_id, opening_day.c.day),
        rank_of_booking(),
        _drafted,
    )
    .select_from(draft)
    .join(guardian, guardian.c.id == draft.c.guardian_id)
    .outerjoin(activity, activity.c.id == bindparam("activity", type_=activity.c.id.type))
    .outerjoin(
        opening_day,
        and_(
            opening_day.c.activity_id == activity.c.id,
            opening_day.c.day.between(bindparam("first"), bindparam("last")),
        ),
    )
    .outerjoin(enrolment, is_enrolled(_child, opening_day.c.activity_id, opening_day.c.day))
    # One after the other: joined to each other first, SQLite would read the places of every day.
    .outerjoin(
        activity_draw,
        and_(activity_draw.c.activity_id == opening_day.c.activity_id, draws_on()),
    )
    .outerjoin(
        pool_day,
        and_(
            pool_day.c.pool_id == activity_draw.c.pool_id,
            pool_day.c.day == opening_day.c.day,
        ),
    )
    .outerjoin(
        booking,
        and_(
            booking.c.child_id == _child,
            booking.c.activity_id == opening_day.c.activity_id,
            booking.c.day == opening_day.c.day,
            booking.c.family_id == guardian.c.family_id,
            is_live(),
        ),
    )
    .outerjoin(
        draft_line,
        and_(
            draft_line.c.draft_id == draft.c.id,
            draft_line.c.child_id == _child,
            draft_line.c.activity_id == opening_day.c.activity_id,
            draft_line.c.day == opening_day.c.day,
        ),
    )
    .where(draft.c.id == bindparam("draft"))
    .order_by(opening_day.c.day, pool_day.c.pool_id)
)
_OPENING: Final = slice(0, OPENING_WIDTH)
_BOOKING: Final = slice(OPENING_WIDTH, OPENING_WIDTH + BOOKING_WIDTH)
_REST: Final = slice(_BOOKING.stop, None)


def read_month(
    connection: Connection,
    draft_id: DraftId,
    child: ChildId,
    activity_id: ActivityId,
    first: date,
    last: date,
) -> MonthFacts:
    asked = {
        "draft": draft_id,
        "child": child,
        "activity": activity_id,
        "first": first,
        "last": last,
    }
    rows = connection.execute(_MONTH, asked).all()
    by_day = groupby(rows, key=lambda row: row[1])
    days = tuple(_to_day(child, day, of) for day, of in by_day if day is not None)
    return MonthFacts(days, rows[0][-1] if rows else 0)


def _to_day(child: ChildId, day: date, rows: Iterable[Row]) -> DayFacts:
    """One row a pool; everything else is the same in each."""
    found = list(rows)
    row = found[0]
    rest = [each[_REST] for each in found]
    wish, arrival, departure, enrolment_id, waiting, rank, _ = rest[0][4:]
    slot = Slot(child, row[0], day)
    return DayFacts(
        opening=to_opening(row[_OPENING]),
        places=_to_places(day, rest),
        enrolled=enrolment_id is not None,
        booking=None if row[OPENING_WIDTH] is None else to_booking(row[_BOOKING]),
        line=None if wish is None else DraftLine(slot, wish, arrival, departure),
        waiting=waiting,
        rank=rank,
    )


def _to_places(day: date, rows: Iterable[Row]) -> tuple[Places, ...]:
    # A pool that is drawn on twice, by everybody and by an age group, is still one pool.
    pools = {row[0]: Places(row[0], day, *row[1:4]) for row in rows if row[0] is not None}
    return tuple(pools.values())
