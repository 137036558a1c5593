"""A12: what is older than the town said goes, whatever refers to it, and nothing else does."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, func, select, update

from domain.privacy.model import Aged, Limit
from storage import schema
from storage.engine import Database
from storage.privacy import SqlAging
from storage.schema import metadata
from tests.storage import canaries
from tests.storage.canaries import FIRST_DAY

LONG_AGO = Limit(FIRST_DAY.replace(year=2000), datetime(2000, 1, 1, tzinfo=UTC))
ALL = Limit(FIRST_DAY.replace(year=2100), datetime(2100, 1, 1, tzinfo=UTC))
REPLACED_NOT = {"superseded_at": None}
GOES = {
    "absence",
    "absence_news",
    "audit",
    "consent",
    "movement",
    "notice",
    "payment",
    "receipt",
    "reminder",
    "reminder_day",
    "signature",
    "stray_payment",
}


@pytest.fixture
async def filled(database: Database) -> Database:
    await database.write(canaries.fill)
    return database


def counts(connection: Connection) -> Mapping[str, int]:
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in metadata.sorted_tables
    }


def forget_all(connection: Connection, before: Limit = ALL) -> Mapping[Aged, int]:
    return {aged: SqlAging(connection).forget_aged(aged, before, 500) for aged in Aged}


async def test_everything_old_goes_in_order_and_what_was_billed_stays(filled: Database) -> None:
    before = await filled.read(counts)

    gone = await filled.write(forget_all)

    after = await filled.read(counts)
    assert {name for name in before if before[name] and not after[name]} == GOES
    shrunk = {name: before[name] - after[name] for name in before if before[name] != after[name]}
    assert {name: less for name, less in shrunk.items() if name not in GOES} == {"booking": 1}
    # Who is still connected has not left: see test_departed.
    assert [aged for aged, rows in gone.items() if not rows] == [Aged.FAMILIES]
    assert gone[Aged.DEBITED] == after["booking"] == 2


async def test_of_what_was_billed_nobody_is_told_to_have_asked(filled: Database) -> None:
    await filled.write(forget_all)

    kept: Any = await filled.read(
        lambda c: c.execute(select(schema.booking.c.guardian_id, schema.booking.c.reason)).all()
    )

    assert [tuple(row) for row in kept] == [(None, None), (None, None)]


async def test_what_is_not_old_stays_all_of_it(filled: Database) -> None:
    before = await filled.read(counts)

    gone = await filled.write(lambda c: forget_all(c, LONG_AGO))
    aged = await filled.read(
        lambda c: [one for one in Aged if SqlAging(c).has_aged(one, LONG_AGO)]
    )

    assert (set(gone.values()), aged) == ({0}, [])
    assert await filled.read(counts) == before


async def test_the_first_day_that_is_kept_is_kept(filled: Database) -> None:
    """The bookings are of one, two and three days before."""
    second = Limit(FIRST_DAY - timedelta(days=2), LONG_AGO.at)

    gone = await filled.write(lambda c: SqlAging(c).forget_aged(Aged.MOVEMENTS, second, 500))

    days: Any = await filled.read(
        lambda c: c.scalars(select(schema.movement.c.day).order_by(schema.movement.c.day)).all()
    )
    assert gone == 1
    assert list(days) == [FIRST_DAY - timedelta(days=2), FIRST_DAY - timedelta(days=1)]


async def test_it_goes_in_batches_and_again_finds_nothing(filled: Database) -> None:
    async def some(aged: Aged) -> int:
        return await filled.write(lambda c: SqlAging(c).forget_aged(aged, ALL, 2))

    for aged in (Aged.ABSENCES, Aged.MOVEMENTS, Aged.RECEIPTS):
        assert [await some(aged), await some(aged), await some(aged)] == [2, 1, 0]


async def test_texts_in_force_keep_their_signatures_and_consents(filled: Database) -> None:
    await filled.write(lambda c: c.execute(update(schema.legal_document).values(REPLACED_NOT)))
    before = await filled.read(counts)

    await filled.write(forget_all)

    after = await filled.read(counts)
    assert {name: after[name] for name in ("signature", "consent")} == {
        name: before[name] for name in ("signature", "consent")
    }


async def test_a_notice_that_has_not_ended_is_not_old(filled: Database) -> None:
    await filled.write(lambda c: c.execute(update(schema.notice).values(done_at=None)))

    gone = await filled.write(forget_all)

    assert gone[Aged.NOTICES] == 0
