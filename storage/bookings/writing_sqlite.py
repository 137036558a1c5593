"""Everything that a unit of work changes, in a statement a table (SQLite).

There is a single writer, so the order of the statements is all there is to care about: a slot is
left before it is taken.
"""

import json
from collections.abc import Sequence, Set
from datetime import date
from typing import Final, TypeAlias

from sqlalchemy import (
    Connection,
    Date,
    bindparam,
    false,
    insert,
    literal_column,
    select,
    text,
    update,
)

from domain.bookings.errors import StaleRecap
from domain.bookings.model import Movement, MovementKind, Receipt
from domain.bookings.ports import Changes
from storage.bookings import records
from storage.bookings.receipts import to_json
from storage.prepared import Prepared
from storage.schema import booking, draft, movement, opening_day, pool_day, receipt

Ticket: TypeAlias = tuple[int, date, int]

_PLACE: Final = Prepared(
    update(pool_day)
    .where(pool_day.c.pool_id == bindparam("of_pool"), pool_day.c.day == bindparam("on"))
    .values({name: bindparam(name) for name in ("capacity", "taken", "next_ticket")})
)
_CHANGE: Final = Prepared(
    update(booking)
    .where(booking.c.id == bindparam("of_booking"))
    .values(
        {
            name: bindparam(name)
            for name in ("state", "offer_until", "reason", "arrival", "departure", "price")
        }
    )
)
_added_columns: Final = [column for column in booking.c if column.name not in {"id", "turn"}]
_ADD: Final = Prepared(
    insert(booking).from_select(
        [column.name for column in _added_columns],
        select(*(bindparam(column.name, type_=column.type) for column in _added_columns)).where(
            select(literal_column("1"))
            .where(
                opening_day.c.activity_id == bindparam("activity_id"),
                opening_day.c.day == bindparam("day"),
                opening_day.c.is_open,
            )
            .exists()
        ),
    )
)
_VOID: Final = text("""
    UPDATE movement SET void = 1
    WHERE transmission_id IS NULL AND NOT void AND (activity_id, day, ticket) IN (
        SELECT value ->> 'activity_id', value ->> 'day', value ->> 'ticket'
        FROM json_each(:cancelled))
    RETURNING activity_id, day, ticket, kind
    """).columns(day=Date)
_moved_columns: Final = [c.name for c in movement.c if c.name not in {"id", "transmission_id"}]
_MOVE: Final = Prepared(insert(movement), _moved_columns)
_END: Final = Prepared(
    update(draft)
    .where(draft.c.id == bindparam("of_draft"), draft.c.round == bindparam("at_round"))
    .values(round=draft.c.round + 1, together=false())
)
_KEEP: Final = Prepared(insert(receipt), [column.name for column in receipt.c])
_EMPTY: Final = Prepared(
    text("""
    DELETE FROM draft_line WHERE draft_id = :draft AND (
        wish = 'keep' OR (child_id, activity_id, day, wish) IN (
            SELECT value ->> 'child_id', value ->> 'activity_id', value ->> 'day', value ->> 'wish'
            FROM json_each(:answered)))
    """)
)


def apply(connection: Connection, changes: Changes) -> None:
    _write(connection, _PLACE, [_place(records.of_places(p)) for p in changes.places])
    _write(connection, _CHANGE, [_named(records.of_changed(b)) for b in changes.changed])
    added = [records.of_added(b) for b in changes.added]
    if added and _ADD.write(connection, added) != len(added):
        raise StaleRecap
    _write_movements(connection, changes.movements)
    if changes.receipt is not None:
        _end_round(connection, changes.receipt)


def _write(connection: Connection, query: Prepared, rows: list[records.Record]) -> None:
    if rows and (written := query.write(connection, rows)) != len(rows):
        raise LookupError(f"{written} rows of {len(rows)} written, others are missing")


def _write_movements(connection: Connection, movements: Sequence[Movement]) -> None:
    if not movements:
        return
    unheard = _void(connection, records.cancelled(movements))
    rows = [
        {
            **records.of_movement(moved),
            "void": moved.kind is MovementKind.CANCELLATION
            and (moved.slot.activity_id, moved.slot.day, moved.ticket) in unheard,
        }
        for moved in movements
    ]
    _MOVE.write(connection, rows)


def _void(connection: Connection, cancelled: list[records.Record]) -> Set[Ticket]:
    """Answers the bookings whose very request nobody had heard of."""
    if not cancelled:
        return frozenset()
    rows = connection.execute(_VOID, {"cancelled": _json(cancelled)})
    return {tuple(row[:3]) for row in rows if row[3] == MovementKind.BOOKING}


def _end_round(connection: Connection, kept: Receipt) -> None:
    of = {"of_draft": kept.draft_id, "at_round": kept.round}
    if _END.write(connection, [of]) != 1:
        raise StaleRecap
    row = {
        "draft_id": kept.draft_id,
        "round": kept.round,
        "digest": kept.digest,
        "at": kept.at,
        "outcomes": to_json(kept.outcomes),
    }
    _KEEP.write(connection, [row])
    answered = [records.of_answered(outcome) for outcome in kept.outcomes]
    _EMPTY.write(connection, [{"draft": kept.draft_id, "answered": _json(answered)}])


def _place(record: records.Record) -> records.Record:
    """A bound value may not be named as a column that it selects by."""
    return {**record, "of_pool": record["pool_id"], "on": record["day"]}


def _named(record: records.Record) -> records.Record:
    return {**record, "of_booking": record["id"]}


def _json(rows: list[records.Record]) -> str:
    return json.dumps(rows, default=records.plain)
