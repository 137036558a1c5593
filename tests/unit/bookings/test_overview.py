"""B4: the month over all activities, and the sheet of one day."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from domain.activities.model import Draw, PoolId, StructureId, Waitlist
from domain.bookings.day_states import OverallState
from domain.bookings.model import DayState, Reason, Wish
from domain.bookings.overview import MarkOnSheet, ShowDaySheet, ShowOverview
from domain.documents.errors import HouseRulesUnsigned
from domain.errors import NotFound
from domain.families.model import ChildId
from tests.builders import CANTEEN, DAY, FULL_DAY, MORNING, activity, tariff
from tests.unit.bookings.conftest import World, build_world

LATER = date(2026, 12, 9)
CHILD = ChildId(1)
NOBODYS = ChildId(99)


@pytest.fixture
def world() -> World:
    """Three activities; the canteen is at noon, and only open on the second day."""
    made = build_world(
        activity(),
        activity(MORNING, name="Accueil", arrival=time(7), departure=time(7, 20)),
        activity(CANTEEN, name="Cantine", arrival=time(18, 30), departure=time(19)),
        days=(DAY, LATER),
        capacity=2,
    )
    del made.town.data.openings[CANTEEN, DAY]
    return made


def given(world: World):
    return world.town.bookings, world.town.catalogues, world.clock


async def month(world: World, family: int = 1):
    return await ShowOverview(*given(world))(world.who(family), ChildId(family), DAY)


async def sheet(world: World, day: date = DAY):
    return await ShowDaySheet(*given(world))(world.who(1), CHILD, day)


async def mark(world: World, of: int, day: date = DAY, *, wanted: bool = True):
    return await MarkOnSheet(*given(world))(world.who(1), CHILD, of, day, wanted=wanted)


async def test_the_month_has_each_open_day_once(world):
    view = await month(world)

    assert view.first == date(2026, 12, 1)
    assert [(d.day, d.state) for d in view.days] == [
        (DAY, OverallState.AVAILABLE),
        (LATER, OverallState.AVAILABLE),
    ]


async def test_the_month_tells_what_stands_and_what_is_drafted(world):
    await world.book(1)
    await world.mark(1, LATER, activity=CANTEEN)
    await world.mark(1, wanted=False)
    await world.mark(1, activity=MORNING)

    first, second = (await month(world)).days

    assert first.wishes == {Wish.BOOK, Wish.CANCEL}
    assert first.state is OverallState.BOOKED
    assert second.wishes == {Wish.BOOK}
    assert (await month(world)).drafted == 3


async def test_the_sheet_lists_what_is_open_by_hour_with_places_and_price(world):
    await world.book(2)

    lines = (await sheet(world)).lines

    assert [(x.activity.id, x.arrival, x.day.left, x.price) for x in lines] == [
        (MORNING, time(7), 2, Decimal("24.87")),
        (FULL_DAY, time(7, 30), 1, Decimal("24.87")),
    ]


async def test_a_booking_shows_its_own_hours_and_price(world):
    await world.book(1)
    booked = world.booking(1)
    world.town.data.bookings[booked.id] = replace(booked, arrival=time(8), price=Decimal("20.00"))

    line = next(x for x in (await sheet(world)).lines if x.activity.id == FULL_DAY)

    assert (line.arrival, line.price) == (time(8), Decimal("20.00"))
    assert line.day.state is DayState.BOOKED


async def test_without_a_tariff_no_price_is_made_up():
    world = build_world(activity(tariffs=(replace(tariff(FULL_DAY, "1"), valid_from=LATER),)))

    (line,) = (await sheet(world)).lines

    assert line.price is None


async def test_a_tap_drafts_and_repeating_it_changes_nothing(world):
    first = await mark(world, MORNING)
    again = await mark(world, MORNING)

    assert first.drafted == again.drafted == 1
    assert [x.day.wish for x in first.lines] == [Wish.BOOK, None]
    assert again.lines == first.lines
    assert again.unchanged
    assert not again.skipped


async def test_what_a_tap_drafted_is_what_the_recap_shows_and_confirms(world):
    await mark(world, FULL_DAY)
    await mark(world, CANTEEN, LATER)

    receipt = await world.validate(1)

    assert {(x.slot.activity_id, x.slot.day) for x in receipt.outcomes} == {
        (FULL_DAY, DAY),
        (CANTEEN, LATER),
    }


async def test_a_drafted_activity_is_taken_back(world):
    await mark(world, MORNING)

    view = await mark(world, MORNING, wanted=False)

    assert view.drafted == 0
    assert all(x.day.wish is None for x in view.lines)


async def test_one_activity_may_join_a_waitlist(world):
    for family in (2, 3):
        await world.book(family)

    view = await mark(world, FULL_DAY)

    assert view.drafted == 1


async def test_what_cannot_be_asked_says_why():
    world = build_world(activity(waitlist=Waitlist.NONE))
    await world.book(2)

    view = await mark(world, FULL_DAY)

    assert [skipped.reason for skipped in view.skipped] == [Reason.FULL]
    assert view.drafted == 0


@pytest.mark.parametrize(
    ("child", "of", "day"),
    [(NOBODYS, FULL_DAY, DAY), (2, FULL_DAY, DAY), (1, 99, DAY), (1, CANTEEN, DAY)],
)
async def test_what_is_not_theirs_or_not_open_is_not_there(world, child, of, day):
    with pytest.raises(NotFound):
        await MarkOnSheet(*given(world))(world.who(1), child, of, day, wanted=True)


async def test_another_structures_activity_is_not_there():
    away = activity(MORNING, structure_id=StructureId(2), draws=(Draw(PoolId(2)),))
    world = build_world(activity(), away)
    data = world.town.data
    school = replace(data.catalogue.structures[1], id=StructureId(2))
    data.catalogue = replace(
        data.catalogue, structures={1: data.catalogue.structures[1], 2: school}
    )

    with pytest.raises(NotFound):
        await mark(world, MORNING)

    assert [x.activity.id for x in (await sheet(world)).lines] == [FULL_DAY]


async def test_nothing_is_asked_for_a_child_whose_rules_wait(world):
    who = replace(world.who(1), unsigned=frozenset({CHILD}))

    with pytest.raises(HouseRulesUnsigned):
        await MarkOnSheet(*given(world))(who, CHILD, FULL_DAY, DAY, wanted=True)


@pytest.mark.parametrize("show", [ShowOverview, ShowDaySheet])
async def test_another_familys_child_is_not_there(world, show):
    with pytest.raises(NotFound):
        await show(*given(world))(world.who(1), ChildId(2), DAY)
