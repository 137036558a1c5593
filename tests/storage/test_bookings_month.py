"""What a calendar is drawn from: the same facts from the fake and from both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from domain.activities.model import ActivityId, Draw, PoolId
from domain.bookings.model import Slot, State, Wish
from domain.families.model import ChildId, FamilyId
from storage.bookings import SqlBookings
from storage.engine import transactions
from tests.builders import activity
from tests.storage.towns import (
    DAY,
    FIRST,
    LAST,
    NEXT_DAY,
    NOW,
    book,
    line,
    places,
    request,
    requested,
    town,
)
from tests.storage.worlds import load

JANUARY = date(2027, 1, 4)


def month(child: int = 1, *, draft: int = 1, of: int = 1):
    return lambda tx: tx.month(draft, ChildId(child), ActivityId(of), FIRST, LAST)


async def test_a_month_holds_its_opening_days_in_order_and_no_others(world):
    at = await world(town(days=(NEXT_DAY, JANUARY, DAY)))

    facts = await at.bookings.read(month())

    assert [day.opening.day for day in facts.days] == [DAY, NEXT_DAY]
    assert facts.days[0].opening.arrival == time(7, 30)
    assert facts.days[0].opening.is_open is True


async def test_a_month_without_openings_still_tells_how_much_is_drafted(world):
    data = town(days=(JANUARY,))
    data.line(1, 1, line(1, JANUARY), NOW)
    data.line(1, 1, line(2, JANUARY, Wish.KEEP), NOW)
    at = await world(data)

    facts = await at.bookings.read(month())

    assert facts.days == ()
    assert facts.drafted == 1


async def test_a_day_that_is_unlimited_is_not_a_day_with_nothing_left(world):
    data = town(days=(DAY, NEXT_DAY))
    data.capacity(1, NEXT_DAY, capacity=0)
    at = await world(data)

    facts = await at.bookings.read(month())

    assert [day.left for day in facts.days] == [None, 0]


async def test_the_limits_are_those_of_the_pools_that_the_childs_age_group_draws_on(world):
    shared = activity(1, draws=(Draw(PoolId(1)), Draw(PoolId(2), "3-5"), Draw(PoolId(3), "6-12")))
    data = town(shared, children=0)
    data.family(1, guardians=[1], children=[1])
    data.enrol(1, 1, group="6-12")
    for pool, capacity in ((1, 30), (2, 4), (3, 8)):
        data.capacity(pool, DAY, capacity=capacity)
    at = await world(data)

    (day,) = (await at.bookings.read(month())).days

    assert day.places == (places(30, 0), places(8, 0, pool=3))
    assert day.left == 8


async def test_a_child_outside_its_enrolment_draws_on_the_common_pool_only(world):
    shared = activity(1, draws=(Draw(PoolId(1)), Draw(PoolId(2), "3-5")))
    data = town(shared, children=0, capacity=30)
    data.family(1, guardians=[1], children=[1])
    data.enrol(1, 1, group="3-5", valid_to=FIRST)
    at = await world(data)

    (day,) = (await at.bookings.read(month())).days

    assert day.enrolled is False
    assert [one.pool_id for one in day.places] == [1]


async def test_the_enrolment_that_started_last_gives_the_age_group(world):
    grouped = activity(1, draws=(Draw(PoolId(1), "3-5"), Draw(PoolId(2), "6-12")))
    data = town(grouped, children=0)
    data.family(1, guardians=[1], children=[1])
    data.enrol(1, 1, group="3-5", valid_from=date(2026, 1, 1))
    data.enrol(1, 1, group="6-12", valid_from=date(2026, 9, 1))
    at = await world(data)

    (day,) = (await at.bookings.read(month())).days

    assert [one.pool_id for one in day.places] == [2]


async def test_the_day_shows_the_childs_own_live_booking_whole(world):
    at = await world(town())
    offered = request(
        1,
        State.OFFERED,
        offer_until=datetime(2026, 11, 24, 10, 30, tzinfo=UTC),
        reason="Une place s'est libérée",
        group="6-12",
        arrival=time(8, 15),
    )
    (written,) = await book(at, offered)

    (day,) = (await at.bookings.read(month())).days

    assert day.booking == replace(offered, id=written.id)


async def test_a_cancelled_booking_is_not_shown(world):
    at = await world(town())
    await book(at, request(1, State.CANCELLED))

    (day,) = (await at.bookings.read(month())).days

    assert day.booking is None


async def test_the_other_family_of_a_child_does_not_see_the_booking(world):
    data = town()
    data.child(FamilyId(2), 1)
    at = await world(data)
    await book(at, request(1))

    theirs = (await at.bookings.read(month(draft=2))).days
    ours = (await at.bookings.read(month(draft=1))).days

    assert (theirs[0].booking, theirs[0].elsewhere) == (None, True)
    assert ours[0].booking is not None
    assert ours[0].elsewhere is False


async def test_of_a_queue_where_the_other_family_waits_no_rank_is_told(world):
    data = town(capacity=0)
    data.child(FamilyId(2), 1)
    at = await world(data)
    await book(at, request(1, State.WAITLISTED))

    (theirs,) = (await at.bookings.read(month(draft=2))).days

    assert (theirs.rank, theirs.elsewhere) == (None, True)


async def test_the_day_shows_the_draft_line_taken_back_or_not(world):
    data = town(days=(DAY, NEXT_DAY))
    data.line(1, 1, line(1, DAY), NOW)
    data.line(1, 1, line(1, NEXT_DAY, Wish.KEEP), NOW)
    at = await world(data)

    facts = await at.bookings.read(month())

    assert [day.line for day in facts.days] == [line(1, DAY), line(1, NEXT_DAY, Wish.KEEP)]
    assert facts.drafted == 1


async def test_rank_counts_those_who_wait_before_in_the_same_queue(world):
    at = await world(town(children=4, days=(DAY, NEXT_DAY), capacity=0))
    await book(
        at,
        request(3, State.WAITLISTED, ticket=1),
        request(2, State.REFUSED, ticket=2),
        request(1, State.WAITLISTED, ticket=4),
        request(4, State.WAITLISTED, ticket=5),
        request(2, State.WAITLISTED, ticket=1, slot=Slot(ChildId(2), ActivityId(1), NEXT_DAY)),
    )

    first, second = (await at.bookings.read(month())).days

    assert (first.rank, first.waiting) == (2, 3)
    assert (second.rank, second.waiting) == (None, 1)


async def test_places_taken_are_read_from_the_counter(world):
    at = await world(town(capacity=5))
    await at.bookings.write(
        lambda tx: tx.apply(replace(requested(request(1)), places=[places(5, 4, next_ticket=2)]))
    )

    (day,) = (await at.bookings.read(month())).days

    assert day.places == (places(5, 4, next_ticket=2),)
    assert day.left == 1


async def test_a_month_is_one_statement(sql_world):
    at = await sql_world(town(days=(DAY, NEXT_DAY)))
    await at.bookings.read(month())
    at.statements.clear()

    await at.bookings.read(month())

    assert len(at.statements) == 1


async def test_a_day_that_has_hours_of_its_own_keeps_them(world):
    data = town(days=(DAY, NEXT_DAY))
    usual = data.openings[ActivityId(1), DAY]
    data.openings[ActivityId(1), DAY] = replace(usual, arrival=time(9), departure=time(16, 45))
    at = await world(data)

    first, second = (await at.bookings.read(month())).days

    assert (first.opening.arrival, first.opening.departure) == (time(9), time(16, 45))
    assert (second.opening.arrival, second.opening.departure) == (time(7, 30), time(18))


async def test_a_day_without_hours_of_its_own_has_those_of_the_activity(database):
    await database.write(lambda connection: load(connection, town()))
    await database.write(
        lambda c: c.exec_driver_sql("UPDATE opening_day SET arrival = NULL, departure = NULL")
    )

    (day,) = (await transactions(database, SqlBookings).read(month())).days

    assert (day.opening.arrival, day.opening.departure) == (time(7, 30), time(18))
