"""SQLite's one writer: a queue, first come first served, before one connection.

Nobody in this process ever finds the database locked by a neighbour. Every unit begins with BEGIN
IMMEDIATE, for other processes; the driver's own BEGIN would let two of them read the same free
place.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine

R = TypeVar("R")

BEGIN: Final = "BEGIN IMMEDIATE"
PATIENT: Final = "PRAGMA busy_timeout = 10000"  # milliseconds: how long others may hold the file
AT_ONCE: Final = "PRAGMA busy_timeout = 0"


class Writer:
    """The event loop is never kept waiting: a thread waits for other processes and for the disk.

    A brief unit runs on the loop, and only its commit in the thread; any other is there whole.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread = ThreadPoolExecutor(1, "sqlite-writer")
        self._free = asyncio.Lock()
        self._connection: Connection | None = None

    async def run(self, work: Callable[[Connection], R], *, brief: bool) -> R:
        """Once begun the unit ends, even when nobody waits for it any more."""
        await self._free.acquire()
        try:
            rest = self._all_but_the_commit(work) if brief and self._began() else None
        except BaseException:
            self._free.release()
            raise
        ending = self._in_thread(rest or partial(self._whole, work))
        # Not before: the connection serves one unit at a time.
        ending.add_done_callback(lambda _: self._free.release())
        return await asyncio.shield(ending)

    async def close(self) -> None:
        """The last to leave folds the WAL in."""
        await asyncio.to_thread(self._thread.shutdown)
        if self._connection is not None:
            self._connection.close()
        self._engine.dispose()

    def _in_thread(self, job: Callable[[], R]) -> asyncio.Future[R]:
        loop = asyncio.get_running_loop()
        return loop.run_in_executor(self._thread, copy_context().run, job)

    def _all_but_the_commit(self, work: Callable[[Connection], R]) -> Callable[[], R]:
        """Answers how to commit. It is begun already, and rolled back when ``work`` raises."""
        connection = self._connected()
        transaction = connection.begin()
        try:
            result = work(connection)
        except BaseException:
            transaction.rollback()
            raise

        def commit() -> R:
            with transaction:  # rolls back what it cannot commit
                return result

        return commit

    def _whole(self, work: Callable[[Connection], R]) -> R:
        driver = self._driver()
        driver.execute(PATIENT)
        try:
            driver.execute(BEGIN)
        finally:
            driver.execute(AT_ONCE)
        return self._all_but_the_commit(work)()

    def _began(self) -> bool:
        """False when another process is writing."""
        try:
            self._driver().execute(BEGIN)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            return False
        return True

    def _driver(self) -> Any:
        return self._connected().connection.driver_connection

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection
