"""B5: copying what was just drafted, and telling each day that could not be copied."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.activities.hours_model import Choosing
from domain.activities.model import Draw, PoolId, Waitlist
from domain.bookings.copying import CopyDays, ListSources
from domain.bookings.hours import SetHours
from domain.bookings.model import Reason, Slot
from domain.documents.errors import HouseRulesUnsigned
from domain.errors import NotFound
from domain.families.model import ChildId, FamilyId
from tests.builders import CANTEEN, FULL_DAY, MORNING, activity, booking
from tests.unit.bookings.conftest import World, build_world

DAYS = [date(2026, 12, day) for day in (2, 9, 16)]
JANUARY = date(2027, 1, 6)
PAOLO, AMALIA = ChildId(1), ChildId(9)
NOON = activity(CANTEEN, arrival=time(19), departure=time(20), waitlist=Waitlist.NONE)


def family_of_two(*activities, capacity: int | None = 3) -> World:
    """Paolo and Amalia, of one family; activities whose hours do not overlap."""
    world = build_world(
        *(activities or (activity(), NOON)), days=(*DAYS, JANUARY), capacity=capacity
    )
    data = world.town.data
    data.child(FamilyId(1), AMALIA)
    for of in data.catalogue.activities:
        data.enrol(AMALIA, of)
    return world


@pytest.fixture
def world() -> World:
    return family_of_two()


def given_to(world: World):
    return world.town.bookings, world.town.catalogues, world.clock


async def copy(world: World, to, source=(PAOLO, FULL_DAY), month: date | None = None):
    return await CopyDays(*given_to(world))(world.who(1), to, source, month)


async def sources(world: World, child=AMALIA, of=FULL_DAY):
    view = await ListSources(*given_to(world)[:2])(world.who(1), child, of, DAYS[0])
    return [(x.child.id, x.activity.id, x.days) for x in view.sources]


async def drafted(world: World, *days: date) -> None:
    for day in days:
        await world.mark(1, day)


def reasons(view) -> list[tuple[date, Reason]]:
    return [(skipped.day, skipped.reason) for skipped in view.skipped]


async def test_what_is_drafted_can_be_copied_but_not_onto_itself(world):
    await drafted(world, *DAYS[:2])

    assert await sources(world) == [(PAOLO, FULL_DAY, tuple(DAYS[:2]))]
    assert await sources(world, PAOLO) == []


async def test_cancellations_are_not_copied(world):
    await world.book(1, DAYS[0])
    await world.mark(1, DAYS[0], wanted=False)

    assert await sources(world) == []


async def test_days_are_copied_to_the_other_child(world):
    await drafted(world, *DAYS)

    view = await copy(world, (AMALIA, FULL_DAY))

    assert (view.copied, view.skipped, view.drafted) == (tuple(DAYS), (), 6)
    receipt = await world.validate(1)
    assert {x.slot.child_id for x in receipt.outcomes} == {PAOLO, AMALIA}


async def test_days_are_copied_to_another_activity_at_its_own_hours(world):
    await drafted(world, *DAYS)

    view = await copy(world, (PAOLO, CANTEEN))

    assert view.copied == tuple(DAYS)
    receipt = await world.validate(1)
    canteen = [x for x in receipt.outcomes if x.slot.activity_id == CANTEEN]
    assert {(x.arrival, x.departure) for x in canteen} == {(time(19), time(20))}


async def test_one_month_alone_is_copied(world):
    await drafted(world, *DAYS, JANUARY)

    view = await copy(world, (AMALIA, FULL_DAY), month=JANUARY)

    assert view.copied == (JANUARY,)


async def test_copied_again_every_day_is_there_already(world):
    await drafted(world, *DAYS)
    await copy(world, (AMALIA, FULL_DAY))

    again = await copy(world, (AMALIA, FULL_DAY))

    assert again.copied == ()
    assert reasons(again) == [(day, Reason.ALREADY_BOOKED) for day in DAYS]
    assert again.drafted == 6


async def test_each_day_that_cannot_be_copied_has_its_reason():
    world = family_of_two(activity(), NOON, capacity=1)
    data = world.town.data
    await world.book(2, DAYS[0], activity=CANTEEN)
    data.openings[CANTEEN, DAYS[1]] = replace(data.openings[CANTEEN, DAYS[1]], is_open=False)
    await drafted(world, *DAYS, JANUARY)
    data.enrolments = [
        replace(e, valid_to=DAYS[2]) if (e.child_id, e.activity_id) == (PAOLO, CANTEEN) else e
        for e in data.enrolments
    ]

    view = await copy(world, (PAOLO, CANTEEN))

    assert view.copied == (DAYS[2],)
    assert reasons(view) == [
        (DAYS[0], Reason.FULL),
        (DAYS[1], Reason.CLOSED),
        (JANUARY, Reason.NOT_ENROLLED),
    ]


async def test_no_day_is_copied_onto_a_waitlist(world):
    for family in (2, 3, 4):
        await world.book(family, DAYS[0])
    await world.mark(1, DAYS[0])  # Paolo asks to wait; that is his own choice

    view = await copy(world, (AMALIA, FULL_DAY))

    assert reasons(view) == [(DAYS[0], Reason.FULL)]


async def test_a_late_day_is_told_with_its_limit(world):
    await drafted(world, *DAYS)
    world.pass_by(days=8)

    view = await copy(world, (AMALIA, FULL_DAY))

    (late,) = view.skipped
    assert (late.day, late.reason) == (DAYS[0], Reason.LATE)
    assert late.limit is not None


async def test_a_day_at_the_same_hours_clashes_with_what_is_drafted_or_booked():
    inside = activity(MORNING, arrival=time(8), departure=time(9), draws=(Draw(PoolId(2)),))
    world = family_of_two(activity(), inside)
    await world.book(1, DAYS[1], child=AMALIA, activity=MORNING)
    await drafted(world, *DAYS)
    await world.mark(1, DAYS[0], child=AMALIA, activity=MORNING)

    view = await copy(world, (AMALIA, FULL_DAY))

    assert view.copied == (DAYS[2],)
    assert reasons(view) == [(DAYS[0], Reason.CLASH), (DAYS[1], Reason.CLASH)]


async def test_what_the_childs_other_family_booked_clashes_too():
    inside = activity(MORNING, arrival=time(8), departure=time(9), draws=(Draw(PoolId(2)),))
    world = family_of_two(activity(), inside)
    world.town.data.kinship.add((2, AMALIA))
    await world.book(2, DAYS[1], child=AMALIA, activity=MORNING)
    await drafted(world, *DAYS)

    view = await copy(world, (AMALIA, FULL_DAY))

    assert reasons(view) == [(DAYS[1], Reason.CLASH)]


async def test_what_another_structure_has_booked_clashes_too():
    """Nothing of it is told but that the child is elsewhere at these hours."""
    music = activity(MORNING, structure_id=2, arrival=time(8), departure=time(9))
    world = family_of_two(activity(), music)
    held = booking(AMALIA, slot=Slot(AMALIA, MORNING, DAYS[1]), arrival=time(8), departure=time(9))
    world.town.data.bookings[held.id] = held
    await drafted(world, *DAYS)

    view = await copy(world, (AMALIA, FULL_DAY))

    assert view.copied == (DAYS[0], DAYS[2])
    assert reasons(view) == [(DAYS[1], Reason.CLASH)]


async def test_hours_that_do_not_fit_are_told():
    timed = activity(hours=Choosing(step=30))
    narrow = activity(CANTEEN, arrival=time(19), departure=time(20), hours=Choosing(step=30))
    world = family_of_two(timed, narrow)
    hours = time(8), time(9)
    await SetHours(*given_to(world))(world.who(1), PAOLO, FULL_DAY, DAYS[0], hours)

    same = await copy(world, (AMALIA, FULL_DAY))
    other = await copy(world, (AMALIA, CANTEEN))

    assert same.copied == (DAYS[0],)
    assert reasons(other) == [(DAYS[0], Reason.HOURS)]
    lines = {slot: line for (_, slot), (line, _) in world.town.data.lines.items()}
    assert {(line.arrival, line.departure) for line in lines.values()} == {hours}


@pytest.mark.parametrize(
    ("to", "source"),
    [
        ((AMALIA, 99), (PAOLO, FULL_DAY)),
        ((ChildId(2), FULL_DAY), (PAOLO, FULL_DAY)),
        ((AMALIA, FULL_DAY), (ChildId(2), FULL_DAY)),
        ((AMALIA, FULL_DAY), (PAOLO, CANTEEN)),
    ],
)
async def test_what_is_not_theirs_or_not_drafted_is_not_there(world, to, source):
    await drafted(world, *DAYS)

    with pytest.raises(NotFound):
        await copy(world, to, source)


async def test_nothing_is_copied_to_a_child_whose_rules_wait(world):
    await drafted(world, *DAYS)
    who = replace(world.who(1), unsigned=frozenset({AMALIA}))

    with pytest.raises(HouseRulesUnsigned):
        await CopyDays(*given_to(world))(who, (AMALIA, FULL_DAY), (PAOLO, FULL_DAY), None)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
async def test_every_day_is_either_copied_or_told_once(data):
    world = family_of_two(activity(), NOON, capacity=1)
    await drafted(world, *data.draw(st.lists(st.sampled_from([*DAYS, JANUARY]), min_size=1)))
    for day in data.draw(st.sets(st.sampled_from(DAYS))):
        await world.book(2, day, activity=CANTEEN)
    for day in data.draw(st.sets(st.sampled_from(DAYS))):
        opening = world.town.data.openings[CANTEEN, day]
        world.town.data.openings[CANTEEN, day] = replace(opening, is_open=False)

    view = await copy(world, (PAOLO, CANTEEN))

    told = [*view.copied, *(skipped.day for skipped in view.skipped)]
    assert sorted(told) == list(view.source.days)
    recap = await world.show_recap(world.who(1))
    mine = [x for x in recap.bookings if x.activity.id == CANTEEN]
    assert sorted(x.slot.day for x in mine) == list(view.copied)
    assert all(x.doubt is None and not x.full for x in mine)


async def test_the_recap_doubts_what_clashes():
    """B10: before anything is confirmed, and as the confirmation will say."""
    inside = activity(MORNING, arrival=time(8), departure=time(9), draws=(Draw(PoolId(2)),))
    world = family_of_two(activity(), inside)
    await world.mark(1, DAYS[0])
    await world.mark(1, DAYS[0], activity=MORNING)

    recap = await world.show_recap(world.who(1))
    receipt = await world.validate(1)

    doubted = [x.slot for x in recap.bookings if x.doubt is Reason.CLASH]
    refused = [x.slot for x in receipt.outcomes if x.reason is Reason.CLASH]
    assert doubted == refused
    assert len(doubted) == 1
