"""Everything that a unit of work changes, in one statement and one round trip (PostgreSQL).

All parts of the statement see the same instant, so none relies on what another wrote, but through
RETURNING. Movements are locked by id before they are voided, as the night does before it claims
them: neither waits for the other in a circle, and a movement that the night took in between is no
longer there to be voided, so that its cancellation is transmitted too.
"""

import json
from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, bindparam, text

from domain.bookings.errors import StaleRecap
from domain.bookings.ports import Changes
from storage.bookings import records
from storage.bookings.receipts import to_json
from storage.columns import UtcDateTime

_APPLY: Final = text("""
WITH
placed AS (
    UPDATE pool_day SET capacity = x.capacity, taken = x.taken, next_ticket = x.next_ticket
    FROM jsonb_to_recordset(CAST(:places AS jsonb)) AS x(
        pool_id bigint, day date, capacity int, taken int, next_ticket int)
    WHERE pool_day.pool_id = x.pool_id AND pool_day.day = x.day
    RETURNING 1
),
added AS (
    INSERT INTO booking (
        child_id, activity_id, day, family_id, guardian_id, state, ticket, arrival, departure,
        price, age_group, offer_until, reason, together)
    SELECT
        x.child_id, x.activity_id, x.day, x.family_id, x.guardian_id, x.state, x.ticket,
        x.arrival, x.departure, x.price, x.age_group, x.offer_until, x.reason,
        x.together
    FROM jsonb_to_recordset(CAST(:added AS jsonb)) AS x(
        child_id bigint, activity_id bigint, day date, family_id bigint, guardian_id bigint,
        state text, ticket int, arrival time, departure time, price bigint, age_group text,
        offer_until timestamptz, reason text, together int)
    JOIN opening_day ON opening_day.activity_id = x.activity_id AND opening_day.day = x.day
    WHERE opening_day.is_open
    ORDER BY x.day, x.ticket
    RETURNING 1
),
changed AS (
    UPDATE booking SET
        state = x.state, offer_until = x.offer_until, reason = x.reason, arrival = x.arrival,
        departure = x.departure, price = x.price
    FROM jsonb_to_recordset(CAST(:changed AS jsonb)) AS x(
        id bigint, state text, offer_until timestamptz, reason text, arrival time,
        departure time, price bigint)
    WHERE booking.id = x.id
    RETURNING 1
),
unheard AS (
    SELECT movement.id
    FROM movement
    JOIN jsonb_to_recordset(CAST(:cancelled AS jsonb)) AS x(
        activity_id bigint, day date, ticket int)
    ON movement.activity_id = x.activity_id AND movement.day = x.day
        AND movement.ticket = x.ticket
    WHERE movement.transmission_id IS NULL AND NOT movement.void
    ORDER BY movement.id
    FOR UPDATE OF movement
),
voided AS (
    UPDATE movement SET void = true
    FROM unheard
    WHERE movement.id = unheard.id
    RETURNING movement.activity_id, movement.day, movement.ticket, movement.kind
),
moved AS (
    INSERT INTO movement (
        activity_id, day, ticket, kind, structure_id, guardian_id, at, state, arrival, departure,
        price, void)
    SELECT
        x.activity_id, x.day, x.ticket, x.kind, x.structure_id, x.guardian_id, x.at, x.state,
        x.arrival, x.departure, x.price,
        x.kind = 'cancellation' AND EXISTS (
            SELECT 1 FROM voided
            WHERE voided.kind = 'booking' AND voided.activity_id = x.activity_id
                AND voided.day = x.day AND voided.ticket = x.ticket)
    FROM jsonb_to_recordset(CAST(:movements AS jsonb)) AS x(
        n int, activity_id bigint, day date, ticket int, kind text, structure_id bigint,
        guardian_id bigint, at timestamptz, state text, arrival time, departure time,
        price bigint)
    -- None for bookings that a closed day kept out: the whole is given up then.
    WHERE (SELECT count(*) FROM added) = jsonb_array_length(CAST(:added AS jsonb))
    ORDER BY x.n
    RETURNING 1
),
ended AS (
    UPDATE draft SET round = round + 1, together = false
    WHERE id = CAST(:draft AS bigint) AND round = CAST(:round AS int)
    RETURNING id
),
kept AS (
    INSERT INTO receipt (draft_id, round, digest, at, outcomes)
    SELECT id, CAST(:round AS int), CAST(:digest AS text), CAST(:at AS timestamptz),
        CAST(:outcomes AS json)
    FROM ended
),
emptied AS (
    DELETE FROM draft_line USING ended
    WHERE draft_line.draft_id = ended.id AND (
        draft_line.wish = 'keep'
        OR (draft_line.child_id, draft_line.activity_id, draft_line.day, draft_line.wish) IN (
            SELECT x.child_id, x.activity_id, x.day, x.wish
            FROM jsonb_to_recordset(CAST(:answered AS jsonb)) AS x(
                child_id bigint, activity_id bigint, day date, wish text)))
)
SELECT
    (SELECT count(*) FROM placed),
    (SELECT count(*) FROM added),
    (SELECT count(*) FROM changed),
    (SELECT count(*) FROM moved),
    (SELECT count(*) FROM ended)
""").bindparams(bindparam("at", type_=UtcDateTime))


def apply(connection: Connection, changes: Changes) -> None:
    receipt = changes.receipt
    answered = receipt.outcomes if receipt else ()
    movements = [
        {"n": n, **records.of_movement(movement)} for n, movement in enumerate(changes.movements)
    ]
    asked = {
        "places": _json(map(records.of_places, changes.places)),
        "added": _json(map(records.of_added, changes.added)),
        "changed": _json(map(records.of_changed, changes.changed)),
        "cancelled": _json(records.cancelled(changes.movements)),
        "movements": _json(movements),
        "draft": receipt and receipt.draft_id,
        "round": receipt and receipt.round,
        "digest": receipt and receipt.digest,
        "at": receipt and receipt.at,
        "outcomes": _json(to_json(answered)),
        "answered": _json(map(records.of_answered, answered)),
    }
    placed, added, changed, moved, ended = connection.execute(_APPLY, asked).one()
    if ended != (receipt is not None) or added != len(changes.added):
        raise StaleRecap
    done = placed, changed, moved
    if done != (len(changes.places), len(changes.changed), len(changes.movements)):
        raise LookupError(f"places, bookings, movements: {done} rows written, others are missing")


def _json(rows: Iterable[records.Record]) -> str:
    return json.dumps(list(rows), default=records.plain, separators=(",", ":"))
