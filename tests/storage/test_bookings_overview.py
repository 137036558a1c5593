"""All that children may do over some days: what each month says, in one statement (B4)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.activities.model import ActivityId, Draw, PoolId, StructureId
from domain.bookings.model import DayFacts, State, Wish
from domain.bookings.overview import ShowDaySheet, ShowOverview
from domain.families.model import ChildId, FamilyId
from tests.builders import TOWN, activity, identity
from tests.crowded_month import INSTANTS, MONTH, crowded_month, mark_of
from tests.fakes.drafts import outline as outlined_of
from tests.fakes.town import FakeTown
from tests.storage.towns import DAY, FIRST, LAST, NEXT_DAY, NOW, book, line, request, slot, town

ELSEWHERE = StructureId(2)
EARLIER = date(2026, 9, 1)


def overview(*children: int, draft: int = 1, of: StructureId = TOWN):
    these = {ChildId(child) for child in children}
    return lambda tx: tx.overview(draft, these, of, FIRST, LAST)


def three_activities():
    """The third takes places from a pool of its own and from that of the first."""
    third = activity(3, draws=(Draw(PoolId(1)), Draw(PoolId(3), "6-12")))
    data = town(activity(1), activity(2), third, days=(DAY, NEXT_DAY), capacity=5)
    data.child(FamilyId(1), 9)
    data.enrol(9, 2, group="6-12")
    return data


async def test_each_activity_of_each_child_has_the_days_of_its_month(world):
    data = three_activities()
    data.line(1, 1, line(1, NEXT_DAY), NOW)
    data.line(1, 1, line(9, DAY, Wish.BOOK, of=2), NOW)
    at = await world(data)
    await book(
        at,
        request(1),
        replace(request(2, State.WAITLISTED), slot=slot(2, of=3)),
        replace(request(1), slot=slot(9, of=2)),
    )

    facts = await at.bookings.read(overview(1, 9))

    assert list(facts.days) == [(1, 1), (1, 2), (1, 3), (9, 2)]
    assert facts.drafted == 2
    for (child, of), days in facts.days.items():
        month = await at.bookings.read(lambda tx, who=(child, of): tx.month(1, *who, FIRST, LAST))
        assert days == month.days


async def test_a_booking_is_there_whatever_became_of_the_enrolment(world):
    data = town(activity(1), activity(2), children=0)
    data.family(1, guardians=[1], children=[1])
    data.enrol(1, 2, valid_from=EARLIER, valid_to=EARLIER)
    at = await world(data)
    await book(at, request(1))

    facts = await at.bookings.read(overview(1))

    assert list(facts.days) == [(1, 1), (1, 2)]
    assert [day.enrolled for days in facts.days.values() for day in days] == [False, False]


async def test_another_structure_has_its_own(world):
    data = town(activity(1), replace(activity(2), structure_id=ELSEWHERE))
    school = replace(data.catalogue.structures[TOWN], id=ELSEWHERE, name="École de musique")
    data.catalogue = replace(
        data.catalogue, structures={**data.catalogue.structures, ELSEWHERE: school}
    )
    at = await world(data)

    here = await at.bookings.read(overview(1))
    there = await at.bookings.read(overview(1, of=ELSEWHERE))

    assert list(here.days) == [(1, ActivityId(1))]
    assert list(there.days) == [(1, ActivityId(2))]


async def test_nobody_has_nothing(world):
    at = await world(town())

    assert (await at.bookings.read(overview())).days == {}


async def test_the_other_family_of_a_child_sees_only_that_the_day_is_taken(world):
    data = town()
    data.child(FamilyId(2), 1)
    at = await world(data)
    await book(at, request(1))

    facts = await at.bookings.read(overview(1, draft=2))

    ((day,),) = facts.days.values()
    assert (day.booking, day.elsewhere) == (None, True)


def outline(*children: int, draft: int = 1):
    these = {ChildId(child) for child in children}
    return lambda tx: tx.outline(draft, these, TOWN, FIRST, LAST)


async def crowded(world, data, bookings):
    """One booked day in six is closed afterwards, and what was booked there stays."""
    at = await world(data)
    await book(at, *bookings)
    for slot_ in [booking.slot for booking in bookings[::6]]:
        await at.bookings.write(lambda tx, of=slot_: tx.close_opening(of.activity_id, of.day))
    return at


@pytest.mark.parametrize("seed", range(3))
async def test_an_outline_keeps_whole_what_the_child_has_and_the_rest_by_its_places(world, seed):
    data, bookings = crowded_month(seed)
    at = await crowded(world, data, bookings)

    found = await at.bookings.read(outline(1, 3))

    facts = await at.bookings.read(overview(1, 3))
    assert found.drafted == facts.drafted
    assert list(found.days) == list(facts.days)
    for of, days in facts.days.items():
        asked = outlined_of(days)
        assert sorted(found.days[of].plain) == sorted(asked.plain)
        assert sorted(found.days[of].whole, key=day_of) == asked.whole


def day_of(facts: DayFacts) -> date:
    return facts.opening.day


@pytest.mark.parametrize("seed", range(3))
async def test_each_mark_of_a_month_is_what_the_sheet_of_its_day_says(world, seed):
    """B4, the slow way: every activity of every day whole, then one mark."""
    data, bookings = crowded_month(seed)
    at = await crowded(world, data, bookings)
    given = at.bookings, FakeTown(data).catalogues, lambda: INSTANTS[seed]
    who = identity(1, 1)

    view = await ShowOverview(*given)(who, ChildId(1), FIRST)

    show_sheet = ShowDaySheet(*given)
    sheets = [await show_sheet(who, ChildId(1), day) for day in MONTH]
    assert view.days == tuple(mark_of(sheet) for sheet in sheets if sheet.lines)


async def test_an_outline_is_one_statement(sql_world):
    at = await sql_world(three_activities())
    await at.bookings.read(outline(1, 9))
    at.statements.clear()

    await at.bookings.read(outline(1, 9))

    assert len(at.statements) == 1
