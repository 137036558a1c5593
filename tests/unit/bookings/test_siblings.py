"""Siblings who are linked get places together or wait together (B16)."""

import pytest

from domain.activities.model import Waitlist
from domain.bookings.errors import NotWaiting, StaleRecap
from domain.bookings.model import Reason, Result, State
from domain.notices.model import Channel, Kind
from tests.builders import DAY, FULL_DAY, activity
from tests.unit.bookings.conftest import World, build_world

LEA, TOM = 2, 12


def family_of_two(world: World) -> World:
    """Family 2 has two children; there are two places."""
    data = world.town.data
    data.family(2, children=[LEA, TOM])
    for about in data.catalogue.activities:
        data.enrol(TOM, about)
    return world


@pytest.fixture
def pair() -> World:
    return family_of_two(build_world(activity(), capacity=2))


@pytest.fixture
def offering() -> World:
    return family_of_two(
        build_world(activity(waitlist=Waitlist.OFFERED, offer_minutes=60), capacity=2)
    )


def states(world: World) -> list[State | None]:
    found = (world.booking(2, child=child) for child in (LEA, TOM))
    return [booking and booking.state for booking in found]


async def test_the_recap_asks_only_where_two_children_ask_for_the_same(pair):
    await pair.mark(2, child=LEA)
    alone = await pair.show_recap(pair.who(2))
    await pair.mark(2, child=TOM)
    both = await pair.show_recap(pair.who(2))

    assert (alone.together, both.together) == (None, False)


async def test_what_was_linked_after_the_recap_is_read_again_first(pair):
    await pair.mark(2, child=LEA)
    await pair.mark(2, child=TOM)
    recap = await pair.show_recap(pair.who(2))
    await pair.link_siblings(pair.who(2), wanted=True)

    with pytest.raises(StaleRecap):
        await pair.confirm(pair.who(2), recap.round, recap.digest)


async def test_with_places_for_both_both_are_in(pair):
    receipt = await pair.book_together(2, LEA, TOM)

    assert [outcome.result for outcome in receipt.outcomes] == [Result.ACCEPTED] * 2
    assert states(pair) == [State.ACCEPTED] * 2


async def test_with_one_place_both_wait_and_the_recap_had_said_so(pair):
    await pair.book(1)
    for child in (LEA, TOM):
        await pair.mark(2, child=child)
    await pair.link_siblings(pair.who(2), wanted=True)
    recap = await pair.show_recap(pair.who(2))
    receipt = await pair.validate(2)

    assert [line.full for line in recap.bookings] == [True, True]
    assert [outcome.result for outcome in receipt.outcomes] == [Result.WAITLISTED] * 2
    assert [outcome.rank for outcome in receipt.outcomes] == [1, 2]


async def test_unlinked_one_gets_the_place_and_one_waits(pair):
    await pair.book(1)
    for child in (LEA, TOM):
        await pair.mark(2, child=child)

    await pair.validate(2)

    assert sorted(map(str, states(pair))) == ["accepted", "waitlisted"]


async def test_one_freed_place_serves_the_next_two_serve_both(pair):
    await pair.book(1)
    await pair.book(3)
    await pair.book_together(2, LEA, TOM)
    await pair.cancel_booking(pair.who(1), pair.booking(1).id)
    with_one = states(pair)
    await pair.cancel_booking(pair.who(3), pair.booking(3).id)

    assert with_one == [State.WAITLISTED] * 2
    assert states(pair) == [State.ACCEPTED] * 2


async def test_a_place_that_would_not_do_for_both_goes_to_the_next_in_line(pair):
    for family in (1, 3):
        await pair.book(family)
    await pair.book_together(2, LEA, TOM)
    await pair.book(4)

    await pair.cancel_booking(pair.who(1), pair.booking(1).id)

    assert states(pair) == [State.WAITLISTED] * 2
    assert pair.booking(4).state is State.ACCEPTED


async def test_without_a_waitlist_it_is_both_or_none(world):
    world = family_of_two(build_world(activity(waitlist=Waitlist.NONE), capacity=2))
    await world.book(1)

    receipt = await world.book_together(2, LEA, TOM)

    assert [outcome.reason for outcome in receipt.outcomes] == [Reason.FULL] * 2
    assert states(world) == [None, None]


async def test_who_cannot_be_asked_for_keeps_the_other_out_and_the_reason_is_told(pair):
    for child in (LEA, TOM):
        await pair.mark(2, child=child)
    enrolments = pair.town.data.enrolments
    pair.town.data.enrolments = [e for e in enrolments if e.child_id != TOM]
    await pair.link_siblings(pair.who(2), wanted=True)

    receipt = await pair.validate(2)

    assert [outcome.reason for outcome in receipt.outcomes] == [
        Reason.TOGETHER,
        Reason.NOT_ENROLLED,
    ]


@pytest.mark.parametrize("accept", [True, False])
async def test_one_answer_is_for_both_and_said_again_by_the_other_button_it_stands(
    offering, accept
):
    for family in (1, 3):
        await offering.book(family)
    await offering.book_together(2, LEA, TOM)
    ids = [offering.booking(2, child=child).id for child in (LEA, TOM)]
    for family in (1, 3):
        await offering.cancel_booking(offering.who(family), offering.booking(family).id)
    offered = states(offering)

    for booking in ids:
        await offering.answer_offer(offering.who(2), booking, accept=accept)

    assert offered == [State.OFFERED] * 2
    assert states(offering) == ([State.ACCEPTED] * 2 if accept else [None, None])


async def test_both_notices_say_that_the_answer_is_for_all(offering):
    for family in (1, 3):
        await offering.book(family)
    await offering.book_together(2, LEA, TOM)
    for family in (1, 3):
        await offering.cancel_booking(offering.who(family), offering.booking(family).id)

    told = [
        notice.params["together"]
        for notice in offering.town.notices
        if notice.kind is Kind.PLACE_OFFERED and notice.channel is Channel.MAIL
    ]
    assert told == [True, True]


async def test_silence_loses_both(offering):
    for family in (1, 3):
        await offering.book(family)
    await offering.book_together(2, LEA, TOM)
    for family in (1, 3):
        await offering.cancel_booking(offering.who(family), offering.booking(family).id)
    offering.pass_by(minutes=61)

    await offering.lapse_offers()

    assert states(offering) == [None, None]


async def test_who_leaves_the_queue_leaves_the_other_in_line_alone(pair):
    for family in (1, 3):
        await pair.book(family)
    await pair.book_together(2, LEA, TOM)
    await pair.leave_queue(pair.who(2), pair.booking(2, child=LEA).id)

    await pair.cancel_booking(pair.who(1), pair.booking(1).id)

    assert states(pair) == [None, State.ACCEPTED]


async def test_the_link_ends_with_the_draft(pair):
    await pair.book_together(2, LEA, TOM)

    assert pair.town.data.drafts[pair.who(2).draft_id].together is False


async def test_a_given_place_is_not_left_by_the_button_of_the_queue(pair):
    for family in (1, 3):
        await pair.book(family)
    await pair.book(2)
    waiting = pair.booking(2).id
    await pair.cancel_booking(pair.who(1), pair.booking(1).id)

    with pytest.raises(NotWaiting):
        await pair.leave_queue(pair.who(2), waiting)

    assert pair.booking(2).state is State.ACCEPTED


async def test_a_queue_is_left_once_for_all(pair):
    for family in (1, 3):
        await pair.book(family)
    await pair.book(2)
    waiting = pair.booking(2).id

    for _ in range(2):
        await pair.leave_queue(pair.who(2), waiting)

    assert pair.booking(2) is None
    assert pair.town.data.bookings[waiting].slot.day == DAY
    assert pair.town.data.bookings[waiting].slot.activity_id == FULL_DAY
