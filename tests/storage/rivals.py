"""One transaction held open by hand, and another that is seen to wait for it (PostgreSQL)."""

import asyncio
from collections.abc import Coroutine
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

PATIENCE = 30  # seconds
WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")


class Rivals:
    """Two transactions on the same database, opened by hand."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @asynccontextmanager
    async def transaction(self):
        async with self._engine.begin() as connection:
            yield connection

    async def behind(self, first: AsyncConnection, work):
        """Start ``work`` in the second transaction and see it wait; commit the first; answer."""
        return await self.after(first, self._run(work))

    async def after(self, first: AsyncConnection, asked: Coroutine):
        """The same for what opens a transaction of its own."""
        second = asyncio.create_task(asked)  # noqa: TID251 - awaited below
        async with asyncio.timeout(PATIENCE):
            while not await self._somebody_waits():
                assert not second.done(), "it did not wait"
        await first.commit()
        return await second

    async def _run(self, work):
        async with self._engine.begin() as connection:
            return await connection.run_sync(work)

    async def _somebody_waits(self) -> bool:
        async with self._engine.connect() as connection:
            return bool(await connection.scalar(WAITING))
