"""Brings a database to this version's schema. Run by the command line, and at every start."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.urls import SQLITE, read_url

R = TypeVar("R")

AIOSQLITE = "sqlite+aiosqlite"


async def upgrade(url: str, revision: str = "head") -> None:
    """Harmless when there is nothing to do, and when several processes start at once."""
    await _run(url, partial(_command, command.upgrade, revision))


async def downgrade(url: str, revision: str) -> None:
    """To ``base`` it drops every table."""
    await _run(url, partial(_command, command.downgrade, revision))


async def current(url: str) -> str | None:
    """The schema's revision; None before the first migration."""
    return await _run(url, lambda c: MigrationContext.configure(c).get_current_revision())


def newest() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def revisions() -> frozenset[str]:
    """All that this version knows."""
    script = ScriptDirectory.from_config(_config())
    return frozenset(found.revision for found in script.walk_revisions())


async def _run(url: str, work: Callable[[Connection], R]) -> R:
    engine = _engine(read_url(url))
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


def _command(run: Callable[[Config, str], None], revision: str, connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    run(config, revision)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    return config


def _engine(url: URL) -> AsyncEngine:
    if url.drivername != SQLITE:
        return create_async_engine(url)
    # Foreign keys stay off, as SQLite has them by default: a table is changed by copying it.
    off = {"isolation_level": None}
    engine = create_async_engine(url.set(drivername=AIOSQLITE), connect_args=off)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
