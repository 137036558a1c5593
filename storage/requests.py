"""Requests that wait for the town's answer: ``domain.requests.ports.RequestsTx``."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, select

from domain.activities.model import ActivityId, PoolId, StructureId
from domain.bookings.model import BookingId, MovementKind, Places, State
from domain.families.model import Child
from domain.requests.model import Asked, Pile, Query, Request, RequestPage
from storage.audit import SqlAuditLog
from storage.bookings import SqlBookings
from storage.bookings.rows import BOOKING, BOOKING_WIDTH, Row, to_booking, waiting_on
from storage.columns import keyring_of
from storage.schema import (
    activity,
    booking,
    child,
    guardian,
    movement,
    pool_day,
    structure,
    wallet,
)
from storage.schema.bookings import awaits_answer

STATES: Final = {Pile.NEW: State.PENDING, Pile.ASIDE: State.WAITLISTED}
PILES: Final = {state: pile for pile, state in STATES.items()}
_CHILD: Final = (child.c.id, child.c.first_name, child.c.last_name)


class SqlRequests(SqlBookings, SqlAuditLog):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._keyring = keyring_of(connection.dialect)

    def requests(
        self, structure: StructureId, query: Query, *, page: int, per_page: int
    ) -> RequestPage:
        wanted = _wanted(structure, query)
        count = self._connection.scalar(select(func.count()).select_from(booking).where(wanted))
        pages = max(1, -(-(count or 0) // per_page))
        shown = min(max(page, 1), pages)
        found = _oldest_first(wanted).limit(per_page).offset((shown - 1) * per_page)
        return RequestPage(query, self._requests(found), shown, pages, count or 0)

    def gathered(self, structure: StructureId, query: Query, most: int) -> tuple[Request, ...]:
        return self._requests(_oldest_first(_wanted(structure, query)).limit(most))

    def numbered(
        self, structure: StructureId, numbers: Collection[BookingId]
    ) -> tuple[Request, ...]:
        theirs = booking.c.id.in_(numbers), booking.c.activity_id.in_(_activities(structure))
        return self._requests(_oldest_first(and_(*theirs)))

    def asked(self, structure: StructureId, number: BookingId) -> Asked | None:
        query = _ASKED.where(
            booking.c.id == number,
            booking.c.activity_id.in_(_activities(structure)),
            awaits_answer(booking),
        )
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        at, civility, last_name, first_name, *counted = row[BOOKING_WIDTH + len(_CHILD) :]
        names = (civility, last_name, first_name)
        by = None if last_name is None else " ".join(name for name in names if name)
        in_debt, waiting, like_day, like_child = counted
        return Asked(_request(row), at, by, bool(in_debt), waiting, like_day, like_child)

    def piles(self, structure: StructureId) -> Mapping[tuple[Pile, ActivityId], int]:
        query = (
            select(booking.c.state, booking.c.activity_id, func.count())
            .where(awaits_answer(booking), booking.c.activity_id.in_(_activities(structure)))
            .group_by(booking.c.state, booking.c.activity_id)
        )
        found = self._connection.execute(query)
        return {(PILES[state], of): count for state, of, count in found}

    def places(self, pools: Collection[PoolId], day: date) -> tuple[Places, ...]:
        there = pool_day.c
        columns = there.pool_id, there.day, there.capacity, there.taken, there.next_ticket
        query = select(*columns).where(there.pool_id.in_(pools), there.day == day)
        return tuple(Places(*row) for row in self._connection.execute(query))

    def _requests(self, query: Select[Any]) -> tuple[Request, ...]:
        return tuple(_request(row) for row in self._connection.execute(query))


def _request(row: Row) -> Request:
    return Request(to_booking(row), Child(*row[BOOKING_WIDTH : BOOKING_WIDTH + len(_CHILD)]))


def _oldest_first(wanted: ColumnElement[bool]) -> Select[Any]:
    return (
        select(*BOOKING, *_CHILD)
        .join_from(booking, child, child.c.id == booking.c.child_id)
        .where(wanted)
        .order_by(booking.c.id)
    )


def _activities(structure: StructureId) -> Select[int]:
    return select(activity.c.id).where(activity.c.structure_id == structure)


def _wanted(structure: StructureId, query: Query) -> ColumnElement[bool]:
    asked: list[ColumnElement[bool]] = [
        awaits_answer(booking),
        booking.c.state == STATES[query.pile],
        booking.c.activity_id.in_(_activities(structure)),
    ]
    if query.activity is not None:
        asked.append(booking.c.activity_id == query.activity)
    if query.day is not None:
        asked.append(booking.c.day == query.day)
    if query.child is not None:
        asked.append(booking.c.child_id == query.child)
    return and_(*asked)


def _like(*same: str) -> Any:
    of = booking.alias(f"same_{same[-1]}")
    alike = (of.c[name] == booking.c[name] for name in ("activity_id", "state", *same))
    return select(func.count()).where(awaits_answer(of), *alike).scalar_subquery()


_asking = movement.alias("asking")
_its_asking = and_(
    _asking.c.activity_id == booking.c.activity_id,
    _asking.c.day == booking.c.day,
    _asking.c.ticket == booking.c.ticket,
    _asking.c.kind == MovementKind.BOOKING,
)
_owes = exists().where(
    activity.c.id == booking.c.activity_id,
    structure.c.id == activity.c.structure_id,
    wallet.c.structure_id == structure.c.id,
    wallet.c.family_id == booking.c.family_id,
    wallet.c.balance < structure.c.debt_threshold,
)
_ASKED: Final = (
    select(
        *BOOKING,
        *_CHILD,
        _asking.c.at,
        guardian.c.civility,
        guardian.c.last_name,
        guardian.c.first_name,
        _owes.label("in_debt"),
        waiting_on(booking.c.activity_id, booking.c.day).label("waiting"),
        _like("day").label("like_day"),
        _like("child_id").label("like_child"),
    )
    .join_from(booking, child, child.c.id == booking.c.child_id)
    .join(_asking, _its_asking)
    .outerjoin(guardian, guardian.c.id == booking.c.guardian_id)
)
