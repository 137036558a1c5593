"""A month of one child and activity, in one statement that never counts the bookings made.

Its answer is one row of lists, each a walk over one index, which ``days`` puts together. Joined
day by day, it takes three times as long to find and to read.
"""

from collections.abc import Mapping
from datetime import date, time
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Table, bindparam, func, select

from domain.activities.model import ActivityId
from domain.bookings.model import DraftId, Wish
from domain.bookings.ports import MonthFacts
from domain.families.model import ChildId, FamilyId
from storage.bookings.days import Days, Parts, by_pool
from storage.bookings.lists import (
    Listed,
    as_postgresql_list,
    as_sqlite_list,
    named,
    read,
    to_hours,
)
from storage.bookings.rows import BOOKING, is_live, rank_of_booking, waiting_on
from storage.prepared import Prepared
from storage.schema import (
    activity,
    activity_draw,
    booking,
    draft,
    draft_hours,
    draft_line,
    enrolment,
    guardian,
    opening_day,
    pool_day,
)

_child = bindparam("child", type_=booking.c.child_id.type)
_activity = bindparam("activity", type_=booking.c.activity_id.type)
_draft = bindparam("draft", type_=draft.c.id.type)
_first = bindparam("first", type_=booking.c.day.type)
_last = bindparam("last", type_=booking.c.day.type)
_its_pools = select(activity_draw.c.pool_id).where(activity_draw.c.activity_id == _activity)


class MonthRow(NamedTuple):
    """Lists are JSON."""

    family_id: FamilyId
    arrival: time
    departure: time
    openings: str | None
    places: str | None
    draws: str | None
    enrolments: str | None
    bookings: str | None
    lines: str | None
    hours: str | None
    drafted: int


def _within(of: Table) -> tuple[ColumnElement[bool], ...]:
    return of.c.activity_id == _activity, of.c.day.between(_first, _last)


def _month(listed: Listed) -> Select[*tuple[Any, ...]]:
    """The columns of ``MonthRow``."""
    waiting = waiting_on(opening_day.c.activity_id, opening_day.c.day)
    lists = (
        select(listed(*named(opening_day, "day is_open arrival departure"), waiting)).where(
            *_within(opening_day)
        ),
        select(listed(*named(pool_day, "pool_id day capacity taken next_ticket"))).where(
            pool_day.c.pool_id.in_(_its_pools), pool_day.c.day.between(_first, _last)
        ),
        select(listed(*named(activity_draw, "pool_id age_group"))).where(
            activity_draw.c.activity_id == _activity
        ),
        select(listed(*named(enrolment, "valid_from valid_to age_group"))).where(
            enrolment.c.child_id == _child, enrolment.c.activity_id == _activity
        ),
        select(listed(*BOOKING, rank_of_booking())).where(
            booking.c.child_id == _child, *_within(booking), is_live()
        ),
        select(listed(*named(draft_line, "day wish arrival departure"))).where(
            draft_line.c.draft_id == _draft, draft_line.c.child_id == _child, *_within(draft_line)
        ),
        select(listed(*named(draft_hours, "arrival departure"))).where(
            draft_hours.c.draft_id == _draft,
            draft_hours.c.child_id == _child,
            draft_hours.c.activity_id == _activity,
        ),
        select(func.count()).where(
            draft_line.c.draft_id == _draft, draft_line.c.wish != Wish.KEEP
        ),
    )
    # From the draft: a month without an open day still tells how much is drafted.
    return (
        select(
            guardian.c.family_id,
            activity.c.arrival,
            activity.c.departure,
            *(each.scalar_subquery() for each in lists),
        )
        .select_from(draft)
        .join(guardian, guardian.c.id == draft.c.guardian_id)
        .outerjoin(activity, activity.c.id == _activity)
        .where(draft.c.id == _draft)
    )


_MONTH: Final[Mapping[str, Prepared]] = {
    "sqlite": Prepared(_month(as_sqlite_list)),
    "postgresql": Prepared(_month(as_postgresql_list)),
}


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
    rows = _MONTH[connection.dialect.name].rows(connection, asked)
    return _facts(child, activity_id, MonthRow(*rows[0])) if rows else MonthFacts((), 0)


def _facts(child: ChildId, activity_id: ActivityId, row: MonthRow) -> MonthFacts:
    parts = Parts(
        family_id=row.family_id,
        arrival=row.arrival,
        departure=row.departure,
        openings=read(row.openings),
        places=by_pool(read(row.places)),
        draws=read(row.draws),
        enrolments=read(row.enrolments),
        bookings=read(row.bookings),
        lines=read(row.lines),
    )
    hours = next((to_hours(item) for item in read(row.hours)), None)
    return MonthFacts(Days(child, activity_id, parts).all(), row.drafted, hours)
