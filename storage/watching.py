"""What an operator watches of the database: counts and instants, one statement, no person."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeVar

from sqlalchemy import Connection, String, column, func, literal, select, table, true
from sqlalchemy.exc import SQLAlchemyError

from domain.notices.model import Channel
from storage.database import Database
from storage.schema import job_run, notice

R = TypeVar("R")

NIGHT: Final = "night"
FAILURES: Final = (SQLAlchemyError, sqlite3.Error, OSError)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Notices that have not ended. ``asked_at`` of the oldest; ``due_at`` of the first to go,
    which lies ahead where they wait for the morning or for another try.
    """

    count: int
    asked_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Night:
    of: date
    began_at: datetime
    done_at: datetime


@dataclass(frozen=True, slots=True)
class Watched:
    """``night``: the last that was done; None before the first. A channel where nothing waits is
    not in ``waiting``.
    """

    revision: str
    night: Night | None
    waiting: Mapping[Channel, Waiting]


_schema = table("alembic_version", column("version_num", String))
_outbox = (
    select(
        notice.c.channel,
        func.count().label("count"),
        func.min(notice.c.at).label("asked_at"),
        func.min(notice.c.due_at).label("due_at"),
    )
    .where(notice.c.done_at.is_(None))
    .group_by(notice.c.channel)
    .subquery("outbox")
)
_night = (
    select(job_run.c.business_date, job_run.c.claimed_at, job_run.c.done_at)
    .where(job_run.c.name == NIGHT, job_run.c.done_at.isnot(None))
    .order_by(job_run.c.business_date.desc())
    .limit(1)
    .subquery("night")
)
_one = select(literal(1).label("one")).subquery("one")
WATCHED: Final = (
    select(
        _schema.c.version_num,
        _night.c.business_date,
        _night.c.claimed_at,
        _night.c.done_at,
        _outbox.c.channel,
        _outbox.c.count.label("waiting"),
        _outbox.c.asked_at,
        _outbox.c.due_at,
    )
    .select_from(_one)
    .outerjoin(_schema, true())
    .outerjoin(_night, true())
    .outerjoin(_outbox, true())
)


def watched(connection: Connection) -> Watched:
    rows = connection.execute(WATCHED).all()
    first = rows[0]
    night = None
    if first.business_date is not None:
        night = Night(first.business_date, first.claimed_at, first.done_at)
    return Watched(
        revision=first.version_num or "",
        night=night,
        waiting={
            row.channel: Waiting(row.waiting, row.asked_at, row.due_at)
            for row in rows
            if row.channel is not None
        },
    )


class ListenedDatabase(Database):
    """Another database, whose failures ``failed`` is told by the name of their type."""

    def __init__(self, database: Database, failed: Callable[[str], object]) -> None:
        super().__init__(database.keyring, ())
        self._database, self._failed = database, failed

    async def start(self) -> None:
        await self._database.start()

    async def write(self, work: Callable[[Connection], R], *, brief: bool = False) -> R:
        try:
            return await self._database.write(work, brief=brief)
        except FAILURES as error:
            self._failed(type(error).__name__)
            raise

    async def read(self, work: Callable[[Connection], R], *, brief: bool = False) -> R:
        try:
            return await self._database.read(work, brief=brief)
        except FAILURES as error:
            self._failed(type(error).__name__)
            raise

    async def close(self) -> None:
        await self._database.close()

    def listen(self, heard: Callable[[str], None]) -> None:
        self._database.listen(heard)
