"""What happens when one transaction waits for another (PostgreSQL; SQLite has a single writer).

Each test holds the first open, sees the second wait in the server, and only then lets go.
"""

from dataclasses import replace

from domain.bookings.model import DraftId, MovementKind, State, Wish
from domain.bookings.ports import Changes
from storage.bookings import SqlBookings
from storage.reports import SqlTransmissions
from tests.builders import TOWN
from tests.storage.test_bookings_drafts import outcome, receipt
from tests.storage.towns import (
    DAY,
    NEXT_DAY,
    NOW,
    book,
    cancelled,
    line,
    places,
    request,
    requested,
    town,
)

DRAFT = DraftId(1)


def facts(connection):
    return SqlBookings(connection).draft_facts(DRAFT, lock=True)


def apply(changes: Changes):
    return lambda connection: SqlBookings(connection).apply(changes)


def put(*lines):
    return lambda connection: SqlBookings(connection).put_lines(DRAFT, lines, NOW)


def claim(connection):
    return SqlTransmissions(connection).claim(TOWN, NOW.date(), NOW)


async def told(at) -> list[MovementKind]:
    """In all the nights up to one more."""
    last = await at.transmissions.write(lambda tx: tx.claim(TOWN, DAY, NOW))
    found = []
    for number in range(1, last.id + 1):
        found += await at.transmissions.read(lambda tx, n=number: tx.contents(n).movements)
    return [one.movement.kind for one in found]


async def test_a_second_press_reads_the_round_that_the_first_one_ended(postgresql_world, rivals):
    data = town()
    data.line(1, 1, line(1), NOW)
    await postgresql_world(data)

    async with rivals.transaction() as first:
        await first.run_sync(facts)
        await first.run_sync(apply(Changes(receipt=receipt(outcome(1)))))
        second = await rivals.behind(first, facts)

    assert second.draft.round == 2


async def test_a_tap_during_a_confirmation_is_kept_for_the_next_round(postgresql_world, rivals):
    data = town(days=(DAY, NEXT_DAY))
    data.line(1, 1, line(1), NOW)
    at = await postgresql_world(data)

    async with rivals.transaction() as first:
        await first.run_sync(facts)
        await first.run_sync(apply(Changes(receipt=receipt(outcome(1)))))
        await rivals.behind(first, put(line(1, NEXT_DAY)))

    read = await at.bookings.read(lambda tx: tx.draft_facts(DRAFT, lock=False))
    assert (read.draft.round, read.draft.lines) == (2, (line(1, NEXT_DAY),))


async def test_a_confirmation_that_waited_for_a_tap_does_not_swallow_it(postgresql_world, rivals):
    """It may have read the lines as they were before: it ends those that it answers, no others."""
    data = town(days=(DAY, NEXT_DAY))
    data.line(1, 1, line(1), NOW)
    at = await postgresql_world(data)

    def confirm(connection) -> None:
        read = facts(connection)
        answered = [outcome(1) for one in read.draft.lines if one == line(1)]
        SqlBookings(connection).apply(Changes(receipt=receipt(*answered)))

    async with rivals.transaction() as first:
        await first.run_sync(put(line(1, NEXT_DAY), line(2, DAY, Wish.CANCEL)))
        await rivals.behind(first, confirm)

    read = await at.bookings.read(lambda tx: tx.draft_facts(DRAFT, lock=False))
    assert read.draft.lines == (line(2, DAY, Wish.CANCEL), line(1, NEXT_DAY))


async def test_places_are_read_as_the_one_before_left_them(postgresql_world, rivals):
    await postgresql_world(town(capacity=1))

    def lock(connection):
        return SqlBookings(connection).lock_places({1}, {DAY})

    async with rivals.transaction() as first:
        await first.run_sync(lock)
        taken = replace(requested(request(1)), places=[places(1, 1, next_ticket=2)])
        await first.run_sync(apply(taken))
        second = await rivals.behind(first, lock)

    assert second == {(1, DAY): places(1, 1, next_ticket=2)}


async def test_a_child_that_waits_is_locked_with_those_who_ask(postgresql_world, rivals):
    """Its other bookings decide whether it can be served, so they must not change meanwhile."""
    at = await postgresql_world(town())
    await book(at, request(2, State.WAITLISTED))

    def lock(child):
        return lambda connection: SqlBookings(connection).lock_children({child}, {1}, {DAY})

    async with rivals.transaction() as first:
        await first.run_sync(lock(1))
        await rivals.behind(first, lock(2))


async def test_a_request_that_the_night_takes_just_before_it_is_cancelled_is_told_with_its_end(
    postgresql_world, rivals
):
    at = await postgresql_world(town())
    (first_booking,) = await book(at, request(1))

    async with rivals.transaction() as night:
        await night.run_sync(claim)
        await rivals.behind(night, apply(cancelled(first_booking)))

    assert await told(at) == [MovementKind.BOOKING, MovementKind.CANCELLATION]


async def test_a_request_cancelled_just_before_the_night_takes_it_is_told_to_nobody(
    postgresql_world, rivals
):
    at = await postgresql_world(town())
    (first_booking,) = await book(at, request(1))

    async with rivals.transaction() as parent:
        await parent.run_sync(apply(cancelled(first_booking)))
        night = await rivals.behind(parent, claim)

    assert night.movements == 0
    assert await told(at) == []


async def test_two_nights_at_once_are_one(postgresql_world, rivals):
    at = await postgresql_world(town())
    await book(at, request(1))

    async with rivals.transaction() as first:
        opened = await first.run_sync(claim)
        second = await rivals.behind(first, claim)

    assert second == opened
    assert opened.movements == 1


async def test_a_draft_in_somebodys_hands_is_not_stale(postgresql_world, rivals):
    data = town()
    data.line(1, 1, line(1), NOW)
    data.line(2, 1, line(2), NOW)
    at = await postgresql_world(data)

    async with rivals.transaction() as first:
        await first.run_sync(facts)
        stale = await at.bookings.write(lambda tx: tx.stale_drafts(TOWN, NOW.replace(hour=10)))

    assert [draft.id for draft in stale] == [2]
