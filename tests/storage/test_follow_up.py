"""The follow-up by its filters: the same from the fake and from both databases (F1, F2)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from domain.activities.model import ActivityId
from domain.bookings.filters import Filters, Query, Shown
from domain.bookings.model import State
from domain.families.model import ChildId, FamilyId
from tests.builders import TOWN, activity
from tests.storage.towns import DAY, NEXT_DAY, NOW, book, request, slot, town

JANUARY = date(2027, 1, 6)
DAYS = (DAY, NEXT_DAY, JANUARY)
FAMILY = FamilyId(1)


async def furnished(world):
    """Paolo and Amalia of one family; two activities; a state a day; the first night is over."""
    data = town(activity(1), activity(2), days=DAYS)
    data.child(FAMILY, 9)
    at = await world(data)
    states = (State.ACCEPTED, State.WAITLISTED, State.PENDING, State.REFUSED)
    asked = [
        replace(request(child), state=states[(n + child) % 4], slot=slot(child, day, of), ticket=n)
        for n, (day, of, child) in enumerate(product(DAYS, (1, 2), (1, 9)), start=1)
    ]
    asked = [replace(one, family_id=FAMILY, guardian_id=1) for one in asked]
    await book(at, *asked[:6])
    await at.transmissions.write(lambda tx: tx.claim(TOWN, DAY, NOW))
    await book(at, *asked[6:], request(2, ticket=50))
    return at


async def found(at, query: Query, page: int = 1, per_page: int = 50):
    return await at.bookings.read(
        lambda tx: tx.follow_up(FAMILY, TOWN, query, page=page, per_page=per_page)
    )


QUERIES = [
    Filters(child, activity_id, month, frozenset(hidden)).query(NEXT_DAY)
    for child, activity_id, month, hidden in product(
        (None, ChildId(9)),
        (None, ActivityId(2)),
        (None, date(2026, 12, 1), date(2027, 2, 1)),
        ((), (Shown.TRANSMITTED,), (Shown.NOT_TRANSMITTED, Shown.WAITLISTED), tuple(Shown)),
    )
]


@pytest.mark.parametrize("query", QUERIES)
async def test_each_combination_finds_what_it_says(world, query):
    at = await furnished(world)
    everything = await found(at, Query(DAY))

    page = await found(at, query)

    expected = [
        row.booking
        for row in everything.rows
        if query.first <= row.booking.slot.day <= (query.last or date.max)
        and query.child in {None, row.booking.slot.child_id}
        and query.activity in {None, row.booking.slot.activity_id}
        and row.booking.state in query.states
        and row.booking.transmitted in query.transmitted
    ]
    assert [row.booking for row in page.rows] == expected
    assert page.count == len(expected)
    accepted = (b.price for b in expected if b.state is State.ACCEPTED)
    assert page.accepted_total == sum(accepted, Decimal(0))


async def test_the_family_alone_is_listed_and_both_kinds_are_there(world):
    at = await furnished(world)

    page = await found(at, Query(DAY))

    assert len(page.rows) == 12
    assert {row.booking.family_id for row in page.rows} == {FAMILY}
    assert {row.booking.transmitted for row in page.rows} == {True, False}
    assert {row.booking.state for row in page.rows} == {
        State.ACCEPTED,
        State.WAITLISTED,
        State.PENDING,
        State.REFUSED,
    }


async def test_filters_are_everything_until_they_are_kept(world):
    at = await world(town())

    assert await at.bookings.read(lambda tx: tx.filters(1)) == Filters()


async def test_filters_are_kept_for_one_guardian_and_replaced(world):
    at = await world(town())
    first = Filters(ChildId(1), ActivityId(1), date(2026, 12, 1), frozenset(Shown))
    second = Filters(hidden=frozenset({Shown.TRANSMITTED}))

    await at.bookings.write(lambda tx: tx.put_filters(1, first))
    kept = await at.bookings.read(lambda tx: tx.filters(1))
    await at.bookings.write(lambda tx: tx.put_filters(1, second))

    assert kept == first
    assert await at.bookings.read(lambda tx: tx.filters(1)) == second
    assert await at.bookings.read(lambda tx: tx.filters(2)) == Filters()
