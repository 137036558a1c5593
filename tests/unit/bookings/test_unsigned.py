"""Booking for a child is closed until its house rules are signed, on every path (A6, B1, B2)."""

from dataclasses import replace

import pytest

from domain.bookings.model import Reason, Result, Span, State
from domain.documents.errors import HouseRulesUnsigned
from domain.families.model import ChildId
from tests.builders import DAY, FULL_DAY

ONE_DAY = Span(DAY, DAY, single=True)


def unsigned(world, family=1):
    return replace(world.who(family), unsigned=frozenset({ChildId(family)}))


async def test_no_day_is_drafted_for_a_child_whose_rules_wait(world):
    with pytest.raises(HouseRulesUnsigned):
        await world.mark_days(unsigned(world), ChildId(1), FULL_DAY, ONE_DAY, wanted=True)


async def test_what_was_drafted_before_a_new_version_is_doubted_and_not_processed(world):
    await world.mark(1)
    who = unsigned(world)

    recap = await world.show_recap(who)
    receipt = await world.confirm(who, recap.round, recap.digest)

    assert [line.doubt for line in recap.bookings] == [Reason.UNSIGNED]
    assert [(o.result, o.reason) for o in receipt.outcomes] == [
        (Result.NOT_PROCESSED, Reason.UNSIGNED)
    ]
    assert world.booking(1) is None


async def test_what_is_booked_can_still_be_given_back(world):
    await world.book(1)
    who = unsigned(world)

    await world.mark_days(who, ChildId(1), FULL_DAY, ONE_DAY, wanted=False)
    gone = await world.cancel_booking(who, world.booking(1).id)

    assert gone.state is State.CANCELLED
