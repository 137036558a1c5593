"""A month's places, with a thousand bookings in the town and with a million."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from rich.console import Console
from sqlalchemy import Connection, text

from benchmarks import databases
from benchmarks.measuring import Measured, Sample, Stopwatch, Variant, interleaved
from benchmarks.tables import Goal, print_measured
from benchmarks.towns import FIRST_DAY, Town, clock, days_from, fill
from domain.bookings.composing import ShowMonth
from storage.bookings import SqlBookings
from storage.catalogue import SqlCatalogues
from storage.engine import Database, transactions

ACTIVITIES, DAYS, CHILDREN = 20, 250, 205
START = FIRST_DAY - timedelta(days=125)
SHOWN = FIRST_DAY.replace(day=1)

# Whatever the size, the shown child has the same bookings in the shown month: the first child.
_OWN = """
    INSERT INTO booking (child_id, activity_id, day, family_id, guardian_id, state, ticket,
        arrival, departure, price)
    SELECT e.child_id, o.activity_id, o.day, cf.family_id, NULL, 'accepted', 1,
        '07:30:00', '18:00:00', 2487
    FROM opening_day o
    JOIN enrolment e ON e.activity_id = o.activity_id AND e.child_id = :own
    JOIN child_family cf ON cf.child_id = e.child_id
    WHERE o.day BETWEEN :first AND :last
"""
_OTHERS = """
    INSERT INTO booking (child_id, activity_id, day, family_id, guardian_id, state, ticket,
        arrival, departure, price)
    SELECT e.child_id, o.activity_id, o.day, cf.family_id, NULL, 'accepted', e.child_id + 1,
        '07:30:00', '18:00:00', 2487
    FROM opening_day o
    JOIN enrolment e ON e.activity_id = o.activity_id AND e.child_id <> :own
    JOIN child_family cf ON cf.child_id = e.child_id
    ORDER BY e.child_id, o.day, o.activity_id
    LIMIT :bookings
"""


@dataclass(frozen=True, slots=True)
class Effort:
    few: int = 1_000  # 620 of them are the shown month itself
    many: int = 1_000_000
    children: int = CHILDREN
    months: int = 100  # shown a round
    rounds: int = 9


async def on_sqlite(effort: Effort, console: Console) -> list[Goal]:
    with databases.folder() as place:
        few, many = (databases.sqlite_url(place, name) for name in ("few", "many"))
        return await compare("SQLite", few, many, effort, console)


async def on_postgresql(effort: Effort, console: Console) -> list[Goal]:
    with databases.postgres_server() as server:
        few, many = [await server.new_database() for _ in range(2)]
        return await compare("PostgreSQL", few, many, effort, console)


async def compare(name: str, few: str, many: str, effort: Effort, console: Console) -> list[Goal]:
    async with databases.migrated(few) as small, databases.migrated(many) as big:
        variants = []
        for database, size in ((small, effort.few), (big, effort.many)):
            town = await _loaded(database, size, effort)
            variants.append(_variant(f"{size:,} bookings", database, town, effort))
        measured: Mapping[str, Measured] = await interleaved(variants, effort.rounds)
    base, full = (variant.name for variant in variants)
    print_measured(console, f"A month of one child, {name}", measured, base, "month")
    what = f"{name}: a month with {full} against {base}"
    return [Goal(what, measured[full].times(measured[base]), 1.2)]


async def _loaded(database: Database, size: int, effort: Effort) -> Town:
    def load(connection: Connection) -> Town:
        town = fill(
            connection,
            families=effort.children,
            days=days_from(START, DAYS),
            capacity=effort.children + 1,
            activities=ACTIVITIES,
        )
        _book(connection, town, size)
        return town

    return await database.write(load)


def _book(connection: Connection, town: Town, size: int) -> None:
    own = town.child(0).id
    last = SHOWN + timedelta(days=30)
    days: dict[str, object] = {"first": SHOWN, "last": last}
    if connection.dialect.name == "sqlite":
        days = {name: str(day) for name, day in days.items()}
    mine = connection.execute(text(_OWN), {"own": own, **days}).rowcount
    others = text(_OTHERS)
    theirs = connection.execute(others, {"own": own, "bookings": size - mine}).rowcount
    assert mine + theirs == size, (mine, theirs, size)
    connection.execute(text("UPDATE pool_day SET taken = 1 WHERE taken = 0"))
    connection.execute(text("ANALYZE"))


def _variant(name: str, database: Database, town: Town, effort: Effort) -> Variant:
    """The first child's month, in one activity after the other."""
    show = ShowMonth(
        transactions(database, SqlBookings, brief=True), SqlCatalogues(database), clock
    )
    who = town.parents[0]

    async def one_round() -> Sample:
        asked = [town.activities[n % ACTIVITIES] for n in range(effort.months)]
        with Stopwatch() as watch:
            for activity in asked:
                view = await show(who, town.child(0).id, activity, SHOWN)
                assert sum(day.booking is not None for day in view.days) == len(view.days) == 31
        return Sample(watch.seconds, effort.months, cpu=watch.cpu)

    return Variant(name, one_round)
