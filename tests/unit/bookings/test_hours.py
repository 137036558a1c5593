"""B6: hours chosen for all days or for one, and changed without losing place or rank."""

from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from domain.activities.hours_model import Choosing
from domain.activities.tariffs import PerSlice
from domain.bookings.errors import DayLocked, HoursNotAllowed
from domain.bookings.hours import SetHours, ShowHours
from domain.bookings.model import MovementKind, Reason, Result, Span, State, Wish
from domain.bookings.overview import MarkOnSheet
from domain.calendar.deadlines import HoursBefore
from domain.calendar.model import PARIS
from domain.documents.errors import HouseRulesUnsigned
from domain.errors import NotFound
from domain.families.model import ChildId, FamilyId
from tests.builders import DAY, FULL_DAY, MORNING, activity, tariff
from tests.unit.bookings.conftest import World, build_world

THURSDAY, LATER = date(2026, 12, 3), date(2026, 12, 9)
CHILD = ChildId(1)
EARLY, LATE = (time(7), time(8, 20)), (time(7, 35), time(8, 20))
SLOTS = {3: (time(7), time(7, 30))}  # on Thursdays


def timed(**changed):
    """The guide's "Accueil Saisie temps": 0.60 EUR for each half-hour begun."""
    by_slice = replace(tariff(FULL_DAY, "0.60"), unit=PerSlice(30))
    made = activity(
        arrival=time(7),
        departure=time(8, 20),
        weekdays=frozenset(range(5)),
        tariffs=(by_slice,),
        hours=Choosing(step=5, arrivals=SLOTS),
    )
    return replace(made, **changed)


@pytest.fixture
def world() -> World:
    return build_world(timed(), days=(DAY, THURSDAY, LATER), capacity=1)


def given(world: World):
    return world.town.bookings, world.town.catalogues, world.clock


async def choose(world: World, hours, day: date | None = None, family: int = 1):
    child = ChildId(family)
    await SetHours(*given(world))(world.who(family), child, FULL_DAY, day, hours)


async def month(world: World, family: int = 1):
    return await world.show_month(world.who(family), ChildId(family), FULL_DAY, DAY)


async def hours_of(world: World, family: int = 1):
    return {day.day: day.hours for day in (await month(world, family)).days}


# -- once for all days -------------------------------------------------------------------------
async def test_a_day_is_not_asked_for_before_its_hours_are_known(world):
    view = await world.mark(1)

    assert view.asks_hours
    assert view.drafted == 0
    assert not view.unchanged


async def test_hours_chosen_once_serve_for_every_day(world):
    await choose(world, LATE)

    await world.mark(1)
    await world.mark(1, LATER)

    assert (await hours_of(world))[DAY] == (await hours_of(world))[LATER] == LATE
    assert (await month(world)).hours == LATE


async def test_a_day_that_does_not_take_them_asks_for_its_own(world):
    await choose(world, LATE)

    view = await world.mark(1, THURSDAY)

    assert view.asks_hours
    assert [(x.day, x.reason) for x in view.skipped] == [(THURSDAY, Reason.HOURS)]


async def test_a_group_leaves_such_days_alone_and_says_so(world):
    await choose(world, LATE)

    view = await world.mark_days(world.who(1), CHILD, FULL_DAY, Span(DAY, LATER), wanted=True)

    assert [day.day for day in view.days if day.wish is Wish.BOOK] == [DAY, LATER]
    assert [(x.day, x.reason) for x in view.skipped] == [(THURSDAY, Reason.HOURS)]
    assert not view.asks_hours


async def test_hours_chosen_later_reach_the_days_already_drafted(world):
    await choose(world, EARLY)
    await world.mark(1)
    await world.mark(1, THURSDAY)

    await choose(world, LATE)

    found = await hours_of(world)
    assert found[DAY] == LATE
    assert found[THURSDAY] == EARLY  # which takes no others


async def test_emptying_the_draft_forgets_them(world):
    await choose(world, LATE)
    await world.mark(1)

    await world.clear_draft(world.who(1))

    assert (await month(world)).hours is None


async def test_hours_that_no_day_takes_are_refused(world):
    with pytest.raises(HoursNotAllowed):
        await choose(world, (time(7, 33), time(8, 20)))


# -- for one day -------------------------------------------------------------------------------
async def test_hours_of_one_day_draft_that_day(world):
    await choose(world, LATE, DAY)

    assert (await hours_of(world))[DAY] == LATE
    assert (await month(world)).hours is None


async def test_the_same_said_twice_changes_nothing(world):
    await choose(world, LATE, DAY)
    first = await month(world)

    await choose(world, LATE, DAY)

    assert await month(world) == first


@pytest.mark.parametrize("hours", [LATE, (time(6), time(8)), (time(8, 20), time(8, 25))])
async def test_hours_that_the_day_does_not_take_are_refused(world, hours):
    with pytest.raises(HoursNotAllowed):
        await choose(world, hours, THURSDAY)


async def test_what_is_chosen_is_booked_and_priced_by_the_slice(world):
    await choose(world, LATE, DAY)

    (outcome,) = (await world.validate(1)).outcomes

    assert (outcome.result, outcome.arrival, outcome.price) == (
        Result.ACCEPTED,
        time(7, 35),
        Decimal("1.20"),  # 45 minutes: two half-hours begun
    )


async def test_hours_that_the_town_withdrew_meanwhile_are_not_booked(world):
    await choose(world, LATE, DAY)
    opening = world.town.data.openings[FULL_DAY, DAY]
    world.town.data.openings[FULL_DAY, DAY] = replace(opening, departure=time(8))

    (outcome,) = (await world.validate(1)).outcomes

    assert (outcome.result, outcome.reason) == (Result.NOT_PROCESSED, Reason.HOURS)


# -- changed later -----------------------------------------------------------------------------
async def booked(world: World, family: int = 1):
    await choose(world, EARLY, DAY, family)
    await world.validate(family)
    return world.booking(family)


async def test_other_hours_keep_the_place_and_cost_what_they_cost(world):
    before = await booked(world)
    await choose(world, LATE, DAY)

    recap = await world.show_recap(world.who(1))
    (outcome,) = (await world.validate(1)).outcomes

    after = world.booking(1)
    (change,) = recap.changes
    assert (change.changed, change.price) == (before, Decimal("1.20"))
    assert recap.bookings == recap.cancellations == ()
    assert outcome.result is Result.CHANGED
    assert (after.id, after.ticket, after.state) == (before.id, before.ticket, before.state)
    assert (after.arrival, after.price) == (time(7, 35), Decimal("1.20"))


async def test_other_hours_need_no_free_place(world):
    await booked(world)
    await choose(world, EARLY, DAY, family=2)
    await world.validate(2)  # waits: there is one place
    await choose(world, LATE, DAY)

    await world.validate(1)

    assert world.booking(1).state is State.ACCEPTED
    assert world.booking(2).state is State.WAITLISTED


async def test_other_hours_keep_the_rank(world):
    for family in (2, 3, 4):
        await booked(world, family)
    before = world.booking(3)
    await choose(world, LATE, DAY, family=3)

    await world.validate(3)

    after = world.booking(3)
    assert (after.state, after.ticket) == (State.WAITLISTED, before.ticket)
    assert after.arrival == time(7, 35)


async def test_the_town_hears_of_each_change(world):
    await booked(world)
    for hours in (LATE, EARLY, LATE):
        await choose(world, hours, DAY)
        await world.validate(1)

    kinds = [m.movement.kind for m in world.town.data.movements.values()]
    assert kinds == [MovementKind.BOOKING] + [MovementKind.CHANGE] * 3


async def test_a_change_taken_back_is_no_change(world):
    await booked(world)
    await choose(world, LATE, DAY)

    await choose(world, EARLY, DAY)

    view = await month(world)
    assert view.drafted == 0
    assert view.days[0].wish is None


async def test_a_booking_cancelled_the_same_day_takes_its_changes_with_it(world):
    await booked(world)
    await choose(world, LATE, DAY)
    await world.validate(1)

    await world.mark(1, wanted=False)
    await world.validate(1)

    assert all(m.void for m in world.town.data.movements.values())


async def test_after_the_deadline_nothing_changes(world):
    await booked(world)
    await choose(world, LATE, DAY)
    world.pass_by(days=9)

    (outcome,) = (await world.validate(1)).outcomes

    assert (outcome.result, outcome.reason) == (Result.NOT_PROCESSED, Reason.LOCKED)
    assert world.booking(1).arrival == time(7)
    with pytest.raises(DayLocked):
        await choose(world, LATE, DAY)


async def test_other_hours_may_not_clash():
    other = activity(MORNING, arrival=time(7, 40), departure=time(8))
    world = build_world(timed(tariffs=()), other, days=(DAY,))
    await choose(world, (time(7), time(7, 30)), DAY)
    await world.mark(1, activity=MORNING)
    await world.validate(1)
    await choose(world, LATE, DAY)

    (outcome,) = (await world.validate(1)).outcomes

    assert (outcome.result, outcome.reason) == (Result.NOT_PROCESSED, Reason.CLASH)


# -- the picker, and who may ------------------------------------------------------------------
async def test_the_picker_offers_what_the_day_takes(world):
    view = await ShowHours(*given(world))(world.who(1), CHILD, FULL_DAY, THURSDAY)

    assert view.arrivals == (time(7), time(7, 30))
    assert view.departures(time(7, 30))[-1] == time(8, 20)


async def test_for_all_days_it_offers_what_any_day_takes(world):
    view = await ShowHours(*given(world))(world.who(1), CHILD, FULL_DAY, None)

    assert time(7, 35) in view.arrivals


async def test_on_the_sheet_of_a_day_hours_are_asked_for_too(world):
    view = await MarkOnSheet(*given(world))(world.who(1), CHILD, FULL_DAY, DAY, wanted=True)

    assert view.asks_hours == FULL_DAY
    assert view.drafted == 0


async def test_on_the_sheet_hours_chosen_for_all_days_serve(world):
    await choose(world, LATE)

    view = await MarkOnSheet(*given(world))(world.who(1), CHILD, FULL_DAY, DAY, wanted=True)

    assert [(x.arrival, x.price) for x in view.lines] == [(time(7, 35), Decimal("1.20"))]
    assert view.drafted == 1


@pytest.mark.parametrize("day", [None, DAY])
async def test_another_familys_child_is_not_there(world, day):
    with pytest.raises(NotFound):
        await SetHours(*given(world))(world.who(1), ChildId(2), FULL_DAY, day, LATE)
    with pytest.raises(NotFound):
        await ShowHours(*given(world))(world.who(1), ChildId(2), FULL_DAY, day)


@pytest.mark.parametrize("day", [None, DAY])
async def test_an_activity_with_hours_of_its_own_lets_none_be_chosen(day):
    world = build_world(activity())

    with pytest.raises(NotFound):
        await choose(world, (time(7, 30), time(18)), day)
    with pytest.raises(NotFound):
        await ShowHours(*given(world))(world.who(1), CHILD, FULL_DAY, day)


async def test_a_day_that_is_not_open_has_no_hours(world):
    with pytest.raises(NotFound):
        await choose(world, LATE, date(2026, 12, 16))


async def test_nothing_is_chosen_for_a_child_whose_rules_wait(world):
    who = replace(world.who(1), unsigned=frozenset({CHILD}))

    with pytest.raises(HouseRulesUnsigned):
        await SetHours(*given(world))(who, CHILD, FULL_DAY, DAY, LATE)


async def test_hours_can_be_changed_no_later_than_the_old_ones_could_be_cancelled():
    whole_day = timed(
        departure=time(19), hours=Choosing(step=30), cancel_by=HoursBefore(3), tariffs=()
    )
    world = build_world(whole_day, days=(DAY,))
    await choose(world, (time(7), time(8)), DAY)
    await world.validate(1)
    await choose(world, (time(16), time(18)), DAY)
    world.now = datetime(2026, 12, 2, 5, tzinfo=PARIS)  # an hour too late for 07:00

    (outcome,) = (await world.validate(1)).outcomes

    assert (outcome.reason, world.booking(1).arrival) == (Reason.LOCKED, time(7))


async def test_nor_to_hours_that_could_not_be_cancelled_any_more():
    whole_day = timed(
        departure=time(19), hours=Choosing(step=30), cancel_by=HoursBefore(3), tariffs=()
    )
    world = build_world(whole_day, days=(DAY,))
    await choose(world, (time(16), time(18)), DAY)
    await world.validate(1)
    await choose(world, (time(7), time(8)), DAY)
    world.now = datetime(2026, 12, 2, 5, tzinfo=PARIS)

    (outcome,) = (await world.validate(1)).outcomes

    assert (outcome.reason, world.booking(1).arrival) == (Reason.LOCKED, time(16))


async def test_what_is_booked_is_not_changed_to_hours_that_the_town_withdrew(world):
    await booked(world)
    await choose(world, LATE, DAY)
    opening = world.town.data.openings[FULL_DAY, DAY]
    world.town.data.openings[FULL_DAY, DAY] = replace(opening, departure=time(8))

    (outcome,) = (await world.validate(1)).outcomes

    assert (outcome.reason, world.booking(1).arrival) == (Reason.HOURS, time(7))


async def test_a_change_moves_no_counter_and_takes_no_ticket(world):
    await booked(world)
    before = dict(world.town.data.places)
    await choose(world, LATE, DAY)

    await world.validate(1)

    assert world.town.data.places == before


async def test_the_other_familys_hours_are_nobodys_change(world):
    """A11: nothing of theirs is told, not even at which hours they booked."""
    world.town.data.child(FamilyId(2), CHILD)
    await choose(world, LATE, DAY)
    theirs = world.who(2)
    await SetHours(*given(world))(theirs, CHILD, FULL_DAY, DAY, EARLY)
    recap = await world.show_recap(theirs)
    await world.confirm(theirs, recap.round, recap.digest)

    ours = await world.show_recap(world.who(1))

    assert ours.changes == ()
    assert [x.doubt for x in ours.bookings] == [Reason.OTHER_FAMILY]
