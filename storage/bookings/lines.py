"""The lines of drafts: a tap is one statement.

A confirmation and a tap of the same guardian on another device meet at the draft's row: both lock
it, so neither deadlocks with the other nor writes between its lines. On PostgreSQL whoever waited
for that lock reads the draft's row anew, but its lines as they were before: that is why ``round``
decides whether a confirmation is still to be done, and why it ends only the lines that it answers
(see ``writing``). A line that was put meanwhile is kept for the next round.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, and_, bindparam, delete, exists, select, text, update
from sqlalchemy.dialects import sqlite

from domain.activities.model import ActivityId, StructureId
from domain.bookings.model import Draft, DraftId, DraftLine, Slot, Wish
from domain.bookings.ports import Hours
from domain.families.model import ChildId
from storage.bookings.rows import Row
from storage.database import COMPACT_JSON
from storage.schema import draft, draft_hours, draft_line
from storage.upserts import insert_into

LINE: Final = (
    draft_line.c.child_id,
    draft_line.c.activity_id,
    draft_line.c.day,
    draft_line.c.wish,
    draft_line.c.arrival,
    draft_line.c.departure,
)
is_wish = and_(draft_line.c.draft_id == draft.c.id, draft_line.c.wish != Wish.KEEP)
IN_ORDER = (draft_line.c.day, draft_line.c.activity_id, draft_line.c.child_id)

_PUT_ON_POSTGRESQL: Final = text("""
    WITH its_draft AS (SELECT id FROM draft WHERE id = :draft FOR NO KEY UPDATE)
    INSERT INTO draft_line
        (draft_id, child_id, activity_id, day, wish, arrival, departure, changed_at)
    SELECT id, child_id, activity_id, day, wish, arrival, departure, CAST(:at AS timestamptz)
    FROM its_draft, jsonb_to_recordset(CAST(:lines AS jsonb)) AS line(
        child_id bigint, activity_id bigint, day date, wish text, arrival time, departure time)
    ON CONFLICT (draft_id, child_id, activity_id, day) DO UPDATE SET
        wish = excluded.wish, arrival = excluded.arrival, departure = excluded.departure,
        changed_at = excluded.changed_at
""").bindparams(bindparam("at", type_=draft_line.c.changed_at.type))
_insert = sqlite.insert(draft_line)
_PUT_ON_SQLITE: Final = _insert.on_conflict_do_update(
    index_elements=draft_line.primary_key,
    set_={name: _insert.excluded[name] for name in ("wish", "arrival", "departure", "changed_at")},
)
_LOCK: Final = (
    select(draft.c.id).where(draft.c.id == bindparam("draft")).with_for_update(key_share=True)
)
_LINK: Final = (
    update(draft)
    .where(draft.c.id == bindparam("of_draft"))
    .values(together=bindparam("wanted", type_=draft.c.together.type))
)
_EMPTY: Final = delete(draft_line).where(draft_line.c.draft_id == bindparam("draft"))
_FORGET_HOURS: Final = delete(draft_hours).where(draft_hours.c.draft_id == bindparam("draft"))

_touched_since = exists().where(
    draft_line.c.draft_id == draft.c.id, draft_line.c.changed_at >= bindparam("before")
)
# One that is locked is in somebody's hands at this instant: it is not stale.
_LOCK_STALE: Final = (
    select(draft.c.id)
    .where(draft.c.structure_id == bindparam("structure"), ~_touched_since)
    .where(exists().where(is_wish))
    .order_by(draft.c.id)
    .with_for_update(key_share=True, skip_locked=True)
)
_STALE: Final = (
    select(draft.c.id, draft.c.guardian_id, draft.c.structure_id, draft.c.round, *LINE)
    .join(draft_line, is_wish)
    .where(draft.c.id.in_(bindparam("drafts", expanding=True)), ~_touched_since.correlate(draft))
    .order_by(draft.c.id, *IN_ORDER)
)


def lock_draft(connection: Connection, draft_id: DraftId) -> None:
    """A statement of its own: the next one sees what was committed while this one waited. SQLite
    has one writer at a time.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK, {"draft": draft_id})


def put_lines(
    connection: Connection, draft_id: DraftId, lines: Sequence[DraftLine], at: datetime
) -> None:
    if not lines:
        return
    if connection.dialect.name == "postgresql":
        written = COMPACT_JSON([_as_json(line) for line in lines])
        connection.execute(_PUT_ON_POSTGRESQL, {"draft": draft_id, "lines": written, "at": at})
        return
    connection.execute(_PUT_ON_SQLITE, [_as_row(draft_id, line, at) for line in lines])


def put_hours(
    connection: Connection, draft_id: DraftId, child: ChildId, activity: ActivityId, hours: Hours
) -> None:
    query = insert_into(connection, draft_hours)
    said = {"arrival": hours[0], "departure": hours[1]}
    query = query.values(draft_id=draft_id, child_id=child, activity_id=activity, **said)
    query = query.on_conflict_do_update(draft_hours.primary_key, set_=said)
    connection.execute(query)


def link_siblings(connection: Connection, draft_id: DraftId, *, wanted: bool) -> None:
    connection.execute(_LINK, {"of_draft": draft_id, "wanted": wanted})


def empty_draft(connection: Connection, draft_id: DraftId) -> None:
    """The hours chosen for all days go with it, and the link between siblings."""
    link_siblings(connection, draft_id, wanted=False)
    connection.execute(_EMPTY, {"draft": draft_id})
    connection.execute(_FORGET_HOURS, {"draft": draft_id})


def lock_stale(
    connection: Connection, structure: StructureId, before: datetime
) -> tuple[Draft, ...]:
    asked = {"structure": structure, "before": before}
    locked = connection.execute(_LOCK_STALE, asked).scalars().all()
    if not locked:
        return ()
    drafts: dict[DraftId, Draft] = {}
    # Read again under the locks: a tap may have come in between.
    for row in connection.execute(_STALE, {"drafts": locked, "before": before}):
        known = drafts.get(row[0], Draft(*row[:4]))
        drafts[row[0]] = Draft(*row[:4], lines=(*known.lines, to_line(row[4:])))
    return tuple(drafts.values())


def to_line(row: Row) -> DraftLine:
    return DraftLine(Slot(row[0], row[1], row[2]), row[3], row[4], row[5])


def _as_json(line: DraftLine) -> dict[str, object]:
    return {
        "child_id": line.slot.child_id,
        "activity_id": line.slot.activity_id,
        "day": line.slot.day.isoformat(),
        "wish": line.wish.value,
        "arrival": line.arrival.isoformat(),
        "departure": line.departure.isoformat(),
    }


def _as_row(draft_id: DraftId, line: DraftLine, at: datetime) -> dict[str, object]:
    return {
        "draft_id": draft_id,
        "child_id": line.slot.child_id,
        "activity_id": line.slot.activity_id,
        "day": line.slot.day,
        "wish": line.wish,
        "arrival": line.arrival,
        "departure": line.departure,
        "changed_at": at,
    }
