"""The one way to a database, whichever it is: ``async with opened(url, keyring) as database``."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Connection

from storage.crypto import Keyring
from storage.database import Database
from storage.postgresql import PostgresDatabase
from storage.sqlite import SqliteDatabase
from storage.urls import SQLITE, read_url

__all__ = ["Database", "Transactions", "open_database", "opened", "transactions"]

R = TypeVar("R")
Tx = TypeVar("Tx")


async def open_database(url: str, keyring: Keyring) -> Database:
    """Connected and checked. Raises RuntimeError when its settings are not what we rely on."""
    place = read_url(url)
    kind = SqliteDatabase if place.drivername == SQLITE else PostgresDatabase
    database: Database = kind(place, keyring)
    try:
        await database.start()
    except BaseException:
        await database.close()
        raise
    return database


@asynccontextmanager
async def opened(url: str, keyring: Keyring) -> AsyncIterator[Database]:
    database = await open_database(url, keyring)
    try:
        yield database
    finally:
        await database.close()


@dataclass(frozen=True, slots=True)
class Transactions(Generic[Tx]):
    """Gives a repository over the connection to each unit of work: ``domain.work.Transaction``."""

    database: Database
    factory: Callable[[Connection], Tx]
    brief: bool = False

    async def write(self, work: Callable[[Tx], R]) -> R:
        return await self.database.write(lambda c: work(self.factory(c)), brief=self.brief)

    async def read(self, work: Callable[[Tx], R]) -> R:
        return await self.database.read(lambda c: work(self.factory(c)), brief=self.brief)


def transactions(
    database: Database, factory: Callable[[Connection], Tx], *, brief: bool = False
) -> Transactions[Tx]:
    """``brief``: every unit of this repository is, see ``Database``."""
    return Transactions(database, factory, brief)
