"""An activity's days as the town sees them: one contract over the fake and both databases (S5)."""

from domain.bookings.filters import Query
from domain.bookings.model import TURNS, State
from domain.places.model import Turn
from tests.builders import TOWN, activity
from tests.storage.towns import DAY, NEXT_DAY, book, places, request, town

WAITING = State.WAITLISTED


async def test_a_day_tells_its_places_who_holds_and_who_waits(world):
    at = await world(town(activity(1), days=(DAY, NEXT_DAY), capacity=5))
    await book(at, request(1), request(2, State.PENDING), request(3, WAITING))

    today, tomorrow = await at.places.read(lambda tx: tx.day_counts(1, DAY, NEXT_DAY))

    assert (today.day, today.is_open, today.booked, today.pending, today.waiting) == (
        DAY,
        True,
        2,
        1,
        1,
    )
    assert [one.places for one in today.pools] == [places(5, 0)]
    assert (tomorrow.booked, tomorrow.waiting, tomorrow.tightest.places.left) == (0, 0, 5)


async def test_a_month_of_days_takes_three_statements(sql_world):
    at = await sql_world(town(activity(1), days=(DAY, NEXT_DAY), capacity=5))
    at.statements.clear()

    await at.places.read(lambda tx: tx.day_counts(1, DAY, NEXT_DAY))

    assert len(at.statements) == 3


async def test_a_closed_day_can_be_opened_again(world):
    at = await world(town(activity(1)))
    await at.places.write(lambda tx: tx.close_opening(1, DAY))

    await at.places.write(lambda tx: tx.reopen(1, DAY))

    assert (await at.places.read(lambda tx: tx.day_counts(1, DAY, DAY)))[0].is_open


async def test_who_was_moved_stands_elsewhere_for_everybody(world):
    data = town(activity(1))
    data.wallet(1, 3, TOWN, "Périscolaire", "-0.01")
    at = await world(data)
    first, second, third = await book(at, *(request(n, WAITING) for n in (1, 2, 3)))

    await at.places.write(lambda tx: tx.put_turns([Turn(third.id, TURNS + 5)]))

    line = await at.places.read(lambda tx: tx.waiters(1, DAY))
    assert [(w.booking.id, w.rank, w.is_moved, w.in_debt) for w in line] == [
        (first.id, 1, False, False),
        (third.id, 2, True, True),
        (second.id, 3, False, False),
    ]
    around = await at.bookings.read(lambda tx: tx.bookings_around({1, 2, 3}, {1}, {DAY}))
    assert {b.slot.child_id: b.turn for b in around} == {1: None, 2: None, 3: TURNS + 5}


async def test_the_family_sees_the_rank_that_the_town_gave(world):
    at = await world(town(activity(1)))
    *_, third = await book(at, *(request(n, WAITING) for n in (1, 2, 3)))

    await at.places.write(lambda tx: tx.put_turns([Turn(third.id, 1)]))

    page = await at.bookings.read(lambda tx: tx.follow_up(3, TOWN, Query(DAY), page=1, per_page=9))
    assert [(row.rank, row.waiting) for row in page.rows] == [(1, 3)]
