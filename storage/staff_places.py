"""An activity's days as the town sees and changes them: ``domain.places.ports.PlacesTx``."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, case, func, select, update

from domain.activities.model import ActivityId
from domain.bookings.model import HOLDING, Places, State
from domain.families.model import Child
from domain.places.model import DayCounts, PoolDay, Turn, Waiter
from storage.audit import SqlAuditLog
from storage.bookings.repository import SqlBookings
from storage.bookings.rows import BOOKING, BOOKING_WIDTH, is_barred, to_booking, turn_of
from storage.columns import keyring_of
from storage.schema import activity_draw, booking, child, opening_day, pool, pool_day

_there = (
    booking.c.activity_id == bindparam("activity"),
    booking.c.day.between(bindparam("first"), bindparam("last")),
)
_OPENINGS: Final = (
    select(opening_day.c.day, opening_day.c.is_open)
    .where(
        opening_day.c.activity_id == bindparam("activity"),
        opening_day.c.day.between(bindparam("first"), bindparam("last")),
    )
    .order_by(opening_day.c.day)
)
_POOLS: Final = (
    select(pool_day, pool.c.name)
    .join_from(pool_day, pool, pool.c.id == pool_day.c.pool_id)
    .where(
        pool_day.c.pool_id.in_(
            select(activity_draw.c.pool_id).where(
                activity_draw.c.activity_id == bindparam("activity")
            )
        ),
        pool_day.c.day.between(bindparam("first"), bindparam("last")),
    )
    .order_by(pool_day.c.day, pool_day.c.pool_id)
)
_STATES: Final = (
    select(booking.c.day, booking.c.state, func.count())
    .where(*_there, booking.c.state != State.CANCELLED)
    .group_by(booking.c.day, booking.c.state)
)
_QUEUE: Final = (
    select(
        *BOOKING,
        child.c.id,
        child.c.first_name,
        child.c.last_name,
        booking.c.turn,
        case((is_barred(), True), else_=False),
    )
    .join_from(booking, child, child.c.id == booking.c.child_id)
    .where(
        booking.c.activity_id == bindparam("activity"),
        booking.c.day == bindparam("day"),
        booking.c.state == State.WAITLISTED,
    )
    .order_by(turn_of(booking), booking.c.ticket)
)
_REOPEN: Final = (
    update(opening_day)
    .where(
        opening_day.c.activity_id == bindparam("activity"), opening_day.c.day == bindparam("on")
    )
    .values(is_open=True)
)
_TURN: Final = update(booking).where(booking.c.id == bindparam("which"))


class SqlStaffPlaces(SqlBookings, SqlAuditLog):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._keyring = keyring_of(connection.dialect)

    def day_counts(self, activity: ActivityId, first: date, last: date) -> tuple[DayCounts, ...]:
        asked = {"activity": activity, "first": first, "last": last}
        pools: defaultdict[date, list[PoolDay]] = defaultdict(list)
        for row in self._connection.execute(_POOLS, asked):
            there = Places(row.pool_id, row.day, row.capacity, row.taken, row.next_ticket)
            pools[row.day].append(PoolDay(there, row.name))
        counted: defaultdict[date, dict[State, int]] = defaultdict(dict)
        for day, state, count in self._connection.execute(_STATES, asked):
            counted[day][state] = count
        return tuple(
            DayCounts(
                row.day,
                row.is_open,
                tuple(pools[row.day]),
                booked=sum(n for state, n in counted[row.day].items() if state in HOLDING),
                pending=counted[row.day].get(State.PENDING, 0),
                waiting=counted[row.day].get(State.WAITLISTED, 0),
            )
            for row in self._connection.execute(_OPENINGS, asked)
        )

    def waiters(self, activity: ActivityId, day: date) -> tuple[Waiter, ...]:
        rows = self._connection.execute(_QUEUE, {"activity": activity, "day": day})
        return tuple(_waiter(rank, row) for rank, row in enumerate(rows, start=1))

    def reopen(self, activity: ActivityId, day: date) -> None:
        self._connection.execute(_REOPEN, {"activity": activity, "on": day})

    def put_turns(self, turns: Sequence[Turn]) -> None:
        rows = [{"which": one.booking, "to": one.turn} for one in turns]
        self._connection.execute(_TURN.values(turn=bindparam("to")), rows)


def _waiter(rank: int, row: Row[*tuple[Any, ...]]) -> Waiter:
    number, first_name, last_name, turn, barred = tuple(row)[BOOKING_WIDTH:]
    return Waiter(
        replace(to_booking(row), turn=turn),
        Child(number, first_name, last_name),
        rank,
        is_moved=turn is not None,
        in_debt=bool(barred),
    )
