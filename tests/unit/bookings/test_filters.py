"""F1: filters are a guardian's own, and of what is theirs to see."""

from dataclasses import replace
from datetime import date

import pytest

from domain.activities.model import ActivityId, Draw, PoolId, StructureId
from domain.bookings.filters import EVERYTHING, Filters, Shown
from domain.bookings.following import ChangeFilters, ShowFilters
from domain.bookings.model import State
from domain.errors import NotFound
from domain.families.model import ChildId
from tests.builders import FULL_DAY, MORNING, activity
from tests.unit.bookings.conftest import World, build_world

TODAY = date(2026, 11, 23)


@pytest.fixture
def world() -> World:
    return build_world(activity())


async def change(world: World, **to) -> Filters:
    asked = ChangeFilters(world.town.bookings, world.town.catalogues)
    return await asked(world.who(1), lambda now: replace(now, **to))


async def test_one_filter_after_the_other_is_kept(world):
    await change(world, child=ChildId(1))
    await change(world, activity=FULL_DAY)
    await change(world, hidden=frozenset({Shown.REFUSED}))

    kept = (await world.follow_up(world.who(1), 1)).filters
    assert kept == Filters(ChildId(1), FULL_DAY, None, frozenset({Shown.REFUSED}))
    assert (await world.follow_up(world.who(2), 1)).filters == EVERYTHING


async def test_a_change_answers_what_is_shown_from_now_on(world):
    await change(world, child=ChildId(1))

    now = await change(world, activity=FULL_DAY)

    assert now == Filters(ChildId(1), FULL_DAY)
    assert await ShowFilters(world.town.bookings)(world.who(1)) == now


@pytest.mark.parametrize(
    "to", [{"child": ChildId(2)}, {"child": ChildId(99)}, {"activity": ActivityId(99)}]
)
async def test_what_is_not_theirs_cannot_be_filtered_by(world, to):
    with pytest.raises(NotFound):
        await change(world, **to)

    assert (await world.follow_up(world.who(1), 1)).filters == EVERYTHING


async def test_nor_another_structures_activity():
    away = activity(MORNING, structure_id=StructureId(2), draws=(Draw(PoolId(2)),))
    world = build_world(activity(), away)

    with pytest.raises(NotFound):
        await change(world, activity=MORNING)


def test_everything_to_come_is_what_is_not_cancelled_from_today_on():
    query = EVERYTHING.query(TODAY)

    assert (query.first, query.last) == (TODAY, None)
    assert query.states == frozenset(State) - {State.CANCELLED}
    assert query.transmitted == {True, False}


def test_a_month_is_whole_also_where_it_is_over():
    query = Filters(month=date(2026, 2, 1)).query(TODAY)

    assert (query.first, query.last) == (date(2026, 2, 1), date(2026, 2, 28))
