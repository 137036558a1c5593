"""What monitoring reads of a database: one statement, the same facts on both."""

import sqlite3
from datetime import date, timedelta
from typing import Never

import pytest
from sqlalchemy import Connection

from domain.notices.model import Channel, Kind, Notice
from storage import migrate
from storage.engine import Database, transactions
from storage.outbox import SqlOutbox
from storage.reports import SqlJobs
from storage.watching import NIGHT, ListenedDatabase, Night, Waiting, watched
from tests.storage.small_town import NOW, SmallTown

LATER = NOW + timedelta(hours=2)
STRUCK = date(2026, 11, 23)


async def test_a_fresh_town_has_no_night_and_nothing_that_waits(database: Database) -> None:
    seen = await database.read(watched)

    assert (seen.night, seen.waiting) == (None, {})
    assert seen.revision == migrate.newest()


async def test_the_last_night_that_is_done_is_told(database: Database) -> None:
    def nights(connection: Connection) -> None:
        jobs = SqlJobs(connection)
        for day in (21, 22, 23):
            jobs.claim(NIGHT, STRUCK.replace(day=day), NOW, LATER)
        for day in (21, 22):
            jobs.done(NIGHT, STRUCK.replace(day=day), NOW + timedelta(minutes=3))
        jobs.claim("reminders", STRUCK.replace(day=30), NOW, LATER)
        jobs.done("reminders", STRUCK.replace(day=30), NOW)

    await database.write(nights)

    seen = await database.read(watched)

    assert seen.night == Night(STRUCK.replace(day=22), NOW, NOW + timedelta(minutes=3))


async def test_what_waits_is_told_by_channel_and_what_has_ended_is_not(
    database: Database, town: SmallTown
) -> None:
    outbox = transactions(database, SqlOutbox)

    def a_notice(key: str, channel: Channel, minutes: int) -> Notice:
        at = NOW + timedelta(minutes=minutes)
        return Notice(key, town.father, channel, Kind.PLACE_GIVEN, {}, at)

    posted = [
        a_notice("a", Channel.TELEGRAM, 0),
        a_notice("b", Channel.TELEGRAM, 1),
        a_notice("c", Channel.TELEGRAM, 2),
        a_notice("d", Channel.MAIL, 3),
    ]
    await outbox.write(lambda tx: tx.post(posted))
    (first, second) = await outbox.write(
        lambda tx: tx.claim(NOW + timedelta(minutes=1), limit=2, lease_until=LATER)
    )
    await outbox.write(lambda tx: tx.sent(first.id, NOW))

    seen = await database.read(watched)

    assert second.notice.key == "b"
    assert seen.waiting == {
        # "b" is being sent, so what is due first is "c".
        Channel.TELEGRAM: Waiting(2, NOW + timedelta(minutes=1), NOW + timedelta(minutes=2)),
        Channel.MAIL: Waiting(1, NOW + timedelta(minutes=3), NOW + timedelta(minutes=3)),
    }


async def test_it_costs_one_statement(database: Database, town: SmallTown) -> None:
    heard: list[str] = []
    database.listen(heard.append)

    await database.read(watched)

    assert len(heard) == 1


async def test_failures_are_told_by_their_kind_and_still_raised(database: Database) -> None:
    told: list[str] = []
    listened = ListenedDatabase(database, told.append)

    def no_such_table(connection: Connection) -> None:
        connection.exec_driver_sql("SELECT 1 FROM nowhere")

    def locked(connection: Connection) -> Never:
        raise sqlite3.OperationalError("database is locked")

    for run in (listened.read, listened.write):
        for work in (no_such_table, locked):
            with pytest.raises(Exception, match=r"nowhere|locked"):
                await run(work)

    assert len(told) == 4
    assert told[1] == told[3] == "OperationalError"


async def test_a_refusal_is_no_failure_of_the_database(database: Database) -> None:
    told: list[str] = []

    def refuse(connection: Connection) -> Never:
        raise KeyError("no place left")

    with pytest.raises(KeyError):
        await ListenedDatabase(database, told.append).write(refuse)

    assert told == []
