"""SQLite: one writer, a few readers, and a whole unit of work at once wherever it runs.

The drivers for asyncio hop to their thread for every statement, which costs more than the
statement; a unit of work is synchronous, so it hops once. A brief one does not hop at all: two
threads that both run Python only fight for the interpreter, and a tap then costs half as much
again.
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
from storage.sqlite_writer import AT_ONCE, PATIENT, Writer

R = TypeVar("R")

READERS: Final = 2
OURS: Final = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2}


class SqliteDatabase(Database):
    def __init__(self, url: URL, keyring: Keyring) -> None:
        writing, reading = _engine(url, AT_ONCE), _engine(url, PATIENT, "PRAGMA query_only = ON")
        super().__init__(keyring, (writing, reading))
        self._writer = Writer(writing)
        self._readers = _Readers(reading)

    async def start(self) -> None:
        found = await self.write(_settings)
        if found != OURS:
            raise RuntimeError(f"SQLite is set to {found}, not to {OURS}")

    async def write(self, work: Callable[[Connection], R], *, brief: bool = False) -> R:
        return await self._writer.run(work, brief=brief)

    async def read(self, work: Callable[[Connection], R], *, brief: bool = False) -> R:
        return await self._readers.run(work, brief=brief)

    async def close(self) -> None:
        await self._readers.close()
        await self._writer.close()


class _Readers:
    """Each thread, the loop's own too, keeps a connection: a pool's part costs 40 us a unit."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(READERS, "sqlite-reader")
        self._own = local()
        self._connections: list[Connection] = []

    async def run(self, work: Callable[[Connection], R], *, brief: bool) -> R:
        if brief:
            return self._run(work)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, copy_context().run, self._run, work)

    async def close(self) -> None:
        await asyncio.to_thread(self._threads.shutdown)
        for connection in self._connections:
            connection.close()
        self._connections.clear()
        self._engine.dispose()

    def _run(self, work: Callable[[Connection], R]) -> R:
        connection: Connection = getattr(self._own, "connection", None) or self._connect()
        driver: Any = connection.connection.driver_connection
        driver.execute("BEGIN DEFERRED")  # whatever it reads is of one instant
        with connection.begin():
            return work(connection)

    def _connect(self) -> Connection:
        connection = self._own.connection = self._engine.connect()
        self._connections.append(connection)
        return connection


def _settings(connection: Connection) -> dict[str, object]:
    read = connection.exec_driver_sql
    return {name: read(f"PRAGMA {name}").scalar_one() for name in OURS}


def _engine(url: URL, *pragmas: str) -> Engine:
    engine = create_engine(
        url,
        json_serializer=COMPACT_JSON,
        hide_parameters=True,  # an error that is logged must not name a family
        # The driver's implicit BEGIN is off: it comes too late, and not before a SELECT.
        connect_args={"isolation_level": None, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.execute(PATIENT)  # two processes may start at once
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        for pragma in pragmas:
            connection.execute(pragma)

    return engine
