"""What waitlists need though nobody asks: late places, and a word to who waits (B16)."""

from datetime import timedelta

import pytest

from domain.activities.model import Draw
from domain.bookings.model import State
from domain.notices.model import Channel, Kind
from domain.reports.hourly import Hourly
from tests.builders import DAY, DAY_POOL, FULL_DAY, MORNING, MORNING_POOL, activity
from tests.unit.bookings.conftest import World, build_world


def reminded(world: World) -> list[tuple[int, str]]:
    """Families and why, in order."""
    return [
        (notice.guardian_id, notice.params["why"])
        for notice in world.town.notices
        if notice.kind is Kind.WAITING_REMINDER and notice.channel is Channel.MAIL
    ]


@pytest.fixture
def two() -> World:
    """Two activities with a place each, which exclude one another by their hours."""
    return build_world(activity(), activity(MORNING, draws=(Draw(MORNING_POOL),)), capacity=1)


async def test_a_family_in_debt_is_passed_over_and_keeps_its_rank(world):
    for family in (1, 2, 3):
        await world.book(family)
    await world.owe(2, owes=True)
    await world.cancel_booking(world.who(1), world.booking(1).id)

    assert world.booking(2).state is State.WAITLISTED
    assert world.booking(3).state is State.ACCEPTED

    await world.owe(2, owes=False)
    await world.cancel_booking(world.who(3), world.booking(3).id)

    assert world.booking(2).state is State.ACCEPTED


async def test_a_free_place_is_given_within_the_hour_once_the_debt_is_settled(world):
    for family in (1, 2):
        await world.book(family)
    await world.owe(2, owes=True)
    await world.cancel_booking(world.who(1), world.booking(1).id)
    before = world.booking(2).state

    await world.owe(2, owes=False)

    assert (before, world.booking(2).state) == (State.WAITLISTED, State.ACCEPTED)


async def test_a_place_that_a_clash_kept_free_is_given_once_the_clash_is_gone(two):
    await two.book(1)
    await two.book(2)  # waits for the day
    await two.book(2, activity=MORNING)
    await two.cancel_booking(two.who(1), two.booking(1).id)
    clashing = two.booking(2).state
    await two.cancel_booking(two.who(2), two.booking(2, activity=MORNING).id)

    await two.serve_queues()

    assert clashing is State.WAITLISTED
    assert two.booking(2).state is State.ACCEPTED


async def test_serving_queues_that_cannot_move_changes_nothing(world):
    for family in (1, 2):
        await world.book(family)
    before = dict(world.town.data.bookings)

    assert await world.serve_queues() == 0
    assert world.town.data.bookings == before


async def test_who_has_another_place_at_these_hours_is_asked_to_leave_the_queue_once(two):
    await two.book(1)
    await two.book(2)
    await two.book(2, activity=MORNING)

    for _ in range(3):
        await two.remind_waiting()
        two.pass_by(hours=1)

    assert reminded(two) == [(2, "clash")]


async def test_who_waits_is_asked_the_day_before_a_place_could_not_be_given_back(world):
    for family in (1, 2):
        await world.book(family)
    await world.remind_waiting()
    early = reminded(world)
    catalogue = world.town.data.catalogue
    limit = catalogue.limits(world.town.data.openings[FULL_DAY, DAY]).cancel
    world.now = limit - timedelta(hours=24, seconds=1)
    await world.remind_waiting()
    just_before = reminded(world)
    world.pass_by(seconds=1)
    await world.remind_waiting()

    assert (early, just_before, reminded(world)) == ([], [], [(2, "soon")])


async def test_nobody_is_asked_once_the_service_began(world):
    for family in (1, 2):
        await world.book(family)
    catalogue = world.town.data.catalogue
    world.now = catalogue.limits(world.town.data.openings[FULL_DAY, DAY]).start

    await world.remind_waiting()

    assert reminded(world) == []
    assert world.town.data.places[DAY_POOL, DAY].taken == 1


async def test_an_hourly_job_runs_once_an_hour_and_forgets_what_it_claimed(world):
    ran: list[int] = []

    async def job() -> int:
        ran.append(1)
        return 1

    hourly = Hourly("queues", job, world.town.jobs, world.clock)
    answers = []
    for _ in range(24 * 5):
        answers += [await hourly(), await hourly()]
        world.pass_by(hours=1)

    assert answers == [1, 0] * 24 * 5
    assert len(world.town.data.jobs) <= 24 * 4
