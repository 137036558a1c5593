"""Both databases, each number of clients: the tables, the goals."""

import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

from rich.console import Console

from benchmarks import databases
from benchmarks.confirming import clients as side_by_side
from benchmarks.confirming import floor_postgresql, floor_sqlite
from benchmarks.confirming.stage import AMPLE, SCARCE, Stage, build
from benchmarks.measuring import Measured, Variant, interleaved
from benchmarks.tables import Goal, print_measured
from storage.catalogue import SqlCatalogues
from storage.engine import Database
from storage.postgresql import WRITERS

OURS = "ours: the whole confirmation"
LAST_PLACES = f"ours, {SCARCE} places a day, the others queue"
FLOOR = "floor: places and bookings"
SET_BASED = "floor, set-based"
GATED = f"floor behind {WRITERS} connections"
ALL_ROWS = "floor with movements, receipt and draft"
QUEUED = 8  # clients


@dataclass(frozen=True, slots=True)
class Effort:
    clients: Sequence[int] = (1, 8, 32)
    each: int = 4  # confirmations of a client a round
    at_least: int = 80
    rounds: int = 4

    def count(self, clients: int) -> int:
        return max(self.at_least, clients * self.each)

    @property
    def families(self) -> int:
        return max(map(self.count, self.clients))


async def on_postgresql(url: str, effort: Effort, console: Console) -> list[Goal]:
    async with databases.migrated(url) as database, floor_postgresql.drivers(url, 1) as hand:

        async def tidy() -> None:
            await hand.execute("VACUUM (ANALYZE) booking, pool_day, movement, draft_line, draft")

        stage = await _stage(database, effort.families, tidy)
        goals = []
        for clients in effort.clients:
            async with AsyncExitStack() as pools:
                plain = await pools.enter_async_context(floor_postgresql.drivers(url, clients))
                few = min(clients, WRITERS)
                gated = await pools.enter_async_context(floor_postgresql.drivers(url, few))
                floors = {
                    FLOOR: floor_postgresql.floor(stage, plain, whole=False),
                    GATED: floor_postgresql.floor(stage, gated, whole=False),
                    ALL_ROWS: floor_postgresql.floor(stage, gated, whole=True),
                }
                count = effort.count(clients)
                variants = [
                    side_by_side.variant(
                        name, stage, run, clients=clients, count=count, whole=name == ALL_ROWS
                    )
                    for name, run in floors.items()
                ]
                variants += _ours(stage, clients, count)
                measured = await interleaved(variants, effort.rounds)
            _print("PostgreSQL", clients, measured, FLOOR, console)
            goals += _goals("PostgreSQL", clients, measured, FLOOR)
        return [*goals, await _statements("PostgreSQL", stage)]


async def on_sqlite(effort: Effort, console: Console) -> list[Goal]:
    with databases.folder() as place:
        url = databases.sqlite_url(place)
        async with databases.migrated(url) as database:
            stage = await _stage(database, effort.families, _nothing)
            goals = []
            with floor_sqlite.driver(str(place / "bench.db")) as raw:
                for clients in effort.clients:
                    count = effort.count(clients)
                    variants = [*_raw(stage, raw, count), *_ours(stage, clients, count)]
                    measured = await interleaved(variants, effort.rounds)
                    fastest = min((FLOOR, SET_BASED), key=lambda name: measured[name].each)
                    _print("SQLite", clients, measured, fastest, console)
                    goals += _goals("SQLite", clients, measured, fastest)
            return [*goals, await _statements("SQLite", stage)]


def _ours(stage: Stage, clients: int, count: int) -> list[Variant]:
    confirm = stage.confirm(SqlCatalogues(stage.database))
    # Who queues is read by whoever confirms: told once, beside the goals.
    places_a_day = {OURS: AMPLE, LAST_PLACES: SCARCE} if clients == QUEUED else {OURS: AMPLE}
    return [
        side_by_side.variant(
            name, stage, confirm, clients=clients, count=count, whole=True, places=places
        )
        for name, places in places_a_day.items()
    ]


def _raw(stage: Stage, raw: sqlite3.Connection, count: int) -> list[Variant]:
    writes = {
        FLOOR: floor_sqlite.day_by_day,
        SET_BASED: floor_sqlite.set_based,
        ALL_ROWS: floor_sqlite.whole,
    }
    return [
        floor_sqlite.variant(name, stage, raw, write, count=count)
        for name, write in writes.items()
    ]


async def _stage(database: Database, families: int, tidy: Callable[[], Awaitable[None]]) -> Stage:
    town = await database.write(lambda connection: build(connection, families))
    return Stage(database, town, tidy)


async def _nothing() -> None:
    """SQLite tidies by itself."""


async def _statements(name: str, stage: Stage) -> Goal:
    """Round trips of one confirmation, the BEGIN and the COMMIT left out."""
    confirm, jobs = stage.confirm(SqlCatalogues(stage.database)), stage.jobs[:2]
    await stage.set(jobs, AMPLE)
    await confirm(jobs[0])  # reads the catalogue
    sent: list[str] = []
    stage.database.listen(sent.append)
    await confirm(jobs[1])
    return Goal(f"{name}: statements a confirmation", len(sent), 6)


def _print(
    name: str, clients: int, measured: Mapping[str, Measured], base: str, console: Console
) -> None:
    many = "1 client" if clients == 1 else f"{clients} clients"
    print_measured(console, f"20 days confirmed, {name}, {many}", measured, base, "tx")


def _goals(name: str, clients: int, measured: Mapping[str, Measured], base: str) -> list[Goal]:
    ours = measured[OURS]
    what = f"{name}, {clients} clients: confirmations, x the floor"
    goals = [Goal(what, 1 / ours.times(measured[base]), 0.5, at_least=True)]
    goals.append(Goal(f"{name}, {clients} clients: p99 over p50", ours.unfairness, 2))
    return goals
