"""Units of work that run where they are asked for: the same promises, and nobody is held up."""

import asyncio
import sqlite3
from threading import get_ident

import pytest
from sqlalchemy import Connection, func, insert, select, update

from storage.engine import Database, transactions
from storage.schema import family, town

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def add_family(connection: Connection) -> int:
    return connection.execute(insert(family).returning(family.c.id)).scalar_one()


def count_families(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(family))


async def test_a_brief_unit_is_committed(database: Database) -> None:
    await database.write(add_family, brief=True)

    assert await database.read(count_families, brief=True) == 1
    assert await database.read(count_families) == 1


async def test_a_brief_unit_that_raises_leaves_nothing_and_lets_the_next_one_in(
    database: Database,
) -> None:
    def refuse(connection: Connection) -> None:
        add_family(connection)
        raise LookupError

    with pytest.raises(LookupError):
        await database.write(refuse, brief=True)

    await database.write(add_family, brief=True)
    assert await database.read(count_families) == 1


async def test_brief_units_and_others_take_turns(database: Database) -> None:
    await database.write(lambda c: c.execute(insert(town).values(id=1, catalogue_version=1)))

    def take(connection: Connection) -> bool:
        left = connection.scalar(select(town.c.catalogue_version).with_for_update())
        if left:
            connection.execute(update(town).values(catalogue_version=left - 1))
        return bool(left)

    taken = await asyncio.gather(*(database.write(take, brief=n % 2 == 0) for n in range(20)))

    assert taken.count(True) == 1


async def test_who_gives_up_while_it_is_committed_holds_up_nobody(database: Database) -> None:
    given_up = asyncio.ensure_future(database.write(add_family, brief=True))  # noqa: TID251
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.gather(given_up, return_exceptions=True)

    await database.write(add_family, brief=True)

    assert await database.read(count_families) in {1, 2}


async def test_a_repository_may_have_brief_units_only(database: Database) -> None:
    asked: list[bool] = []

    class Noting:
        async def write(self, work, *, brief=False):
            asked.append(brief)

        read = write

    for brief in (True, False):
        units = transactions(Noting(), lambda connection: connection, brief=brief)
        await units.write(add_family)
        await units.read(count_families)

    assert asked == [True, True, False, False]


@on_sqlite
async def test_only_a_brief_unit_runs_on_the_loop_on_sqlite(database: Database) -> None:
    here = get_ident()

    brief = [
        await run(lambda _: get_ident(), brief=True) for run in (database.write, database.read)
    ]
    others = [await run(lambda _: get_ident()) for run in (database.write, database.read)]

    assert brief == [here, here]
    assert here not in others


@on_sqlite
async def test_a_brief_unit_waits_for_another_process_without_stopping_the_loop(
    database: Database, database_url: str
) -> None:
    other = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.ensure_future(database.write(add_family, brief=True))  # noqa: TID251
    await asyncio.sleep(0)

    other.execute("ROLLBACK")  # a loop that stood still would never come here
    await waiting

    other.close()
    assert await database.read(count_families) == 1
