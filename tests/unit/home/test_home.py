"""What waits for a family, on top of home (H2)."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from domain.activities.model import StructureId
from domain.bookings.model import DraftLine, Slot, State, Wish
from domain.calendar.deadlines import WeekdayOfPreviousWeek
from domain.families.model import ChildId, FamilyId, Guardian, GuardianId
from domain.home.service import ShowHome
from tests.builders import (
    CANTEEN,
    DAY,
    FULL_DAY,
    MORNING,
    NOW,
    activity,
    booking,
    catalogue,
    identity,
)
from tests.fakes.data import TownData
from tests.fakes.town import FakeTown

# NOW is Monday 23 November, 10:00 in Paris; two days before without weekends, at 09:00.
WEDNESDAY, THURSDAY = date(2026, 11, 25), date(2026, 11, 26)
ANNE = identity(1, 1)


def build(*activities, days=(WEDNESDAY, THURSDAY, DAY), usual=True) -> TownData:
    data = TownData(catalogue(*(activities or (activity(),))))
    data.family(1, guardians=[1], children=[1])
    for about in data.catalogue.activities.values():
        data.enrol(1, about.id)
        data.open(about.id, *days)
        if usual:
            booked_before(data, about.id, days)
    return data


def booked_before(data: TownData, of: int, days) -> None:
    """Each weekday of these, on two of the last four weeks."""
    for weekday in {day.weekday() for day in days}:
        monday = NOW.date() - timedelta(days=NOW.weekday())
        past = [monday + timedelta(days=weekday, weeks=-weeks) for weeks in (1, 2, 3, 4)]
        data.open(of, *past)
        for day in past[1:3]:
            key = 1000 + len(data.bookings)
            made = booking(1, id=key, ticket=key)
            data.bookings[key] = replace(made, slot=Slot(ChildId(1), of, day))


async def home(data: TownData, who=ANNE, now=NOW):
    town = FakeTown(data)
    return await ShowHome(town.home, town.catalogues, lambda: now)(who)


async def closing(data: TownData, now=NOW):
    found = (await home(data, now=now)).todo.closing
    return [(one.child.id, one.activity.id, one.first, one.days) for one in found]


async def test_a_day_that_closes_within_a_day_with_nothing_asked_is_told():
    assert await closing(build()) == [(1, 1, THURSDAY, 1)]


async def test_what_is_not_usually_booked_is_not_told():
    assert await closing(build(usual=False)) == []


async def test_nor_is_it_for_a_child_whose_house_rules_wait():
    who = replace(ANNE, unsigned=frozenset({ChildId(1)}))

    assert (await home(build(), who)).todo.closing == ()


async def test_what_the_other_parent_has_in_a_draft_is_not_told():
    data = build()
    data.guardian(Guardian(GuardianId(9), FamilyId(1), "M.", "Jean", "DUPONT"))
    slot = Slot(ChildId(1), FULL_DAY, THURSDAY)
    data.line(9, 1, DraftLine(slot, Wish.BOOK, time(7, 30), time(18)), NOW)

    assert await closing(data) == []


@pytest.mark.parametrize(
    ("day", "state", "family", "told"),
    [
        (NOW.date(), State.ACCEPTED, 1, True),
        (NOW.date() + timedelta(days=1), State.ACCEPTED, 1, True),
        (NOW.date() + timedelta(days=2), State.ACCEPTED, 1, False),
        (NOW.date(), State.WAITLISTED, 1, False),
        (NOW.date(), State.ACCEPTED, 2, False),
    ],
)
async def test_an_absence_is_offered_where_a_child_is_booked_today_or_tomorrow(
    day, state, family, told
):
    data = build(days=(DAY,), usual=False)
    made = booking(1, state, family_id=FamilyId(family))
    data.bookings[1] = replace(made, slot=replace(made.slot, day=day))

    assert (await home(data)).is_soon_there is told


@pytest.mark.parametrize(
    ("before", "told"),
    [(timedelta(hours=24), True), (timedelta(hours=24, seconds=1), False), (timedelta(0), True)],
)
async def test_told_from_a_day_before_until_the_limit_itself(before, told):
    data = build(days=(THURSDAY,))
    limit = data.catalogue.limits(data.openings[1, THURSDAY]).book

    assert bool(await closing(data, now=limit - before)) is told


async def test_days_that_close_together_are_told_together():
    weekly = activity(book_by=WeekdayOfPreviousWeek(0, time(12)))
    week = [date(2026, 11, 30) + timedelta(days=n) for n in range(5)]

    assert await closing(build(weekly, days=week)) == [(1, 1, week[0], 5)]


@pytest.mark.parametrize("state", [State.ACCEPTED, State.WAITLISTED, State.REFUSED])
async def test_what_was_asked_is_not_told(state):
    data = build()
    asked = booking(1, state)
    slot = replace(asked.slot, day=THURSDAY)
    data.bookings[asked.id] = replace(asked, slot=slot)

    assert await closing(data) == []


async def test_what_the_other_family_asked_is_not_told():
    data = build()
    asked = booking(1, family_id=FamilyId(2))
    data.bookings[asked.id] = replace(asked, slot=replace(asked.slot, day=THURSDAY))

    assert await closing(data) == []


@pytest.mark.parametrize(
    ("other", "elsewhere"),
    [
        ({"arrival": time(9), "departure": time(10)}, True),  # in the middle of the day
        ({"arrival": time(18), "departure": time(19)}, False),
        ({"arrival": time(18), "departure": time(19), "excludes": frozenset({CANTEEN})}, False),
    ],
)
async def test_a_child_that_is_elsewhere_at_these_hours_needs_no_reminder(other, elsewhere):
    data = build(activity(), activity(MORNING, **other), days=(THURSDAY,))
    there = booking(1, arrival=other["arrival"], departure=other["departure"])
    slot = replace(there.slot, activity_id=MORNING, day=THURSDAY)
    data.bookings[there.id] = replace(there, slot=slot)

    assert (await closing(data) == []) is elsewhere


async def test_where_the_town_excludes_one_by_the_other_there_is_no_reminder():
    evening = {"arrival": time(18), "departure": time(19)}
    excluding = activity(excludes=frozenset({MORNING}))
    data = build(excluding, activity(MORNING, **evening), days=(THURSDAY,))
    there = booking(1, **evening)
    slot = replace(there.slot, activity_id=MORNING, day=THURSDAY)
    data.bookings[there.id] = replace(there, slot=slot)

    assert await closing(data) == []


async def test_the_whole_to_do():
    data = build(days=(DAY,))
    until = NOW + timedelta(hours=3)
    data.bookings[1] = booking(1, State.OFFERED, offer_until=until)
    data.wallet(1, 1, 1, "Cantine", "-12.40")
    who = replace(ANNE, unsigned=frozenset({ChildId(1)}))

    todo = (await home(data, who)).todo

    assert [child.id for child in todo.unsigned] == [1]
    assert [wallet.name for wallet in todo.debts] == ["Cantine"]
    assert [(offer.day, offer.until) for offer in todo.offers] == [(DAY, until)]


async def test_offers_of_another_structure_wait_there():
    data = build(activity(structure_id=StructureId(2)), days=(DAY,))
    elsewhere = replace(next(iter(data.catalogue.structures.values())), id=StructureId(2))
    data.catalogue = replace(
        data.catalogue, structures={**data.catalogue.structures, elsewhere.id: elsewhere}
    )
    data.bookings[1] = booking(1, State.OFFERED, offer_until=NOW)

    assert (await home(data)).todo.offers == ()


async def test_home_tells_what_is_drafted_and_what_the_town_says():
    data = build()
    data.announce(1, NOW)

    view = await home(data)

    assert ([one.id for one in view.announcements], view.drafted) == ([1], 0)
    assert [one.name for one in view.structures] == ["Mairie de CarteVille"]
