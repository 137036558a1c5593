"""Places, the locks that protect them, and the bookings that are decided under them.

The locks are PostgreSQL's, taken in one order: days then pools, then children by id. SQLite has a
single writer, so there is nothing to lock. Each lock is a statement of its own: what is read after
it is of an instant at which it was held.
"""

from collections.abc import Mapping, Set
from datetime import date
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Executable, Select, select, union

from domain.activities.model import ActivityId, PoolId
from domain.bookings.model import Booking, Places, State
from domain.families.model import ChildId
from storage.bookings.rows import BOOKING, among, is_live, to_booking
from storage.schema import booking, child, pool_day

_SQLITE, _POSTGRESQL = "sqlite", "postgresql"
PlaceKey: TypeAlias = tuple[PoolId, date]


def _places_of(dialect: str) -> Select[int, date, int | None, int, int]:
    return (
        select(
            pool_day.c.pool_id,
            pool_day.c.day,
            pool_day.c.capacity,
            pool_day.c.taken,
            pool_day.c.next_ticket,
        )
        .where(among(pool_day.c.pool_id, "pools", dialect), among(pool_day.c.day, "days", dialect))
        .order_by(pool_day.c.day, pool_day.c.pool_id)
    )


def _children_there(dialect: str) -> Select[int]:
    """These children, and those who wait for these activities on these days."""
    waiting = select(booking.c.child_id).where(
        among(booking.c.activity_id, "activities", dialect),
        among(booking.c.day, "days", dialect),
        booking.c.state == State.WAITLISTED,
    )
    named = select(child.c.id).where(among(child.c.id, "children", dialect))
    both = union(named, waiting).subquery()
    return select(both.c[0])


def _around(dialect: str) -> Select[*tuple[object, ...]]:
    there = booking.c.child_id.in_(_children_there(dialect))
    return (
        select(*BOOKING)
        .where(there, among(booking.c.day, "days", dialect), is_live())
        .order_by(booking.c.day, booking.c.ticket, booking.c.activity_id, booking.c.child_id)
    )


_READ_PLACES: Final = _places_of(_SQLITE)
_LOCK_PLACES: Final = _places_of(_POSTGRESQL).with_for_update()
_LOCK_CHILDREN: Final = (
    select(child.c.id)
    .where(child.c.id.in_(_children_there(_POSTGRESQL)))
    .order_by(child.c.id)
    .with_for_update(key_share=True)
)
_AROUND: Final[Mapping[str, Executable]] = {
    dialect: _around(dialect) for dialect in (_SQLITE, _POSTGRESQL)
}


def lock_places(
    connection: Connection, pools: Set[PoolId], days: Set[date]
) -> Mapping[PlaceKey, Places]:
    query = _LOCK_PLACES if connection.dialect.name == _POSTGRESQL else _READ_PLACES
    rows = connection.execute(query, {"pools": list(pools), "days": list(days)})
    found = [Places(PoolId(row[0]), *row[1:]) for row in map(tuple[Any, ...], rows)]
    return {(places.pool_id, places.day): places for places in found}


def lock_children(
    connection: Connection,
    children: Set[ChildId],
    activities: Set[ActivityId],
    days: Set[date],
) -> None:
    if connection.dialect.name == _POSTGRESQL:
        connection.execute(_LOCK_CHILDREN, _asked(children, activities, days))


def read_around(
    connection: Connection,
    children: Set[ChildId],
    activities: Set[ActivityId],
    days: Set[date],
) -> tuple[Booking, ...]:
    asked = _asked(children, activities, days)
    rows = connection.execute(_AROUND[connection.dialect.name], asked)
    return tuple(to_booking(row) for row in rows)


def _asked(
    children: Set[ChildId], activities: Set[ActivityId], days: Set[date]
) -> dict[str, object]:
    return {"children": list(children), "activities": list(activities), "days": list(days)}
