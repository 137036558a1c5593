"""All children at once: a week of theirs, and the week before it drafted again."""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from domain.accounts.model import Debt
from domain.activities.hours_model import Choosing
from domain.activities.model import Draw, PoolId
from domain.bookings.day_states import OverallState
from domain.bookings.errors import FamilyInDebt
from domain.bookings.hours import SetHours
from domain.bookings.model import Reason, State, Wish
from domain.bookings.week import RepeatWeek, ShowWeek
from domain.families.model import ChildId, FamilyId
from tests.builders import CANTEEN, DAY, FULL_DAY, MORNING, activity
from tests.unit.bookings.conftest import World, build_world

WEEK = timedelta(days=7)
LAST_MONDAY = date(2026, 11, 30)
MONDAY = LAST_MONDAY + WEEK
DAYS = [DAY, DAY + timedelta(days=1)]  # a Wednesday and a Thursday
AGAIN = [day + WEEK for day in DAYS]
PAOLO, AMALIA = ChildId(1), ChildId(9)


def family_of_two(*activities, capacity: int | None = 5) -> World:
    world = build_world(*activities, days=(*DAYS, *AGAIN), capacity=capacity)
    world.town.data.child(FamilyId(1), AMALIA)
    for of in world.town.data.catalogue.activities:
        world.town.data.enrol(AMALIA, of)
    return world


@pytest.fixture
def world() -> World:
    return family_of_two(activity(), activity(CANTEEN, arrival=time(19), departure=time(20)))


def given(world: World):
    return world.town.bookings, world.town.catalogues, world.clock


async def repeat(world: World, who=None, day: date = MONDAY):
    return await RepeatWeek(*given(world))(who or world.who(1), day)


async def show(world: World, day: date = MONDAY):
    return await ShowWeek(*given(world))(world.who(1), day)


def drafted(world: World) -> set[tuple[int, int, date]]:
    lines = world.town.data.lines.items()
    return {(s.child_id, s.activity_id, s.day) for (_, s), (x, _) in lines if x.wish is Wish.BOOK}


def reasons(view) -> list[tuple[int, date, Reason]]:
    return [(x.child.id, x.skipped.day, x.skipped.reason) for x in view.skipped]


async def test_each_child_has_the_open_days_of_its_week(world):
    await world.book(1, AGAIN[0], child=AMALIA)

    view = await show(world, MONDAY + timedelta(days=4))

    assert view.monday == MONDAY
    states = {row.child.id: [(d.day, d.state) for d in row.days] for row in view.children}
    assert states == {
        PAOLO: [(AGAIN[0], OverallState.AVAILABLE), (AGAIN[1], OverallState.AVAILABLE)],
        AMALIA: [(AGAIN[0], OverallState.BOOKED), (AGAIN[1], OverallState.AVAILABLE)],
    }


async def test_what_all_had_last_week_is_drafted_a_week_later(world):
    await world.book(1, DAYS[0])
    await world.book(1, DAYS[1], activity=CANTEEN)
    await world.book(1, DAYS[0], child=AMALIA)

    view = await repeat(world)

    assert drafted(world) == {
        (PAOLO, FULL_DAY, AGAIN[0]),
        (PAOLO, CANTEEN, AGAIN[1]),
        (AMALIA, FULL_DAY, AGAIN[0]),
    }
    assert (view.added, view.drafted, view.skipped) == (3, 3, ())
    assert [d.wishes for row in view.children for d in row.days if d.wishes] == [{Wish.BOOK}] * 3


async def test_repeated_it_adds_nothing(world):
    await world.book(1, DAYS[0])
    await repeat(world)

    view = await repeat(world)

    assert (view.added, view.drafted, view.skipped) == (0, 1, ())


async def test_it_is_confirmed_as_any_other(world):
    await world.book(1, DAYS[0])
    await world.book(1, DAYS[0], child=AMALIA)
    await repeat(world)

    receipt = await world.validate(1)

    assert {x.slot.child_id for x in receipt.outcomes} == {PAOLO, AMALIA}
    assert world.booking(1, AGAIN[0]).state is State.ACCEPTED


async def test_nobody_joins_a_queue_by_it(world):
    full = family_of_two(activity(), capacity=1)
    await full.book(1, DAYS[0])
    await full.book(2, AGAIN[0])

    view = await repeat(full)

    assert drafted(full) == set()
    assert reasons(view) == [(PAOLO, AGAIN[0], Reason.FULL)]


async def test_who_waited_last_week_is_not_made_to_wait_again():
    full = family_of_two(activity(), capacity=1)
    await full.book(2, DAYS[0])
    await full.book(1, DAYS[0])

    view = await repeat(full)

    assert (drafted(full), view.added) == (set(), 0)


async def test_what_is_to_be_cancelled_is_not_asked_for_again(world):
    await world.book(1, DAYS[0])
    await world.mark(1, DAYS[0], wanted=False)

    await repeat(world)

    assert drafted(world) == set()


async def test_closed_and_late_days_are_told(world):
    await world.book(1, DAYS[0])
    await world.book(1, DAYS[1])
    opening = world.town.data.openings[FULL_DAY, AGAIN[0]]
    world.town.data.openings[FULL_DAY, AGAIN[0]] = replace(opening, is_open=False)
    world.pass_by(days=15)

    view = await repeat(world)

    assert reasons(view) == [
        (PAOLO, AGAIN[0], Reason.CLOSED),
        (PAOLO, AGAIN[1], Reason.LATE),
    ]


async def test_a_day_taken_elsewhere_since_clashes():
    inside = activity(MORNING, arrival=time(8), departure=time(9), draws=(Draw(PoolId(2)),))
    world = family_of_two(activity(), inside)
    await world.book(1, DAYS[0])
    await world.mark(1, AGAIN[0], activity=MORNING)

    view = await repeat(world)

    assert reasons(view) == [(PAOLO, AGAIN[0], Reason.CLASH)]


async def test_hours_that_were_chosen_are_asked_for_again():
    world = family_of_two(activity(hours=Choosing(step=30)))
    hours = time(8), time(12)
    await SetHours(*given(world))(world.who(1), PAOLO, FULL_DAY, DAYS[0], hours)
    await world.validate(1)

    await repeat(world)

    ((line, _),) = world.town.data.lines.values()
    assert (line.slot.day, line.arrival, line.departure) == (AGAIN[0], *hours)


async def test_a_child_whose_rules_wait_is_left_out_and_the_others_are_not(world):
    await world.book(1, DAYS[0])
    await world.book(1, DAYS[0], child=AMALIA)
    who = replace(world.who(1), unsigned=frozenset({AMALIA}))

    view = await repeat(world, who)

    assert drafted(world) == {(PAOLO, FULL_DAY, AGAIN[0])}
    assert reasons(view) == [(AMALIA, AGAIN[0], Reason.UNSIGNED)]


async def test_a_family_in_debt_repeats_nothing(world):
    await world.book(1, DAYS[0])
    who = replace(world.who(1), debt=Debt("Cantine", Decimal(-1)))

    with pytest.raises(FamilyInDebt):
        await repeat(world, who)

    assert drafted(world) == set()


async def test_another_familys_bookings_are_not_repeated(world):
    await world.book(2, DAYS[0])

    await repeat(world)

    assert drafted(world) == set()


async def test_two_activities_that_have_come_to_overlap_are_not_both_asked_for(world):
    await world.book(1, DAYS[0])
    await world.book(1, DAYS[0], activity=CANTEEN)
    opening = world.town.data.openings[CANTEEN, AGAIN[0]]
    world.town.data.openings[CANTEEN, AGAIN[0]] = replace(opening, arrival=time(17))

    view = await repeat(world)

    assert drafted(world) == {(PAOLO, FULL_DAY, AGAIN[0])}
    assert reasons(view) == [(PAOLO, AGAIN[0], Reason.CLASH)]
