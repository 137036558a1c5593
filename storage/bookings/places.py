"""Places, the locks that protect them, and the bookings that are decided under them.

The locks are PostgreSQL's, taken in one order: days then pools, then children by id. SQLite has a
single writer, so there is nothing to lock. Each lock is a statement of its own: what is read after
it is of an instant at which it was held.
"""

from collections.abc import Mapping, Set
from dataclasses import replace
from datetime import date
from typing import Final, TypeAlias

from sqlalchemy import Connection, Select, select, union

from domain.activities.model import ActivityId, PoolId
from domain.bookings.model import Booking, Places
from domain.families.model import ChildId
from storage.bookings.rows import (
    BOOKING,
    BOOKING_WIDTH,
    among,
    is_barred,
    is_live,
    is_waiting,
    listed,
    to_booking,
)
from storage.prepared import Prepared, Row
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
        is_waiting(),
    )
    named = select(child.c.id).where(among(child.c.id, "children", dialect))
    both = union(named, waiting).subquery()
    return select(both.c[0])


def _around(dialect: str) -> Select[*tuple[object, ...]]:
    there = booking.c.child_id.in_(_children_there(dialect))
    return (
        select(*BOOKING, is_barred(), booking.c.turn)
        .where(there, among(booking.c.day, "days", dialect), is_live())
        .order_by(booking.c.day, booking.c.ticket, booking.c.activity_id, booking.c.child_id)
    )


_READ_PLACES: Final = Prepared(_places_of(_SQLITE))
_LOCK_PLACES: Final = Prepared(_places_of(_POSTGRESQL).with_for_update())
_LOCK_CHILDREN: Final = Prepared(
    select(child.c.id)
    .where(child.c.id.in_(_children_there(_POSTGRESQL)))
    .order_by(child.c.id)
    .with_for_update(key_share=True)
)
_AROUND: Final[Mapping[str, Prepared]] = {
    dialect: Prepared(_around(dialect)) for dialect in (_SQLITE, _POSTGRESQL)
}


def lock_places(
    connection: Connection, pools: Set[PoolId], days: Set[date]
) -> Mapping[PlaceKey, Places]:
    dialect = connection.dialect.name
    query = _LOCK_PLACES if dialect == _POSTGRESQL else _READ_PLACES
    asked = {"pools": listed(pools, dialect), "days": listed(days, dialect)}
    found = [Places(*row) for row in query.rows(connection, asked)]
    return {(places.pool_id, places.day): places for places in found}


def lock_children(
    connection: Connection,
    children: Set[ChildId],
    activities: Set[ActivityId],
    days: Set[date],
) -> None:
    if connection.dialect.name == _POSTGRESQL:
        _LOCK_CHILDREN.rows(connection, _asked(connection, children, activities, days))


def read_around(
    connection: Connection,
    children: Set[ChildId],
    activities: Set[ActivityId],
    days: Set[date],
) -> tuple[Booking, ...]:
    asked = _asked(connection, children, activities, days)
    rows = _AROUND[connection.dialect.name].rows(connection, asked)
    return tuple(_as_waiting(row) for row in rows)


def _as_waiting(row: Row) -> Booking:
    """With what is told here alone; most have nothing of it, and copying them costs."""
    booking, (barred, turn) = to_booking(row), row[BOOKING_WIDTH:]
    if not barred and turn is None:
        return booking
    return replace(booking, barred=bool(barred), turn=turn)


def _asked(
    connection: Connection, children: Set[ChildId], activities: Set[ActivityId], days: Set[date]
) -> dict[str, object]:
    dialect = connection.dialect.name
    return {
        "children": listed(children, dialect),
        "activities": listed(activities, dialect),
        "days": listed(days, dialect),
    }
