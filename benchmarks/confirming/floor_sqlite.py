"""The least on SQLite: the driver of the standard library, in one thread, with no loop around it.

More clients would only wait for one another, so one client is the floor for any number of them.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from benchmarks.confirming.floor_postgresql import OUTCOMES
from benchmarks.confirming.stage import AMPLE, DAYS, Stage, Work
from benchmarks.measuring import Sample, Stopwatch, Variant
from benchmarks.towns import NOW

Write = Callable[[sqlite3.Connection, Stage, Work], None]

_PLACE: Final = """
    UPDATE pool_day SET taken = taken + (taken < capacity), next_ticket = next_ticket + 1
    WHERE pool_id = ? AND day = ? RETURNING next_ticket - 1, taken
"""
_PLACE_ALL: Final = """
    UPDATE pool_day SET taken = taken + (taken < capacity), next_ticket = next_ticket + 1
    WHERE pool_id = ? AND day IN (SELECT value FROM json_each(?)) RETURNING day, next_ticket - 1
"""
_ADD: Final = """
    INSERT INTO booking (child_id, activity_id, day, family_id, guardian_id, state, ticket,
        arrival, departure, price)
    VALUES (?, ?, ?, ?, ?, 'accepted', ?, '07:30:00.000000', '18:00:00.000000', 2487)
"""
_MOVE: Final = """
    INSERT INTO movement (activity_id, day, ticket, kind, structure_id, guardian_id, at, state,
        arrival, departure, price)
    VALUES (?, ?, ?, 'booking', ?, ?, ?, 'accepted', '07:30:00.000000', '18:00:00.000000', 2487)
"""
_AT: Final = NOW.strftime("%Y-%m-%d %H:%M:%S.%f")


@contextmanager
def driver(path: str) -> Iterator[sqlite3.Connection]:
    """Set as ours is: durable, foreign keys kept."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        yield connection
    finally:
        connection.close()


def variant(
    name: str, stage: Stage, connection: sqlite3.Connection, write: Write, *, count: int
) -> Variant:
    async def one_round() -> Sample:
        jobs = stage.jobs[:count]
        await stage.set(jobs, AMPLE)
        with Stopwatch() as watch:
            for job in jobs:
                connection.execute("BEGIN IMMEDIATE")
                write(connection, stage, job)
                connection.execute("COMMIT")
        await stage.check(jobs, whole=write is whole)
        return Sample(watch.seconds, len(jobs), cpu=watch.cpu)

    return Variant(name, one_round)


def day_by_day(connection: sqlite3.Connection, stage: Stage, job: Work) -> None:
    """Forty single statements: places and bookings."""
    _book(connection, stage, job)


def set_based(connection: sqlite3.Connection, stage: Stage, job: Work) -> None:
    """One statement for the places, one run over the bookings."""
    town, who = stage.town, stage.town.parents[job.parent]
    days = json.dumps([str(day) for day in job.days])
    placed = connection.execute(_PLACE_ALL, (town.pools[0], days)).fetchall()
    assert len(placed) == DAYS
    child, family, guardian = who.children[0].id, who.guardian.family_id, who.guardian.id
    rows = [(child, town.activities[0], day, family, guardian, n) for day, n in placed]
    connection.executemany(_ADD, rows)


def whole(connection: sqlite3.Connection, stage: Stage, job: Work) -> None:
    """All the rows that a confirmation leaves: movements, receipt, the draft ended and emptied."""
    town, who = stage.town, stage.town.parents[job.parent]
    tickets = _book(connection, stage, job)
    moved = [
        (town.activities[0], str(day), ticket, town.structure, who.guardian.id, _AT)
        for day, ticket in zip(job.days, tickets, strict=True)
    ]
    connection.executemany(_MOVE, moved)
    draft = who.draft_id
    connection.execute("UPDATE draft SET round = round + 1 WHERE id = ? AND round = 1", (draft,))
    connection.execute(
        "INSERT INTO receipt (draft_id, round, digest, at, outcomes)"
        " VALUES (?, 1, 'digest', ?, ?)",
        (draft, _AT, OUTCOMES),
    )
    connection.execute("DELETE FROM draft_line WHERE draft_id = ?", (draft,))


def _book(connection: sqlite3.Connection, stage: Stage, job: Work) -> list[int]:
    town, who = stage.town, stage.town.parents[job.parent]
    child, family, guardian = who.children[0].id, who.guardian.family_id, who.guardian.id
    tickets = []
    for day in map(str, job.days):
        ticket, _ = connection.execute(_PLACE, (town.pools[0], day)).fetchone()
        connection.execute(_ADD, (child, town.activities[0], day, family, guardian, ticket))
        tickets.append(ticket)
    return tickets
