"""SQLite: one writer, a few readers, and a whole unit of work for one hop to a thread.

The drivers for asyncio hop to their thread for every statement, which costs more than the
statement; a unit of work is synchronous, so it hops once. One thread writes: that is the queue,
first come first served, and nobody ever finds the database locked by a neighbour. Every write
begins with BEGIN IMMEDIATE, for other processes; the driver's own BEGIN would let two of them read
the same free place.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import local
from typing import Any, Final, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event

from storage.crypto import Keyring
from storage.database import COMPACT_JSON, Database

R = TypeVar("R")

READERS: Final = 2
BUSY_MILLISECONDS: Final = 10_000  # how long another process may hold the file
OURS: Final = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2}


class SqliteDatabase(Database):
    def __init__(self, url: URL, keyring: Keyring) -> None:
        writer = _engine(url, "BEGIN IMMEDIATE")
        readers = _engine(url, "BEGIN DEFERRED")
        event.listen(readers, "connect", _refuse_writing)
        super().__init__(keyring, (writer, readers))
        self._writer = _Threads(writer, 1, "sqlite-writer")
        self._readers = _Threads(readers, READERS, "sqlite-reader")

    async def start(self) -> None:
        found = await self.write(_settings)
        if found != OURS:
            raise RuntimeError(f"SQLite is set to {found}, not to {OURS}")

    async def write(self, work: Callable[[Connection], R]) -> R:
        return await self._writer.run(work)

    async def read(self, work: Callable[[Connection], R]) -> R:
        return await self._readers.run(work)

    async def close(self) -> None:
        await self._readers.close()
        await self._writer.close()  # the last to leave folds the WAL in


class _Threads:
    """Each thread holds a connection for as long as it lives: a pool's part costs 40 us a unit."""

    def __init__(self, engine: Engine, count: int, name: str) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(count, name)
        self._own = local()
        self._connections: list[Connection] = []

    async def run(self, work: Callable[[Connection], R]) -> R:
        """Once begun the unit ends, even when nobody waits for it any more."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, copy_context().run, self._run, work)

    async def close(self) -> None:
        await asyncio.to_thread(self._threads.shutdown)
        for connection in self._connections:
            connection.close()
        self._connections.clear()
        self._engine.dispose()

    def _run(self, work: Callable[[Connection], R]) -> R:
        connection = getattr(self._own, "connection", None) or self._connect()
        with connection.begin():
            return work(connection)

    def _connect(self) -> Connection:
        connection = self._own.connection = self._engine.connect()
        self._connections.append(connection)
        return connection


def _settings(connection: Connection) -> dict[str, object]:
    read = connection.exec_driver_sql
    return {name: read(f"PRAGMA {name}").scalar_one() for name in OURS}


def _engine(url: URL, begin: str) -> Engine:
    engine = create_engine(
        url,
        json_serializer=COMPACT_JSON,
        hide_parameters=True,  # an error that is logged must not name a family
        # The driver's implicit BEGIN is off: it comes too late, and not before a SELECT.
        connect_args={"isolation_level": None, "check_same_thread": False},
    )

    event.listen(engine, "connect", _set_up)

    @event.listens_for(engine, "begin")
    def begin_ourselves(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        driver.execute(begin)

    return engine


def _set_up(connection: Any, _record: object) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _refuse_writing(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA query_only = ON")
