"""What a unit of work writes: all of it together, and not what the tables refuse."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from domain.bookings.errors import StaleRecap
from domain.bookings.model import MovementKind, State
from domain.bookings.ports import Changes
from domain.notices.model import Channel, FamilyNotice, Kind
from domain.reports.model import Reported
from tests.builders import TOWN
from tests.storage.towns import (
    DAY,
    NEXT_DAY,
    NOW,
    book,
    cancelled,
    moved,
    places,
    request,
    requested,
    slot,
    town,
)

NIGHT = NOW.date()
UNTIL = datetime(2026, 11, 24, 9, tzinfo=UTC)


async def apply(at, changes: Changes) -> None:
    await at.bookings.write(lambda tx: tx.apply(changes))


async def holders(at):
    return await at.bookings.read(lambda tx: tx.holders(1, DAY))


async def transmitted(at, night=NIGHT) -> list[Reported]:
    done = await at.transmissions.write(lambda tx: tx.claim(TOWN, night, NOW))
    return list(await at.transmissions.read(lambda tx: tx.contents(done.id).movements))


async def kinds(at, night=NIGHT) -> list[MovementKind]:
    return [told.movement.kind for told in await transmitted(at, night)]


async def test_what_was_added_is_read_back_the_same(world):
    at = await world(town())
    asked = request(1, group="6-12", arrival=time(8), reason="Allergie")

    (written,) = await book(at, asked)

    assert written == replace(asked, id=written.id)
    assert await at.bookings.read(lambda tx: tx.booking(written.id)) == written


async def test_places_are_written_as_they_are_after(world):
    at = await world(town(capacity=4, days=(DAY, NEXT_DAY)))

    await apply(at, Changes(places=[places(5, 2, next_ticket=3)]))

    read = await at.bookings.write(lambda tx: tx.lock_places({1}, {DAY, NEXT_DAY}))
    assert read == {
        (1, DAY): places(5, 2, next_ticket=3),
        (1, NEXT_DAY): places(4, 0, day=NEXT_DAY),
    }


async def test_a_changed_booking_takes_its_state_its_offer_its_reason_and_its_hours(world):
    at = await world(town())
    first, second = await book(
        at, request(1, State.WAITLISTED), request(2, State.OFFERED, offer_until=UNTIL)
    )
    offered = replace(first, state=State.OFFERED, offer_until=UNTIL, arrival=time(9))
    refused = replace(second, state=State.REFUSED, offer_until=None, reason="Complet")

    await apply(at, Changes(changed=[offered, refused]))

    assert await holders(at) == (offered, refused)


async def test_more_than_the_places_is_refused_and_nothing_of_it_is_kept(world):
    at = await world(town(capacity=1))

    with pytest.raises(Exception, match=r"taken|Places"):
        await apply(at, replace(requested(request(1)), places=[places(1, 2)]))

    assert await holders(at) == ()
    assert await transmitted(at) == []


async def test_a_child_is_not_booked_twice_for_a_slot(world):
    at = await world(town())
    await book(at, request(1))

    with pytest.raises(Exception, match=r"booking|Booking"):
        await apply(at, requested(request(1, ticket=2)))

    assert len(await holders(at)) == 1


async def test_a_cancelled_slot_can_be_booked_again(world):
    at = await world(town())
    (first,) = await book(at, request(1))
    await apply(at, cancelled(first))

    await apply(at, requested(request(1, ticket=2)))

    assert [one.ticket for one in await holders(at)] == [2]


async def test_a_ticket_is_given_once(world):
    at = await world(town())
    await book(at, request(1, ticket=7))

    with pytest.raises(Exception, match=r"booking|Booking"):
        await apply(at, requested(request(2, ticket=7)))


async def test_a_slot_is_not_left_and_taken_in_one_unit(sql_world):
    at = await sql_world(town())
    (first,) = await book(at, request(1))
    both = replace(cancelled(first), added=[request(1, ticket=2)])

    with pytest.raises(ValueError, match="at once"):
        await apply(at, both)


async def test_nobody_is_booked_on_a_day_that_was_closed_meanwhile(world):
    at = await world(town())
    await at.bookings.write(lambda tx: tx.close_opening(1, DAY))

    with pytest.raises(StaleRecap):
        await apply(at, replace(requested(request(1)), places=[places(None, 1)]))

    assert await holders(at) == ()


async def test_a_booking_that_does_not_exist_cannot_be_changed(sql_world):
    at = await sql_world(town())

    with pytest.raises(LookupError):
        await apply(at, Changes(changed=[replace(request(1), id=404)]))


async def test_a_request_cancelled_before_the_night_is_heard_of_by_nobody(world):
    at = await world(town())
    first, second = await book(at, request(1), request(2))

    await apply(at, cancelled(first))

    told = await transmitted(at)
    assert [one.movement for one in told] == [moved(second)]


async def test_a_request_cancelled_after_the_night_is_transmitted_with_its_end(world):
    at = await world(town())
    (first,) = await book(at, request(1))
    await transmitted(at)

    await apply(at, cancelled(first))

    assert await kinds(at, NIGHT + timedelta(days=1)) == [MovementKind.CANCELLATION]


async def test_a_promotion_that_nobody_heard_of_is_erased_but_the_cancellation_is_told(world):
    at = await world(town())
    (waiting,) = await book(at, request(1, State.WAITLISTED))
    await transmitted(at)
    given = replace(waiting, state=State.ACCEPTED)
    await apply(at, Changes(changed=[given], movements=[moved(given, MovementKind.PROMOTION)]))

    await apply(at, cancelled(given))

    assert await kinds(at, NIGHT + timedelta(days=1)) == [MovementKind.CANCELLATION]


async def test_what_the_town_ends_is_always_told(world):
    at = await world(town())
    (first,) = await book(at, request(1))

    await apply(at, cancelled(first, MovementKind.CLOSURE))

    assert await kinds(at) == [MovementKind.BOOKING, MovementKind.CLOSURE]


async def test_a_cancellation_erases_nothing_of_another_booking(world):
    at = await world(town(days=(DAY, NEXT_DAY)))
    here, there = await book(at, request(1), request(1, slot=slot(1, NEXT_DAY)))

    await apply(at, cancelled(here))

    told = await transmitted(at)
    assert [one.movement.slot.day for one in told] == [there.slot.day]


async def test_many_changes_at_once_keep_the_order_of_request(world):
    days = [DAY + timedelta(days=n) for n in range(20)]
    at = await world(town(days=days, capacity=3))
    asked = [request(1, slot=slot(1, day), ticket=1) for day in days]
    counters = [places(3, 1, day=day, next_ticket=2) for day in days]

    await apply(at, replace(requested(*asked), places=counters))

    told = await transmitted(at)
    assert [one.movement.slot.day for one in told] == days
    read = await at.bookings.write(lambda tx: tx.lock_places({1}, set(days)))
    assert list(read.values()) == counters


async def test_a_familys_notice_goes_to_each_guardian_with_the_same_change(world):
    data = town()
    data.family(4, guardians=[41, 42])
    at = await world(data)
    notice = FamilyNotice("given:1", 4, Kind.PLACE_GIVEN, {"day": "2026-12-02"}, NOW)

    await apply(at, Changes(notices=[notice, notice]))

    due = await at.outbox.write(lambda tx: tx.claim(NOW, limit=10, lease_until=UNTIL))
    # Neither has ever connected: nothing is queued for a chat that is not there.
    assert [(one.notice.guardian_id, one.notice.channel) for one in due] == [
        (41, Channel.MAIL),
        (42, Channel.MAIL),
    ]
    assert {one.notice.params["day"] for one in due} == {"2026-12-02"}


async def test_a_failed_unit_leaves_nothing_behind(world):
    at = await world(town())

    def work(tx) -> None:
        tx.apply(requested(request(1)))
        raise KeyError

    with pytest.raises(KeyError):
        await at.bookings.write(work)

    assert await holders(at) == ()


async def test_twenty_days_are_applied_in_few_statements(sql_world):
    days = [DAY + timedelta(days=n) for n in range(20)]
    at = await sql_world(town(days=days, capacity=3))
    asked = [request(1, slot=slot(1, day), ticket=1) for day in days]
    changes = replace(requested(*asked), places=[places(3, 1, day=day) for day in days])
    at.statements.clear()

    await apply(at, changes)

    # One round trip on PostgreSQL; a statement a table on SQLite, where a trip costs nothing.
    assert len(at.statements) in {1, 3}


async def test_a_request_may_be_promoted_and_later_approved(world):
    at = await world(town())
    (waiting,) = await book(at, request(1, State.WAITLISTED))

    for state, kind in (
        (State.PENDING, MovementKind.PROMOTION),
        (State.ACCEPTED, MovementKind.APPROVAL),
    ):
        granted = replace(waiting, state=state)
        await apply(at, Changes(changed=[granted], movements=[moved(granted, kind)]))

    assert [told.movement.state for told in await transmitted(at)] == [
        State.WAITLISTED,
        State.PENDING,
        State.ACCEPTED,
    ]


async def test_a_movement_is_written_once(world):
    at = await world(town())
    (first,) = await book(at, request(1))

    with pytest.raises(Exception, match=r"movement|Movement"):
        await apply(at, Changes(movements=[moved(first)]))
