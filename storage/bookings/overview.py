"""All that some children may do in one structure over some days, in one statement (B4).

As ``month``, with the lists of every activity at once; each says which it is about.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    bindparam,
    func,
    select,
    union,
)

from domain.activities.model import ActivityId, StructureId
from domain.bookings.model import DraftId, Wish
from domain.bookings.ports import OutlineFacts, OverviewFacts
from domain.families.model import ChildId, FamilyId
from storage.bookings.days import Days, Parts, by_pool
from storage.bookings.lists import (
    Item,
    Listed,
    as_postgresql_list,
    as_sqlite_list,
    named,
    read,
    to_hour,
    to_hours,
)
from storage.bookings.rows import BOOKING, among, is_live, listed, rank_of_booking, waiting_on
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

_structure = bindparam("structure", type_=activity.c.structure_id.type)
_draft = bindparam("draft", type_=draft.c.id.type)
_first = bindparam("first", type_=booking.c.day.type)
_last = bindparam("last", type_=booking.c.day.type)


class OverviewRow(NamedTuple):
    family_id: FamilyId
    activities: str | None
    openings: str | None
    places: str | None
    draws: str | None
    enrolments: str | None
    bookings: str | None
    lines: str | None
    hours: str | None
    drafted: int


def _within(of: Table) -> ColumnElement[bool]:
    return of.c.day.between(_first, _last)


def _overview(as_list: Listed, dialect: str) -> Select[*tuple[Any, ...]]:
    """The columns of ``OverviewRow``."""

    def theirs(column: ColumnElement[Any]) -> ColumnElement[bool]:
        return among(column, "children", dialect)

    # A booking is shown whatever became of the enrolment since.
    asked = union(
        select(enrolment.c.activity_id).where(theirs(enrolment.c.child_id)),
        select(booking.c.activity_id).where(
            theirs(booking.c.child_id), _within(booking), is_live()
        ),
    ).subquery()
    chosen = select(activity.c.id).where(
        activity.c.structure_id == _structure, activity.c.id.in_(select(asked.c[0]))
    )
    pools = select(activity_draw.c.pool_id).where(activity_draw.c.activity_id.in_(chosen))
    waiting = waiting_on(opening_day.c.activity_id, opening_day.c.day)
    lists = (
        select(as_list(*named(activity, "id arrival departure"))).where(activity.c.id.in_(chosen)),
        select(
            as_list(*named(opening_day, "activity_id day is_open arrival departure"), waiting)
        ).where(opening_day.c.activity_id.in_(chosen), _within(opening_day)),
        select(as_list(*named(pool_day, "pool_id day capacity taken next_ticket"))).where(
            pool_day.c.pool_id.in_(pools), _within(pool_day)
        ),
        select(as_list(*named(activity_draw, "activity_id pool_id age_group"))).where(
            activity_draw.c.activity_id.in_(chosen)
        ),
        select(
            as_list(*named(enrolment, "child_id activity_id valid_from valid_to age_group"))
        ).where(theirs(enrolment.c.child_id), enrolment.c.activity_id.in_(chosen)),
        select(as_list(*BOOKING, rank_of_booking())).where(
            theirs(booking.c.child_id),
            booking.c.activity_id.in_(chosen),
            _within(booking),
            is_live(),
        ),
        select(
            as_list(*named(draft_line, "child_id activity_id day wish arrival departure"))
        ).where(
            draft_line.c.draft_id == _draft, theirs(draft_line.c.child_id), _within(draft_line)
        ),
        select(as_list(*named(draft_hours, "child_id activity_id arrival departure"))).where(
            draft_hours.c.draft_id == _draft, theirs(draft_hours.c.child_id)
        ),
        select(func.count()).where(
            draft_line.c.draft_id == _draft, draft_line.c.wish != Wish.KEEP
        ),
    )
    return (
        select(guardian.c.family_id, *(each.scalar_subquery() for each in lists))
        .select_from(draft)
        .join(guardian, guardian.c.id == draft.c.guardian_id)
        .where(draft.c.id == _draft)
    )


_OVERVIEW: Final[Mapping[str, Prepared]] = {
    "sqlite": Prepared(_overview(as_sqlite_list, "sqlite")),
    "postgresql": Prepared(_overview(as_postgresql_list, "postgresql")),
}


def read_overview(
    connection: Connection,
    draft_id: DraftId,
    children: Set[ChildId],
    structure: StructureId,
    first: date,
    last: date,
) -> OverviewFacts:
    row = _row(connection, draft_id, children, structure, first, last)
    if row is None:
        return OverviewFacts({}, 0)
    hours = {(item[0], item[1]): to_hours(item) for item in read(row.hours)}
    found = {of: days.all() for of, days in _each(row, sorted(children))}
    return OverviewFacts(found, row.drafted, hours)


def read_outline(
    connection: Connection,
    draft_id: DraftId,
    children: Set[ChildId],
    structure: StructureId,
    first: date,
    last: date,
) -> OutlineFacts:
    row = _row(connection, draft_id, children, structure, first, last)
    if row is None:
        return OutlineFacts({}, 0)
    found = {of: days.outline() for of, days in _each(row, sorted(children))}
    return OutlineFacts(found, row.drafted)


def _row(
    connection: Connection,
    draft_id: DraftId,
    children: Set[ChildId],
    structure: StructureId,
    first: date,
    last: date,
) -> OverviewRow | None:
    dialect = connection.dialect.name
    asked = {
        "draft": draft_id,
        "children": listed(sorted(children), dialect),
        "structure": structure,
        "first": first,
        "last": last,
    }
    rows = _OVERVIEW[dialect].rows(connection, asked)
    return OverviewRow(*rows[0]) if rows else None


def _each(
    row: OverviewRow, children: Iterable[ChildId]
) -> Iterator[tuple[tuple[ChildId, ActivityId], Days]]:
    """In the order of children, then of activities; none that a child has nothing to do with."""
    activities, places = sorted(read(row.activities)), by_pool(read(row.places))
    openings, draws = _grouped(read(row.openings), 1), _grouped(read(row.draws), 1)
    enrolments, lines = _grouped(read(row.enrolments), 2), _grouped(read(row.lines), 2)
    bookings = _grouped(read(row.bookings), 2, start=1, keep=True)
    for child in children:
        for activity_id, arrival, departure in activities:
            key = child, activity_id
            if not (enrolments[key] or bookings[key]):
                continue
            parts = Parts(
                family_id=row.family_id,
                arrival=to_hour(arrival),
                departure=to_hour(departure),
                openings=openings[(activity_id,)],
                places=places,
                draws=draws[(activity_id,)],
                enrolments=enrolments[key],
                bookings=bookings[key],
                lines=lines[key],
            )
            yield key, Days(child, activity_id, parts)


def _grouped(
    items: Iterable[Item], columns: int, *, start: int = 0, keep: bool = False
) -> defaultdict[tuple[Any, ...], list[Item]]:
    """By the ``columns`` that say what each is about, which are dropped unless kept."""
    found: defaultdict[tuple[Any, ...], list[Item]] = defaultdict(list)
    for item in items:
        key = tuple(item[start : start + columns])
        found[key].append(item if keep else item[columns:])
    return found
