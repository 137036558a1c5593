"""The least on PostgreSQL: one statement, one round trip, by the driver alone."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import asyncpg

from benchmarks.confirming.clients import Confirming
from benchmarks.confirming.stage import DAYS, Stage, Work
from benchmarks.towns import ARRIVAL, DEPARTURE, NOW

_PLACED: Final = """
    locked AS (
        SELECT pool_id, day, capacity, taken FROM pool_day
        WHERE pool_id = $1 AND day = ANY ($2) ORDER BY day FOR UPDATE
    ),
    placed AS (
        UPDATE pool_day p
        SET taken = p.taken + (l.taken < l.capacity)::int, next_ticket = p.next_ticket + 1
        FROM locked l WHERE p.pool_id = l.pool_id AND p.day = l.day
        RETURNING p.day, p.next_ticket - 1 AS ticket,
            CASE WHEN l.taken < l.capacity THEN 'accepted' ELSE 'waitlisted' END AS state
    ),
    added AS (
        INSERT INTO booking (child_id, activity_id, day, family_id, guardian_id, state, ticket,
            arrival, departure, price)
        SELECT $3, $4, day, $5, $6, state, ticket, $7, $8, 2487 FROM placed
        RETURNING 1
    )
"""
PLACES_ONLY: Final = f"WITH {_PLACED} SELECT count(*) FROM added"
ALL_ROWS: Final = f"""
    WITH {_PLACED},
    moved AS (
        INSERT INTO movement (activity_id, day, ticket, kind, structure_id, guardian_id, at, state,
            arrival, departure, price)
        SELECT $4, day, ticket, 'booking', $9, $6, $10, state, $7, $8, 2487 FROM placed
    ),
    ended AS (UPDATE draft SET round = round + 1 WHERE id = $11 AND round = 1 RETURNING id),
    kept AS (
        INSERT INTO receipt (draft_id, round, digest, at, outcomes)
        SELECT id, 1, 'digest', $10, $12 FROM ended
    ),
    emptied AS (DELETE FROM draft_line USING ended WHERE draft_id = ended.id)
    SELECT count(*) FROM added
"""
# As long as what a receipt of twenty days really holds.
OUTCOMES: Final = json.dumps(
    [
        {
            "child": 1,
            "activity": 1,
            "day": "2026-12-02",
            "wish": "book",
            "result": "accepted",
            "arrival": "07:30:00",
            "departure": "18:00:00",
            "price": "24.87",
            "rank": None,
            "reason": None,
            "limit": None,
        }
    ]
    * DAYS
)


@asynccontextmanager
async def drivers(url: str, size: int) -> AsyncIterator[asyncpg.Pool]:
    pool = await asyncpg.create_pool(url, min_size=size, max_size=size)
    try:
        yield pool
    finally:
        await pool.close()


def floor(stage: Stage, pool: asyncpg.Pool, *, whole: bool) -> Confirming:
    """``whole``: all rows that a confirmation leaves, and not only places and bookings."""
    town = stage.town
    statement = ALL_ROWS if whole else PLACES_ONLY

    async def run(job: Work) -> None:
        who = town.parents[job.parent]
        given = [
            town.pools[0],
            job.days,
            who.children[0].id,
            town.activities[0],
            who.guardian.family_id,
            who.guardian.id,
            ARRIVAL,
            DEPARTURE,
        ]
        if whole:
            given += [town.structure, NOW, who.draft_id, OUTCOMES]
        assert await pool.fetchval(statement, *given) == DAYS

    return run
