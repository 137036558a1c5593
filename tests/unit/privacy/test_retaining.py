"""A12: how long is long enough, and that it is done once a day, in small pieces."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.privacy.model import Aged, Limit, Retention
from domain.privacy.retaining import BATCH, BATCHES, NAME, AgeOut, limit, limits
from domain.work import Transaction
from tests.builders import catalogue
from tests.fakes.data import TownData
from tests.fakes.town import FakeTown, FakeTransaction

NOW = datetime(2036, 11, 23, 9, tzinfo=UTC)
YESTERDAY = date(2036, 11, 22)


class Rows:
    """So many rows of each kind, all of them old."""

    def __init__(self, **rows: int) -> None:
        self.left = Counter({Aged(name): number for name, number in rows.items()})
        self.batches: list[tuple[Aged, int]] = []
        self.asked: dict[Aged, Limit] = {}

    def has_aged(self, aged: Aged, before: Limit) -> bool:
        self.asked[aged] = before
        return self.left[aged] > 0

    def forget_aged(self, aged: Aged, before: Limit, most: int) -> int:
        some = min(most, self.left[aged])
        self.left[aged] -= some
        self.batches.append((aged, some))
        return some


class Town:
    def __init__(self, rows: Rows) -> None:
        self.now = NOW
        data = TownData(catalogue())
        self.fake = FakeTown(data)
        aging: Transaction[Rows] = FakeTransaction(data, lambda _: rows)
        self.age_out = AgeOut(aging, self.fake.jobs, Retention(10, 12, 5), lambda: self.now)

    async def ran(self, day: date) -> None:
        await self.fake.jobs.write(lambda tx: tx.claim(NAME, day, self.now, self.now))
        await self.fake.jobs.write(lambda tx: tx.done(NAME, day, self.now))


def test_years_count_from_the_day_in_paris() -> None:
    late = datetime(2036, 11, 22, 23, 30, tzinfo=UTC)  # the 23rd, there

    assert limit(late, 10) == Limit(date(2026, 11, 23), datetime(2026, 11, 22, 23, tzinfo=UTC))


@pytest.mark.parametrize(("years", "first"), [(4, date(2032, 2, 29)), (3, date(2033, 2, 28))])
def test_a_29th_of_february_counts_from_the_28th(years: int, first: date) -> None:
    assert limit(datetime(2036, 2, 29, 12, tzinfo=UTC), years).day == first


def test_each_kind_has_the_years_that_were_announced_for_it() -> None:
    found = {aged: before.day.year for aged, before in limits(NOW, Retention(10, 12, 5)).items()}

    own = {Aged.PAYMENTS: 2024, Aged.STRAYS: 2024, Aged.SIGNATURES: 2031, Aged.CONSENTS: 2031}
    assert found == {aged: own.get(aged, 2026) for aged in Aged}


async def test_it_goes_in_batches_until_nothing_is_left() -> None:
    rows = Rows(movements=2 * BATCH + 1, events=3)
    town = Town(rows)
    await town.ran(YESTERDAY)

    gone = await town.age_out()

    assert gone == 2 * BATCH + 4
    assert rows.batches == [
        (Aged.MOVEMENTS, BATCH),
        (Aged.MOVEMENTS, BATCH),
        (Aged.MOVEMENTS, 1),
        (Aged.EVENTS, 3),
    ]


async def test_a_day_does_so_much_and_the_next_day_goes_on() -> None:
    rows = Rows(movements=BATCH * BATCHES + 7)
    town = Town(rows)
    await town.ran(YESTERDAY)

    first, again = await town.age_out(), await town.age_out()
    town.now += timedelta(days=1)
    next_day = await town.age_out()

    assert (first, again, next_day) == (BATCH * BATCHES, 0, 7)


@pytest.mark.parametrize("last", [None, date(2026, 11, 22)])
async def test_after_a_long_while_the_first_day_deletes_nothing(last: date | None) -> None:
    """A clock that jumped ten years ahead would empty the town."""
    rows = Rows(bookings=5)
    town = Town(rows)
    if last is not None:
        await town.ran(last)

    first = await town.age_out()
    town.now += timedelta(days=1)
    second = await town.age_out()

    assert (first, second) == (0, 5)
