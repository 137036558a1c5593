"""The same on both databases: what goes in comes out, to the digit and to the instant."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import StatementError

from domain.activities.tariffs import Quotient
from storage.engine import Database
from storage.schema import family_quotient, structure, wallet
from storage.town import TownWriter
from tests.storage.small_town import SmallTown


def add_wallet(connection: Connection, town: SmallTown, name: str, balance: Decimal) -> None:
    TownWriter(connection).wallet(town.family, town.structure, name, balance)


@pytest.mark.parametrize("amount", ["0.00", "24.87", "-0.01", "-1250.10", "99999999.99"])
async def test_money_keeps_its_cents(database: Database, town: SmallTown, amount: str) -> None:
    await database.write(lambda c: add_wallet(c, town, "Périscolaire", Decimal(amount)))

    kept = await database.read(lambda c: c.scalar(select(wallet.c.balance)))

    assert str(kept) == amount


async def test_money_adds_up_in_the_database(database: Database, town: SmallTown) -> None:
    for name, amount in (("a", "0.10"), ("b", "0.20")):
        await database.write(lambda c, n=name, a=amount: add_wallet(c, town, n, Decimal(a)))

    total = await database.read(lambda c: c.scalar(select(func.sum(wallet.c.balance))))

    assert total == Decimal("0.30")


async def test_money_has_no_fractions_of_a_cent(database: Database, town: SmallTown) -> None:
    with pytest.raises(StatementError, match="whole cents"):
        await database.write(lambda c: add_wallet(c, town, "a", Decimal("0.325")))


@pytest.mark.parametrize("value", ["0", "750.5", "1234.567", "0.1000"])
async def test_a_quotient_keeps_its_digits(
    database: Database, town: SmallTown, value: str
) -> None:
    quotient = Quotient(date(2026, 1, 1), None, Decimal(value))
    await database.write(lambda c: TownWriter(c).quotients(town.family, [quotient]))

    kept = await database.read(lambda c: c.scalar(select(family_quotient.c.value)))

    assert str(kept) == value


async def test_an_instant_comes_back_in_utc(database: Database) -> None:
    summer = timezone(timedelta(hours=2))
    at = datetime(2026, 7, 14, 9, 30, 15, 250, tzinfo=summer)
    await database.write(
        lambda c: TownWriter(c).structure(name="Mairie", welcome="", updated_at=at)
    )

    kept = await database.read(lambda c: c.scalar(select(structure.c.updated_at)))

    assert (kept, kept.tzinfo) == (at, UTC)


async def test_an_instant_needs_its_zone(database: Database) -> None:
    naive = datetime(2026, 7, 14, 9)  # noqa: DTZ001 - the mistake that is refused

    with pytest.raises(StatementError, match="no zone"):
        await database.write(
            lambda c: c.execute(
                insert(structure).values(
                    name="", welcome="", zone="UTC", draft_hours=1, updated_at=naive
                )
            )
        )
