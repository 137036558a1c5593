"""B18: a weekly pattern fills the draft, adds only, and counts its weeks from the first one."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.activities.hours_model import Choosing
from domain.bookings.model import Reason, Wish
from domain.bookings.pattern import A_WEEK, FillPattern, Pattern, ShowPattern, monday_of
from domain.calendar.model import DateRange, SchoolCalendar
from domain.documents.errors import HouseRulesUnsigned
from domain.errors import NotFound
from domain.families.model import ChildId
from tests.builders import FULL_DAY, activity
from tests.unit.bookings.conftest import World, build_world

FIRST, LAST = date(2026, 12, 7), date(2027, 1, 31)  # a Monday; a Sunday, after a 53rd week
DAYS = [FIRST + timedelta(days=n) for n in range(56)]
CHRISTMAS = DateRange(date(2026, 12, 19), date(2027, 1, 3))
NO_HOLIDAYS = SchoolCalendar(frozenset(), ())
CHILD = ChildId(1)
MONDAYS = Pattern(frozenset({0}), FIRST, LAST)


def mondays(pattern: Pattern) -> list[date]:
    return [day for day in DAYS if pattern.holds(day, NO_HOLIDAYS)]


def test_one_week_in_two_is_right_across_a_year_of_53_weeks():
    found = mondays(replace(MONDAYS, every=2))

    assert [day.isocalendar().week for day in found] == [50, 52, 1, 3]
    assert {(later - sooner).days for sooner, later in pairwise(found)} == {14}


def test_the_week_of_the_first_day_that_is_meant_is_the_first_week():
    wednesday = replace(MONDAYS, first=FIRST + timedelta(days=2), every=2)

    assert mondays(wednesday)[0] == FIRST + A_WEEK


PATTERNS = st.builds(
    Pattern,
    weekdays=st.frozensets(st.integers(0, 6)),
    first=st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    last=st.dates(date(2027, 1, 1), date(2027, 12, 31)),
    every=st.sampled_from([1, 2]),
)


@given(PATTERNS, st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_a_day_is_meant_by_its_weekday_and_its_distance_from_the_first_week(pattern, day):
    span = (pattern.last - pattern.first).days + 1
    every = (pattern.first + timedelta(days=n) for n in range(span))
    started = [one for one in every if one.weekday() in pattern.weekdays]
    weeks = (monday_of(day) - monday_of(started[0])).days // 7 if started else 0

    meant = pattern.holds(day, NO_HOLIDAYS)

    assert meant == (
        pattern.first <= day <= pattern.last
        and day.weekday() in pattern.weekdays
        and weeks % pattern.every == 0
    )


@given(PATTERNS, st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_one_week_in_two_is_part_of_every_week(pattern, day):
    in_two, each = replace(pattern, every=2), replace(pattern, every=1)

    assert each.holds(day, NO_HOLIDAYS) or not in_two.holds(day, NO_HOLIDAYS)


def test_school_holidays_are_left_out_where_asked():
    calendar = SchoolCalendar(frozenset(), (CHRISTMAS,))
    during = date(2026, 12, 21)

    assert MONDAYS.holds(during, calendar)
    assert not replace(MONDAYS, skip_holidays=True).holds(during, calendar)


# -- the draft ---------------------------------------------------------------------------------
@pytest.fixture
def world() -> World:
    return build_world(activity(weekdays=frozenset(range(7))), days=DAYS, capacity=1)


def given_to(world: World):
    return world.town.bookings, world.town.catalogues, world.clock


async def fill(world: World, pattern: Pattern = MONDAYS, family: int = 1):
    return await FillPattern(*given_to(world))(
        world.who(family), ChildId(family), FULL_DAY, pattern
    )


async def show(world: World, pattern: Pattern = MONDAYS):
    return await ShowPattern(*given_to(world))(world.who(1), CHILD, FULL_DAY, pattern)


def drafted(world: World) -> dict[date, Wish]:
    return {slot.day: line.wish for (_, slot), (line, _) in world.town.data.lines.items()}


async def test_looking_drafts_nothing(world):
    view = await show(world)

    assert len(view.days) == 8
    assert drafted(world) == {}


async def test_every_day_of_the_pattern_is_drafted_and_no_other(world):
    view = await fill(world)

    assert drafted(world) == dict.fromkeys(mondays(MONDAYS), Wish.BOOK)
    assert view.drafted == 8
    assert view.filled


async def test_it_adds_and_removes_nothing_outside(world):
    await world.mark(1, DAYS[1])
    await world.mark(1, DAYS[0])

    view = await fill(world)

    assert drafted(world)[DAYS[1]] is Wish.BOOK
    assert view.drafted == 9
    assert DAYS[0] not in view.days  # it was there already


async def test_filled_again_it_changes_nothing(world):
    await fill(world)
    before = drafted(world)

    view = await fill(world)

    assert drafted(world) == before
    assert (view.days, view.drafted) == ((), 8)


async def test_full_days_are_told_and_nobody_joins_a_waitlist_by_it(world):
    await world.book(2, DAYS[7])

    view = await fill(world)

    assert [(x.day, x.reason) for x in view.skipped] == [(DAYS[7], Reason.FULL)]
    assert DAYS[7] not in drafted(world)


async def test_days_past_their_deadline_are_told(world):
    world.pass_by(days=13)  # Sunday, 6 December: too late for Monday

    view = await fill(world)

    assert [(x.day, x.reason) for x in view.skipped] == [(DAYS[0], Reason.LATE)]


async def test_days_that_need_hours_wait_for_them():
    timed = activity(weekdays=frozenset(range(7)), hours=Choosing(step=30))
    world = build_world(timed, days=DAYS)

    view = await fill(world)

    assert view.days == ()
    assert {x.reason for x in view.skipped} == {Reason.HOURS}
    assert drafted(world) == {}


async def test_a_drafted_cancellation_is_taken_back(world):
    await world.book(1, DAYS[0])
    await world.mark(1, DAYS[0], wanted=False)

    view = await fill(world)

    assert drafted(world)[DAYS[0]] is Wish.KEEP
    assert view.drafted == 7


async def test_what_it_drafts_is_confirmed_as_any_other(world):
    await fill(world)

    receipt = await world.validate(1)

    assert [outcome.slot.day for outcome in receipt.outcomes] == mondays(MONDAYS)


@pytest.mark.parametrize(
    "pattern",
    [
        replace(MONDAYS, last=FIRST - timedelta(days=1)),
        replace(MONDAYS, last=FIRST + timedelta(days=2000)),
    ],
)
async def test_a_forged_period_is_refused(world, pattern):
    for work in (fill, show):
        with pytest.raises(NotFound):
            await work(world, pattern)


async def test_another_familys_child_is_not_there(world):
    for use_case in (FillPattern, ShowPattern):
        with pytest.raises(NotFound):
            await use_case(*given_to(world))(world.who(1), ChildId(2), FULL_DAY, MONDAYS)


async def test_nothing_is_filled_for_a_child_whose_rules_wait(world):
    who = replace(world.who(1), unsigned=frozenset({CHILD}))

    with pytest.raises(HouseRulesUnsigned):
        await FillPattern(*given_to(world))(who, CHILD, FULL_DAY, MONDAYS)


async def test_days_on_which_it_is_closed_or_the_child_not_enrolled_are_named(world):
    data = world.town.data
    closed, unknown, not_enrolled = (FIRST + n * A_WEEK for n in (1, 2, 7))
    data.openings[FULL_DAY, closed] = replace(data.openings[FULL_DAY, closed], is_open=False)
    del data.openings[FULL_DAY, unknown]
    data.enrolments = [
        replace(e, valid_to=not_enrolled - timedelta(days=1)) if e.child_id == CHILD else e
        for e in data.enrolments
    ]

    view = await show(world)

    assert {skipped.day: skipped.reason for skipped in view.skipped} == {
        closed: Reason.CLOSED,
        unknown: Reason.CLOSED,
        not_enrolled: Reason.NOT_ENROLLED,
    }
    assert len(view.days) + len(view.skipped) == len(mondays(MONDAYS))


def test_one_week_in_two_that_starts_on_a_saturday_starts_with_the_next_monday():
    saturday = replace(MONDAYS, first=FIRST + timedelta(days=5), every=2)

    assert mondays(saturday)[:2] == [FIRST + A_WEEK, FIRST + 3 * A_WEEK]
