from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DBAPIError

from storage import migrate
from storage.crypto import Keyring
from storage.engine import opened
from storage.schema import metadata


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/empty.db"
    return request.getfixturevalue("empty_postgresql_url")


async def look(url: str, keyring: Keyring, work: Callable[[Connection], Any]) -> Any:
    async with opened(url, keyring) as database:
        return await database.read(work)


def table_names(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def checks(connection: Connection) -> set[tuple[str, str, str]]:
    inspector = inspect(connection)
    return {
        (table, check["name"], check["sqltext"])
        for table in metadata.tables
        for check in inspector.get_check_constraints(table)
    }


async def test_an_empty_database_gets_every_table(empty_url: str, keyring: Keyring) -> None:
    await migrate.upgrade(empty_url)

    tables = await look(empty_url, keyring, table_names)

    assert tables == {*metadata.tables, "alembic_version"}


async def test_a_migrated_database_says_so(empty_url: str) -> None:
    before = await migrate.current(empty_url)

    await migrate.upgrade(empty_url)

    assert (before, await migrate.current(empty_url)) == (None, migrate.newest())


async def test_migrating_twice_is_harmless(empty_url: str) -> None:
    await migrate.upgrade(empty_url)

    await migrate.upgrade(empty_url)

    assert await migrate.current(empty_url) == migrate.newest()


async def test_every_migration_can_be_taken_back(empty_url: str, keyring: Keyring) -> None:
    await migrate.upgrade(empty_url)

    await migrate.downgrade(empty_url, "base")

    assert await look(empty_url, keyring, table_names) == {"alembic_version"}


async def test_the_migrations_make_the_schema_of_the_code(
    database_url: str, keyring: Keyring
) -> None:
    differences = await look(
        database_url,
        keyring,
        lambda connection: compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), metadata
        ),
    )

    assert differences == []


async def test_the_migrations_make_the_checks_of_the_code(
    empty_url: str, keyring: Keyring
) -> None:
    """Alembic compares no CHECK, and leaves those of a column out without a word."""
    async with opened(empty_url, keyring) as database:
        await database.write(metadata.create_all)
        wanted = await database.read(checks)
        await database.write(metadata.drop_all)

    await migrate.upgrade(empty_url)

    assert await look(empty_url, keyring, checks) == wanted


async def test_a_failed_migration_leaves_nothing_behind(empty_url: str, keyring: Keyring) -> None:
    async with opened(empty_url, keyring) as database:
        await database.write(metadata.tables["family"].create)

    with pytest.raises(DBAPIError):
        await migrate.upgrade(empty_url)

    assert await look(empty_url, keyring, table_names) == {"family"}
