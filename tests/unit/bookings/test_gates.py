"""B1, B2: debts and booking periods, asked on every path into a booking."""

from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal

import pytest

from domain.accounts.model import Debt
from domain.activities.hours_model import Choosing
from domain.activities.model import BookingPeriod, Waitlist
from domain.bookings.copying import CopyDays
from domain.bookings.errors import FamilyInDebt
from domain.bookings.hours import SetHours
from domain.bookings.model import Reason, Result, Span, State
from domain.bookings.overview import MarkOnSheet
from domain.bookings.pattern import FillPattern, Pattern
from domain.families.model import ChildId
from tests.builders import DAY, FULL_DAY, NOW, activity
from tests.unit.bookings.conftest import World, build_world

CHILD = ChildId(1)
DEBT = Debt("Services Scolaires et ALSH", Decimal("-12.40"))
TAPPED = Span(DAY, DAY, single=True)
TOMORROW, LATER = NOW + timedelta(days=1), NOW + timedelta(days=2)
RESIDENTS_FIRST = BookingPeriod(opens_at=LATER, opens_residents_at=TOMORROW)


def given(world: World):
    return world.town.bookings, world.town.catalogues, world.clock


def indebted(world: World, family: int = 1):
    return replace(world.who(family), debt=DEBT)


def drafting(world: World, who):
    """Every way to draft something new."""
    hours = time(7, 30), time(18)
    pattern = Pattern(frozenset({DAY.weekday()}), DAY, DAY)
    return {
        "a day": world.mark_days(who, CHILD, FULL_DAY, TAPPED, wanted=True),
        "a group": world.mark_days(who, CHILD, FULL_DAY, Span(DAY, DAY), wanted=True),
        "a sheet": MarkOnSheet(*given(world))(who, CHILD, FULL_DAY, DAY, wanted=True),
        "hours": SetHours(*given(world))(who, CHILD, FULL_DAY, DAY, hours),
        "a pattern": FillPattern(*given(world))(who, CHILD, FULL_DAY, pattern),
        "a copy": CopyDays(*given(world))(who, (CHILD, FULL_DAY), (CHILD, FULL_DAY), None),
    }


WAYS = ("a day", "a group", "a sheet", "hours", "a pattern", "a copy")


async def try_(world: World, who, way: str):
    tries = drafting(world, who)
    for name, other in tries.items():
        if name != way:
            other.close()
    return await tries[way]


# -- debts -------------------------------------------------------------------------------------
@pytest.mark.parametrize("way", WAYS)
async def test_a_family_in_debt_drafts_nothing_new(way):
    world = build_world(activity(hours=Choosing(step=30)))

    with pytest.raises(FamilyInDebt) as refused:
        await try_(world, indebted(world), way)

    assert refused.value.params == {"wallet": DEBT.wallet, "balance": DEBT.balance}
    assert world.town.data.lines == {}


async def test_a_debt_that_came_after_the_recap_refuses_each_line(world):
    await world.mark(1)
    recap = await world.show_recap(world.who(1))

    doubted = await world.show_recap(indebted(world))
    receipt = await world.confirm(indebted(world), recap.round, recap.digest)

    assert [line.doubt for line in doubted.bookings] == [Reason.DEBT]
    assert [(x.result, x.reason) for x in receipt.outcomes] == [
        (Result.NOT_PROCESSED, Reason.DEBT)
    ]
    assert world.booking(1) is None


async def test_a_family_in_debt_still_cancels(world):
    await world.book(1)
    await world.mark_days(indebted(world), CHILD, FULL_DAY, TAPPED, wanted=False)
    recap = await world.show_recap(indebted(world))

    receipt = await world.confirm(indebted(world), recap.round, recap.digest)

    assert [x.result for x in receipt.outcomes] == [Result.CANCELLED]


async def test_an_offer_waits_for_the_debt_to_be_settled():
    world = build_world(activity(waitlist=Waitlist.OFFERED))
    await world.book(1)
    await world.book(2)
    await world.mark(1, wanted=False)
    await world.validate(1)
    offered = world.booking(2)

    with pytest.raises(FamilyInDebt):
        await world.answer_offer(indebted(world, 2), offered.id, accept=True)
    kept = world.booking(2).state
    taken = await world.answer_offer(world.who(2), offered.id, accept=True)

    assert (offered.state, kept, taken.state) == (State.OFFERED, State.OFFERED, State.ACCEPTED)


async def test_an_offer_may_be_left_in_debt():
    world = build_world(activity(waitlist=Waitlist.OFFERED))
    await world.book(1)
    await world.book(2)
    await world.mark(1, wanted=False)
    await world.validate(1)

    await world.answer_offer(indebted(world, 2), world.booking(2).id, accept=False)

    assert world.booking(2) is None


# -- booking periods ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("resident", "now", "shut"),
    [
        (True, NOW, TOMORROW),
        (True, TOMORROW, None),  # the very instant is in time
        (False, TOMORROW, LATER),
        (False, LATER, None),
    ],
)
def test_residents_come_first(resident, now, shut):
    assert RESIDENTS_FIRST.shuts(now, resident=resident) == shut


def test_a_period_that_says_nothing_of_residents_is_the_same_for_all():
    period = BookingPeriod(opens_at=TOMORROW, closes_at=LATER)

    assert period.opens(resident=True) == period.opens(resident=False) == TOMORROW
    assert period.shuts(LATER, resident=False) is None
    assert period.shuts(LATER + timedelta(seconds=1), resident=True) == LATER


@pytest.mark.parametrize("way", ["a day", "a group", "a sheet", "a pattern"])
async def test_before_it_opens_nothing_is_drafted_and_the_reason_is_told(way):
    world = build_world(activity(period=RESIDENTS_FIRST))

    view = await try_(world, world.who(1), way)

    assert [(x.reason, x.limit) for x in view.skipped] == [(Reason.PERIOD, TOMORROW)]
    assert world.town.data.lines == {}


async def test_a_resident_books_while_the_others_wait():
    world = build_world(activity(period=RESIDENTS_FIRST))
    world.now = TOMORROW
    elsewhere = replace(world.who(2), is_resident=False)

    booked = await world.book(1)
    view = await world.mark_days(elsewhere, ChildId(2), FULL_DAY, TAPPED, wanted=True)

    assert [x.result for x in booked.outcomes] == [Result.ACCEPTED]
    assert [x.reason for x in view.skipped] == [Reason.PERIOD]
    assert view.drafted == 0


async def test_a_period_that_ends_between_recap_and_confirmation_is_over():
    world = build_world(activity(period=BookingPeriod(closes_at=TOMORROW)))
    await world.mark(1)
    recap = await world.show_recap(world.who(1))
    world.now = TOMORROW + timedelta(seconds=1)

    doubted = await world.show_recap(world.who(1))
    receipt = await world.confirm(world.who(1), recap.round, recap.digest)

    assert [line.doubt for line in doubted.bookings] == [Reason.PERIOD]
    assert [(x.reason, x.limit) for x in receipt.outcomes] == [(Reason.PERIOD, TOMORROW)]


async def test_outside_the_period_what_is_booked_is_still_cancelled():
    world = build_world(activity(period=BookingPeriod(closes_at=TOMORROW)))
    await world.book(1)
    world.now = LATER

    await world.mark(1, wanted=False)
    receipt = await world.validate(1)

    assert [x.result for x in receipt.outcomes] == [Result.CANCELLED]
