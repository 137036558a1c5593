"""Writes the sample town into an empty, migrated database."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from secrets import token_urlsafe

from sqlalchemy import Connection

from bot.sample.accounts import settle
from bot.sample.agenda import Agenda, Story
from bot.sample.assembly import Assembled, assemble
from bot.sample.documents import register_documents
from bot.sample.neighbours import HOUSEHOLDS
from bot.sample.offer import Key
from bot.sample.people import Person, people
from bot.sample.scene import HERO, RIVAL
from domain.accounts.ports import Passwords
from domain.activities.model import Activity
from domain.calendar.instants import instant
from domain.calendar.model import PARIS
from domain.calendar.nights import NIGHT_HOUR, business_date
from domain.reports.ports import ExchangeFiles
from storage.bookings.repository import SqlBookings
from storage.catalogue import catalogue_version
from storage.engine import Database, transactions
from storage.reports import SqlTransmissions
from storage.town import TownWriter


class NotEmpty(RuntimeError):
    """The database holds a town already."""


@dataclass(frozen=True, slots=True)
class SampleTown:
    """Who can be played, and what there is to see."""

    people: tuple[Person, ...]
    agenda: Agenda
    activities: Mapping[Key, Activity]
    catalogue_version: int

    @property
    def story(self) -> Story:
        return self.agenda.story

    @property
    def story_activity(self) -> Activity:
        return self.activities[self.story.key]

    @property
    def hero(self) -> Person:
        """Books the month of the story for two children; one of them waits."""
        return self._parent(HERO)

    @property
    def rival(self) -> Person:
        """Holds two places on that day, and gives one back."""
        return self._parent(RIVAL)

    def _parent(self, last_name: str) -> Person:
        return next(person for person in self.people if person.last_name == last_name)


async def load(
    database: Database, *, now: datetime, passwords: Passwords, files: ExchangeFiles
) -> SampleTown:
    """A town opened around ``now``, aware. Raises NotEmpty.

    What was asked before last night is handed over, its files written; no report of it is queued.
    """
    hashes = await _hashes(passwords)
    work = partial(_write, now=now, hashes=hashes)
    town = await database.write(work)
    await _hand_over(database, files)
    return town


async def _hashes(passwords: Passwords) -> dict[str, str]:
    """By password. Whoever has no login gets a password that nobody knows."""
    parents = [parent for household in HOUSEHOLDS for parent in household.parents]
    known = [parent.login.password for parent in parents if parent.login]
    nobodys = token_urlsafe()
    hashed = await asyncio.gather(*map(passwords.hash, (nobodys, *known)))
    return dict(zip(("", *known), hashed, strict=True))


def _write(connection: Connection, *, now: datetime, hashes: Mapping[str, str]) -> SampleTown:
    if catalogue_version(connection):
        raise NotEmpty
    writer = TownWriter(connection)
    assembled = assemble(writer, now, hashes)
    _write_nights(connection, assembled, last=business_date(now))
    town = assembled.town
    settle(connection, town, assembled.registered.families, now)
    register_documents(connection, town.structures, now)
    return SampleTown(
        people=people(),
        agenda=assembled.agenda,
        activities={key: town.activity(key) for key in town.activities},
        catalogue_version=writer.publish(),
    )


def _write_nights(connection: Connection, assembled: Assembled, *, last: date) -> None:
    """Night by night, as they were; what no night has heard comes after the last one."""
    bookings = SqlBookings(connection)
    nights = assembled.ledger.nights
    for night in sorted({*nights, last}):
        bookings.apply(assembled.ledger.changes(night))
        if night <= last:
            _claim(connection, assembled, night)


def _claim(connection: Connection, assembled: Assembled, night: date) -> None:
    transmissions = SqlTransmissions(connection)
    for structure in assembled.town.structures.values():
        transmissions.claim(structure, night, instant(night, NIGHT_HOUR, PARIS))


async def _hand_over(database: Database, files: ExchangeFiles) -> None:
    open_tx = transactions(database, SqlTransmissions)
    for transmission in await open_tx.read(lambda tx: tx.unwritten()):
        contents = await open_tx.read(
            partial(SqlTransmissions.contents, transmission=transmission.id)
        )
        checksum = files.write(transmission, contents)
        close = partial(
            SqlTransmissions.written,
            transmission=transmission.id,
            at=transmission.claimed_at,
            checksum=checksum,
            reports=(),
        )
        await open_tx.write(close)
    await open_tx.write(_take_all_but_the_last)


def _take_all_but_the_last(tx: SqlTransmissions) -> None:
    """The town's back office has taken every night but the last one."""
    waiting = tx.untaken()
    last = max(one.night for one in waiting)
    for one in waiting:
        if one.night < last and one.written_at is not None:
            tx.taken([one.id], one.written_at)
