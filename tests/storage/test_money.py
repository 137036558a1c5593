"""The ledger on both databases: added to, never changed, and wallets that are its sum (M1-M3)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import DBAPIError

from domain.activities.tariffs import DayKind
from domain.bookings.model import State
from domain.calendar.model import DateRange, SchoolCalendar
from domain.families.model import ChildId, WalletId
from domain.money.debiting import debits
from domain.money.model import Asked
from storage.engine import Database, opened
from storage.money import SqlMoney
from storage.schema import absence, ledger_entry, wallet
from storage.town import TownWriter
from storage.town.ledger import Consumed
from tests.builders import TOWN, activity, catalogue, tariff
from tests.storage.towns import DAY, NEXT_DAY, book, request, slot, town
from tests.storage.worlds import in_database

AT = datetime(2026, 12, 5, 2, tzinfo=UTC)
PRICE = Decimal("24.87")


@pytest.fixture(params=["sqlite", "postgresql"])
async def bank(request, keyring):
    """Fills a database of each kind, and keeps a hand on it."""
    async with opened(request.getfixturevalue(f"{request.param}_url"), keyring) as database:

        async def filled(data):
            world = await in_database(database, data)
            return SimpleNamespace(bookings=world.bookings, database=database)

        yield filled


@pytest.fixture
async def debited(bank):
    """Two families; the days of both are over, one waits and one is absent for nothing."""
    data = town(activity(1, wallet="Périscolaire"), days=(DAY, NEXT_DAY))
    data.wallet(1, 1, TOWN, "Périscolaire", "0.00")
    at = await bank(data)
    await book(
        at,
        request(1),
        request(2),
        request(3, State.WAITLISTED),
        request(1, slot=slot(1, NEXT_DAY), ticket=1),
    )
    return at, data.catalogue


async def due(at, before=date(2026, 12, 4)):
    return await at.database.read(lambda c: SqlMoney(c).to_debit(TOWN, before))


async def debit(at, catalogue, before=date(2026, 12, 4)) -> int:
    lines = list(debits(await due(at, before), catalogue))
    return await at.database.write(lambda c: SqlMoney(c).debit(lines, AT))


async def balances(database: Database) -> dict[int, Decimal]:
    query = select(wallet.c.family_id, wallet.c.balance)
    return dict(await database.read(lambda c: c.execute(query).all()))


async def test_days_that_are_over_are_debited_once_and_open_a_wallet(debited):
    at, catalogue = debited
    first = await debit(at, catalogue, before=NEXT_DAY)
    again = await debit(at, catalogue, before=NEXT_DAY)
    later = await debit(at, catalogue)

    assert (first, again, later) == (2, 0, 1)
    assert await balances(at.database) == {1: -2 * PRICE, 2: -PRICE}


async def test_two_nights_at_once_debit_once(debited):
    at, catalogue = debited
    lines = list(debits(await due(at), catalogue))

    counts = [await at.database.write(lambda c: SqlMoney(c).debit(lines, AT)) for _ in range(2)]

    assert counts == [3, 0]
    assert await balances(at.database) == {1: -2 * PRICE, 2: -PRICE}


async def test_an_absence_that_is_not_billed_is_written_for_nothing(debited):
    at, catalogue = debited
    lines = [replace(one, excused=one.child_id == ChildId(2)) for one in await due(at, NEXT_DAY)]

    await at.database.write(lambda c: SqlMoney(c).debit(list(debits(lines, catalogue)), AT))

    read = await at.database.read(lambda c: SqlMoney(c).consumptions(2, TOWN, DAY, DAY))
    assert [(line.quantity, line.total, line.booked_price) for line in read] == [(0, 0, PRICE)]
    assert (await balances(at.database))[2] == 0


async def test_the_estimate_is_what_is_booked_and_not_debited(debited):
    at, catalogue = debited

    async def cost(asked: Asked) -> list[tuple[date, Decimal]]:
        read = await at.database.read(lambda c: SqlMoney(c).undebited(1, TOWN, asked))
        return [(one.day, one.price) for one in read]

    before, until = await cost(Asked()), await cost(Asked(DAY))
    await debit(at, catalogue, before=NEXT_DAY)

    assert before == [(DAY, PRICE), (NEXT_DAY, PRICE)]
    assert until == [(DAY, PRICE)]
    assert await cost(Asked()) == [(NEXT_DAY, PRICE)]


async def test_no_entry_is_changed_or_taken_away(debited):
    at, catalogue = debited
    await debit(at, catalogue)
    changing = update(ledger_entry).values(amount=Decimal(0))

    for breach in (changing, ledger_entry.delete()):
        with pytest.raises(DBAPIError, match="never"):
            await at.database.write(lambda c, q=breach: c.execute(q))

    assert await balances(at.database) == {1: -2 * PRICE, 2: -PRICE}


async def test_a_payment_adds_to_its_wallet_and_is_told_as_it_was_written(bank):
    at = await bank(town(activity(1)))

    def fill(connection) -> WalletId:
        writer = TownWriter(connection)
        key = writer.wallet(1, TOWN, "Services Scolaires et ALSH", Decimal("171.80"))
        for day, amount in ((date(2019, 11, 12), "88.75"), (date(2019, 10, 24), "59.08")):
            writer.paid(
                key, day, Decimal(amount), mode="CBLEUE", number="906", payer="X", bank="Web"
            )
        what = Consumed(ChildId(1), 1, date(2019, 11, 14), Decimal("0.32"), 3)
        writer.consumed(key, what)
        return key

    key = await at.database.write(fill)
    span = date(2019, 10, 1), date(2019, 11, 30)
    paid = await at.database.read(lambda c: SqlMoney(c).payments(1, TOWN, *span))
    consumed = await at.database.read(lambda c: SqlMoney(c).consumptions(1, TOWN, *span))
    held = await at.database.read(lambda c: SqlMoney(c).wallets(1, TOWN))

    assert [(one.day.day, one.mode, one.amount) for one in paid] == [
        (12, "CBLEUE", Decimal("88.75")),
        (24, "CBLEUE", Decimal("59.08")),
    ]
    assert [(one.unit_price, one.quantity, one.total) for one in consumed] == [
        (Decimal("0.32"), 3, Decimal("0.96"))
    ]
    assert [(one.id, one.balance) for one in held] == [(key, Decimal("318.67"))]
    assert await at.database.read(lambda c: SqlMoney(c).payments(2, TOWN, *span)) == ()


async def test_a_wallet_that_is_not_the_sum_of_its_entries_is_found(bank):
    at = await bank(town(activity(1)))

    def fill(connection) -> WalletId:
        return TownWriter(connection).wallet(1, TOWN, "Périscolaire", Decimal("5.00"))

    key = await at.database.write(fill)
    well = await at.database.read(lambda c: SqlMoney(c).imbalances())
    broken = update(wallet).where(wallet.c.id == key).values(balance=Decimal("6.00"))
    await at.database.write(lambda c: c.execute(broken))

    (found,) = await at.database.read(lambda c: SqlMoney(c).imbalances())

    assert well == ()
    assert (found.wallet_id, found.balance, found.entries) == (key, Decimal(6), Decimal(5))


# -- the price of the day ------------------------------------------
TWO_BRACKETS = (
    replace(tariff(1, "2.00"), bracket_max=Decimal(500)),
    replace(tariff(1, "9.00"), bracket_min=Decimal(500)),
)


def of_one(tariffs, *, holidays=()):
    """A town whose only activity costs this now."""
    known = catalogue(activity(1, tariffs=tariffs))
    structure = replace(
        known.structures[TOWN], calendar=SchoolCalendar(frozenset(), tuple(holidays))
    )
    return replace(known, structures={TOWN: structure})


async def test_the_night_asks_what_the_quotient_of_the_day_makes_it(bank):
    """The latest that began; one that was over, or has not begun, does not count."""
    data = town(activity(1), children=1)
    data.quotient(1, "900", date(2026, 1, 1))
    data.quotient(1, "400", date(2026, 11, 1))
    data.quotient(1, "900", date(2026, 11, 15), DAY - timedelta(days=1))
    data.quotient(1, "900", NEXT_DAY)
    at = await bank(data)
    await book(at, request(1))

    await debit(at, of_one(TWO_BRACKETS))

    assert await balances(at.database) == {1: Decimal("-2.00")}


async def test_the_night_knows_the_school_holidays(bank):
    at = await bank(town(activity(1), children=1))
    await book(at, request(1))
    kinds = (
        replace(tariff(1, "2.00"), day_kind=DayKind.SCHOOL),
        replace(tariff(1, "9.00"), day_kind=DayKind.HOLIDAY),
    )

    await debit(at, of_one(kinds, holidays=[DateRange(DAY, NEXT_DAY)]))

    assert await balances(at.database) == {1: Decimal("-9.00")}


async def test_without_a_price_for_the_day_that_at_booking_holds(bank):
    at = await bank(town(activity(1), children=1))
    await book(at, request(1))
    past = replace(tariff(1, "2.00"), valid_to=date(2026, 1, 1))

    await debit(at, of_one((past,)))

    assert await balances(at.database) == {1: -PRICE}


async def test_an_absence_that_is_not_billed_is_in_no_estimate_and_costs_nothing(bank):
    data = town(activity(1), children=1)
    at = await bank(data)
    (booked,) = await book(at, request(1))
    told = {"booking_id": booked.id, "guardian_id": 1, "declared_at": AT, "billed": False}
    await at.database.write(lambda c: c.execute(insert(absence), [told]))

    estimate = await at.database.read(lambda c: SqlMoney(c).undebited(1, TOWN, Asked()))
    await debit(at, data.catalogue)

    assert estimate == ()
    assert await balances(at.database) == {1: Decimal("0.00")}


async def test_histories_are_of_one_structure_and_of_the_days_asked_for(debited):
    at, catalogue = debited
    await debit(at, catalogue)

    async def days(structure: int, first: date, last: date) -> list[date]:
        read = await at.database.read(
            lambda c: SqlMoney(c).consumptions(1, structure, first, last)
        )
        return [one.day for one in read]

    assert await days(TOWN, DAY, NEXT_DAY) == [NEXT_DAY, DAY]
    assert await days(TOWN, DAY, DAY) == [DAY]
    assert await days(TOWN, NEXT_DAY, NEXT_DAY) == [NEXT_DAY]
    assert await days(2, DAY, NEXT_DAY) == []
