"""A12: everything is sealed again with a new key; nobody is kept waiting, a kill costs nothing."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Connection, Table, select, text

from bot.migrated import migrated
from bot.rotation import prune, reseal_only, rotate
from bot.settings import BadSettings, Settings, only
from storage.crypto import Keyring
from storage.engine import Database
from storage.keyfile import changed_at
from storage.resealing import left, sealed_tables
from storage.schema import guardian, metadata
from storage.town import TownWriter
from tests.storage.small_town import fill

FAMILIES = 450  # more than two batches of guardians
LATER = timedelta(minutes=11)
NEW_KEY = "k9:" + "A" * 43 + "="


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    url = request.getfixturevalue(f"{request.param}_url")
    return only(database_url=url, key_file=tmp_path / "cartable.key")


@pytest.fixture
async def filled(settings: Settings) -> AsyncIterator[Database]:
    """The bot's own database and keyring, open all the while."""
    async with migrated(settings) as database:
        await database.write(_fill)
        yield database


def _fill(connection: Connection) -> None:
    writer = TownWriter(connection)
    structure = fill(writer).structure
    for number in range(FAMILIES):
        writer.guardian(
            writer.family(),
            [structure],
            identifier=f"P{number}",
            password_hash="-",
            first_name=f"Anne{number}",
            last_name="MARTIN",
        )


def names(connection: Connection) -> set[str]:
    return set(connection.scalars(select(guardian.c.first_name)))


def keys_in_use(connection: Connection) -> set[bytes]:
    """By which keys the values are sealed, read byte by byte."""
    used = set()
    for of in sealed_tables():
        for column in of.columns:
            query = text(f'SELECT "{column.name}" FROM "{of.table.name}"')  # noqa: S608 - our own names
            for value in connection.scalars(query):
                if value is not None:
                    used.add(value[1 : 1 + value[0]])
    return used


def key_names(settings: Settings) -> list[str]:
    lines = settings.key_file.read_text().splitlines()
    return [line.split(":")[0] for line in lines if not line.startswith("#")]


async def test_everything_is_sealed_again_and_reads_as_before(
    settings: Settings, filled: Database
) -> None:
    before = await filled.read(names)
    batches: list[int] = []

    done = await rotate(settings, batches.append)

    assert (done.added, done.left) == ("k2", 0)
    assert done.resealed > FAMILIES
    assert len(batches) > 3
    assert await filled.read(keys_in_use) == {b"k2"}
    assert await filled.read(names) == before


async def test_the_bot_that_runs_reads_and_writes_with_the_new_key(
    settings: Settings, filled: Database
) -> None:
    await rotate(settings, lambda _: None)

    await filled.write(
        lambda c: TownWriter(c).child(TownWriter(c).family(), first_name="Leo", last_name="X")
    )

    assert await filled.read(keys_in_use) == {b"k2"}


async def test_who_writes_meanwhile_loses_nothing(settings: Settings, filled: Database) -> None:
    async def rename() -> None:
        for number in range(60):
            await filled.write(
                lambda c, n=number: c.execute(
                    guardian.update()
                    .where(guardian.c.id == n + 1)
                    .values(first_name=f"Renamed{n}")
                )
            )

    await asyncio.gather(rotate(settings, lambda _: None), rename())

    renamed = {name for name in await filled.read(names) if name.startswith("Renamed")}
    assert len(renamed) == 60
    assert (await rotate(settings, lambda _: None)).added in {None, "k3"}
    assert len(await filled.read(keys_in_use)) == 1


async def test_the_old_key_is_dropped_and_everything_still_opens(
    settings: Settings, filled: Database
) -> None:
    before = await filled.read(names)
    await rotate(settings, lambda _: None)

    gone = await prune(settings, changed_at(settings.key_file) + LATER)

    assert gone == ("k1",)
    assert key_names(settings) == ["k2", "index"]
    async with migrated(settings) as reopened:
        assert await reopened.read(names) == before


async def test_a_key_that_something_is_sealed_with_is_not_dropped(
    settings: Settings, filled: Database
) -> None:
    await rotate(settings, lambda _: None)
    old = Keyring.load(settings.key_file)
    old.sealing = b"k1"
    sealed = old.seal("Zoé".encode(), "guardian.first_name")
    await filled.write(
        lambda c: c.execute(
            text("UPDATE guardian SET first_name = :sealed WHERE id = 1"), {"sealed": sealed}
        )
    )

    with pytest.raises(BadSettings, match="1 rows"):
        await prune(settings, changed_at(settings.key_file) + LATER)

    assert key_names(settings) == ["k2", "k1", "index"]


async def test_a_key_is_not_dropped_while_a_transaction_may_still_use_it(
    settings: Settings, filled: Database
) -> None:
    await rotate(settings, lambda _: None)

    with pytest.raises(BadSettings, match="10 minutes"):
        await prune(settings, changed_at(settings.key_file) + timedelta(minutes=9))


KILLED = """
import asyncio, os, signal, sys
from itertools import count
from pathlib import Path
from storage.engine import opened
from storage.keyfile import FileKeyring, add_key
from storage.resealing import left, reseal

async def main(url, path, statements):
    async with opened(url, FileKeyring.load(path)) as database:
        heard = count(1)
        add_key(path)
        def listen(sql):
            if next(heard) == statements:
                os.kill(os.getpid(), signal.SIGKILL)
        database.listen(listen)
        await reseal(database, batch=50)

asyncio.run(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
"""


@pytest.mark.parametrize("statements", [1, 2, 7, 8])
async def test_killed_in_the_middle_it_goes_on_with_the_same_key(
    settings: Settings, filled: Database, statements: int
) -> None:
    """Right after the key was added; before a batch is written, and between two batches."""
    before = await filled.read(names)
    url = settings.database_url.get_secret_value()
    words = [sys.executable, "-c", KILLED, url, str(settings.key_file), str(statements)]
    killed = await asyncio.to_thread(subprocess.run, words, check=False)
    assert killed.returncode == -9
    assert await filled.read(left) > 0
    assert await filled.read(names) == before

    done = await rotate(settings, lambda _: None)

    assert (done.added, done.left) == (None, 0)
    assert key_names(settings) == ["k2", "k1", "index"]
    assert await filled.read(names) == before


async def test_keys_of_the_environment_are_changed_by_hand_and_then_taken(
    settings: Settings, filled: Database
) -> None:
    lines = [x for x in settings.key_file.read_text().splitlines() if not x.startswith("#")]
    by_hand = settings.model_copy(update={"key": SecretStr(",".join([NEW_KEY, *lines]))})

    with pytest.raises(BadSettings, match="CARTABLE_KEY"):
        await rotate(by_hand, lambda _: None)
    done = await reseal_only(by_hand, lambda _: None)

    assert done.left == 0
    assert await filled.read(keys_in_use) == {b"k9"}


def test_every_table_with_a_sealed_column_is_known() -> None:
    known = {of.table.name for of in sealed_tables()}

    assert known == {table.name for table in metadata.tables.values() if _has_sealed(table)}


def _has_sealed(table: Table) -> bool:
    return any("Sealed" in type(column.type).__name__ for column in table.c)
