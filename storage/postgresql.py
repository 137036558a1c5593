"""PostgreSQL by asyncpg: a small pool for those who write, another for those who read.

Four writers and not thirty: measured, a small pool gives twice the confirmations a second and a
fifth of the longest wait, since those who contend for the same days wait here and not in the
server. Readers run without a transaction, read-only: under READ COMMITTED each statement sees its
own instant anyway, and BEGIN would be a round trip.

A connection that breaks before the commit has changed nothing: the unit is run again, once. When
it breaks in the commit nobody knows, so the error goes up; keys and rounds make asking again safe.
"""

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from sqlalchemy import URL, Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.crypto import Keyring
from storage.database import COMPACT_JSON, Database

R = TypeVar("R")

WRITERS: Final = 4
READERS: Final = 8
POOL_SECONDS: Final = 30
CONNECT_SECONDS: Final = 10
SETTINGS: Final = {
    "application_name": "cartable",
    "statement_timeout": "30s",
    "lock_timeout": "15s",
    "idle_in_transaction_session_timeout": "60s",
    "timezone": "UTC",
    "jit": "off",  # compiling costs more than any statement of ours takes
}
ISOLATION: Final = "read committed"


class PostgresDatabase(Database):
    def __init__(self, url: URL, keyring: Keyring) -> None:
        self._writers = _engine(url, WRITERS, "READ COMMITTED", SETTINGS)
        reading = {**SETTINGS, "default_transaction_read_only": "on"}
        self._readers = _engine(url, READERS, "AUTOCOMMIT", reading)
        super().__init__(keyring, (self._writers.sync_engine, self._readers.sync_engine))

    async def start(self) -> None:
        """REPEATABLE READ sold a place twice, with its row locked: what is set is verified."""
        for run in (self.write, self.read):
            isolation = await run(_isolation)
            if isolation != ISOLATION:
                raise RuntimeError(f"PostgreSQL runs at {isolation!r}, not at {ISOLATION!r}")

    async def write(self, work: Callable[[Connection], R], *, brief: bool = False) -> R:
        return await _run(self._writers, work)

    async def read(self, work: Callable[[Connection], R], *, brief: bool = False) -> R:
        return await _run(self._readers, work)

    async def close(self) -> None:
        await self._readers.dispose()
        await self._writers.dispose()


async def _run(engine: AsyncEngine, work: Callable[[Connection], R], tries: int = 2) -> R:
    async with engine.connect() as connection:
        try:
            result = await connection.run_sync(work)
        except DBAPIError as error:
            if tries == 1 or not error.connection_invalidated:
                raise
        else:
            await connection.commit()
            return result
    # The pool has dropped whatever was connected before: the next connection is a new one.
    return await _run(engine, work, tries - 1)


def _isolation(connection: Connection) -> str:
    return str(connection.exec_driver_sql("SHOW transaction_isolation").scalar_one())


def _engine(url: URL, size: int, isolation: str, settings: Mapping[str, str]) -> AsyncEngine:
    return create_async_engine(
        url,
        isolation_level=isolation,
        pool_size=size,
        max_overflow=0,
        pool_timeout=POOL_SECONDS,
        json_serializer=COMPACT_JSON,
        hide_parameters=True,  # an error that is logged must not name a family
        connect_args={"timeout": CONNECT_SECONDS, "server_settings": settings},
    )
