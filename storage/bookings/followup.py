"""The follow-up list, and what each guardian wants to see of it (F1, F2)."""

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, select

from domain.activities.model import StructureId
from domain.bookings.filters import EVERYTHING, Filters, Query, Shown
from domain.bookings.model import DraftId, State
from domain.bookings.ports import FollowUpPage, FollowUpRow
from domain.families.model import FamilyId
from storage.bookings.rows import (
    BOOKING,
    BOOKING_WIDTH,
    awaits_night,
    is_live,
    rank_of_booking,
    to_booking,
    waiting_on,
)
from storage.schema import absence, activity, booking, follow_up_filter
from storage.upserts import insert_into


def read_follow_up(
    connection: Connection,
    family: FamilyId,
    structure: StructureId,
    query: Query,
    *,
    page: int,
    per_page: int,
) -> FollowUpPage:
    wanted = _wanted(family, structure, query)
    accepted = func.sum(booking.c.price).filter(booking.c.state == State.ACCEPTED)
    count, total = connection.execute(select(func.count(), accepted).where(wanted)).one()
    pages = max(1, -(-count // per_page))
    shown = min(max(page, 1), pages)
    absent = exists().where(absence.c.booking_id == booking.c.id)
    waiting = waiting_on(booking.c.activity_id, booking.c.day)
    found = (
        select(*BOOKING, waiting, rank_of_booking(), absent)
        .where(wanted)
        .order_by(booking.c.day, booking.c.activity_id, booking.c.child_id)
        .limit(per_page)
        .offset((shown - 1) * per_page)
    )
    return FollowUpPage(
        rows=tuple(
            FollowUpRow(to_booking(row), *row[BOOKING_WIDTH:]) for row in connection.execute(found)
        ),
        page=shown,
        pages=pages,
        accepted_total=total or Decimal(0),
        count=count,
    )


def _wanted(family: FamilyId, structure: StructureId, query: Query) -> ColumnElement[bool]:
    here = select(activity.c.id).where(activity.c.structure_id == structure)
    asked: list[ColumnElement[Any]] = [
        booking.c.family_id == family,
        booking.c.day >= query.first,
        booking.c.activity_id.in_(here),
        booking.c.state.in_(sorted(query.states)),
        is_live(),
    ]
    if query.last is not None:
        asked.append(booking.c.day <= query.last)
    if query.child is not None:
        asked.append(booking.c.child_id == query.child)
    if query.activity is not None:
        asked.append(booking.c.activity_id == query.activity)
    if True not in query.transmitted:
        asked.append(awaits_night())
    if False not in query.transmitted:
        asked.append(~awaits_night())
    return and_(*asked)


def read_filters(connection: Connection, draft_id: DraftId) -> Filters:
    kept = follow_up_filter.c
    columns = kept.child_id, kept.activity_id, kept.month, kept.hidden
    row = connection.execute(select(*columns).where(kept.draft_id == draft_id)).first()
    if row is None:
        return EVERYTHING
    child, activity_id, month, hidden = row
    return Filters(child, activity_id, month, frozenset(map(Shown, hidden)))


def put_filters(connection: Connection, draft_id: DraftId, filters: Filters) -> None:
    said = {
        "child_id": filters.child,
        "activity_id": filters.activity,
        "month": filters.month,
        "hidden": sorted(filters.hidden),
    }
    query = insert_into(connection, follow_up_filter).values(draft_id=draft_id, **said)
    connection.execute(query.on_conflict_do_update(follow_up_filter.primary_key, set_=said))
