"""A12: a family that has left is forgotten, by name; one that may be there is not."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import insert, select, update

from domain.families.model import WalletId
from domain.privacy.model import Aged, Limit
from storage import schema
from storage.accounts import SqlAccounts
from storage.privacy import SqlAging
from tests.builders import TOWN, activity
from tests.storage.towns import town
from tests.storage.worlds import in_database

BEFORE = Limit(date(2037, 9, 1), datetime(2037, 9, 1, tzinfo=UTC))
enrolled, child, guardian = schema.enrolment, schema.child, schema.guardian


@pytest.fixture
async def left(database):
    """Two families whose enrolments have ended ten years ago, each with a child and a wallet."""
    data = town(activity(1, wallet="Cantine"), children=2)
    data.wallet(WalletId(1), 1, TOWN, "Cantine", "0.00")
    data.wallet(WalletId(2), 2, TOWN, "Cantine", "0.00")
    await in_database(database, data)
    await database.write(lambda c: c.execute(update(child).values(school_class="CE1 B")))
    ended = update(schema.telegram_session).values(ended_at=datetime(2027, 7, 3, tzinfo=UTC))
    await database.write(lambda c: c.execute(ended))
    return database


async def forget(database, before: Limit = BEFORE) -> int:
    return await database.write(lambda c: SqlAging(c).forget_aged(Aged.FAMILIES, before, 500))


async def names(database) -> list[str]:
    both = (select(table.c.last_name).order_by(table.c.id) for table in (child, guardian))
    return [
        one for query in both for one in await database.read(lambda c, q=query: c.scalars(q).all())
    ]


async def test_names_and_what_led_to_them_go_and_numbers_stay(left) -> None:
    assert all(await names(left))

    assert await forget(left) == 2

    assert set(await names(left)) == {""}
    assert len(await names(left)) == 4
    assert set(await left.read(lambda c: c.scalars(select(child.c.school_class)).all())) == {None}
    for table in (enrolled, schema.guardian_structure, schema.family_quotient):
        assert await left.read(lambda c, t=table: c.execute(select(t)).all()) == []
    said = await left.read(
        lambda c: c.execute(select(guardian.c.emails, guardian.c.identifier)).all()
    )
    assert {(tuple(mails), identifier) for mails, identifier in said} == {((), "")}


async def test_who_was_forgotten_is_not_found_again(left) -> None:
    await forget(left)

    assert await forget(left) == 0
    assert not await left.read(lambda c: SqlAging(c).has_aged(Aged.FAMILIES, BEFORE))


async def test_a_family_that_was_never_enrolled_stays(left) -> None:
    await left.write(lambda c: c.execute(enrolled.delete()))

    assert await forget(left) == 0


def enrol_again(connection) -> None:
    connection.execute(
        update(enrolled).where(enrolled.c.child_id == 1).values(valid_to=BEFORE.day)
    )


def owe(connection) -> None:
    entry = insert(schema.ledger_entry).values(
        wallet_id=1, kind="correction", day=date(2026, 9, 1), at=BEFORE.at, amount=Decimal(-1)
    )
    connection.execute(entry)


def settle_late(connection) -> None:
    for amount in (-1, 1):
        entry = insert(schema.ledger_entry).values(
            wallet_id=1, kind="correction", day=BEFORE.day, at=BEFORE.at, amount=Decimal(amount)
        )
        connection.execute(entry)


def connect(connection) -> None:
    SqlAccounts(connection).open_session(1, TOWN, 1, datetime(2027, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("keeps", [enrol_again, owe, settle_late, connect])
@pytest.mark.parametrize("shared", [False, True])
async def test_one_thing_that_is_younger_keeps_a_family_and_whom_it_shares_a_child_with(
    left, keeps, shared
) -> None:
    await left.write(keeps)
    if shared:
        row = {"family_id": 1, "child_id": 2}
        await left.write(lambda c: c.execute(insert(schema.child_family).values(row)))

    gone = await forget(left)

    kept = [bool(one) for one in await names(left)]
    assert gone == (0 if shared else 1)
    assert kept == ([True] * 4 if shared else [True, False] * 2)


async def test_families_that_share_a_child_go_together(left) -> None:
    row = {"family_id": 1, "child_id": 2}
    await left.write(lambda c: c.execute(insert(schema.child_family).values(row)))
    await left.write(lambda c: c.execute(enrolled.delete().where(enrolled.c.child_id == 1)))

    some = await left.write(lambda c: SqlAging(c).forget_aged(Aged.FAMILIES, BEFORE, 1))

    assert some == 1
    assert set(await names(left)) == {""}
