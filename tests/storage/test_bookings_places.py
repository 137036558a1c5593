"""What is read under the locks, and the lists of the town and of families."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from domain.activities.model import Opening, StructureId
from domain.bookings.filters import Query
from domain.bookings.model import State
from domain.families.model import Enrolment, FamilyId, Guardian, GuardianId
from tests.builders import TOWN, activity
from tests.storage.towns import (
    DAY,
    FIRST,
    LAST,
    NEXT_DAY,
    book,
    cancelled,
    places,
    request,
    slot,
    town,
)

UNTIL = datetime(2026, 11, 24, 9, tzinfo=UTC)


def slots(bookings) -> list[tuple[int, int, object]]:
    return [(b.slot.child_id, b.slot.activity_id, b.slot.day) for b in bookings]


async def test_places_that_are_asked_are_locked_by_day_then_pool_and_no_others(world):
    at = await world(town(activity(1), activity(2), activity(3), days=(NEXT_DAY, DAY), capacity=9))

    read = await at.bookings.write(lambda tx: tx.lock_places({2, 1, 77}, {NEXT_DAY, DAY, LAST}))

    assert read == {
        (pool, day): places(9, 0, pool=pool, day=day) for day in (DAY, NEXT_DAY) for pool in (1, 2)
    }


async def test_bookings_around_are_those_of_the_children_and_of_whoever_waits(world):
    at = await world(town(activity(1), activity(2), activity(3), days=(DAY, NEXT_DAY)))
    await book(
        at,
        request(1),
        request(1, slot=slot(1, DAY, 3), ticket=10),
        request(2, State.WAITLISTED),
        request(2, slot=slot(2, DAY, 2), ticket=20),
        request(3),
        request(1, slot=slot(1, NEXT_DAY)),
    )

    read = await at.bookings.write(lambda tx: tx.bookings_around({1}, {1}, {DAY}))

    assert slots(read) == [(1, 1, DAY), (2, 1, DAY), (1, 3, DAY), (2, 2, DAY)]


async def test_who_waits_for_another_activity_or_day_is_not_around(world):
    at = await world(town(activity(1), activity(2), days=(DAY, NEXT_DAY)))
    await book(
        at,
        request(2, State.WAITLISTED, slot=slot(2, DAY, 2)),
        request(3, State.WAITLISTED, slot=slot(3, NEXT_DAY)),
    )

    read = await at.bookings.write(lambda tx: tx.bookings_around({1}, {1}, {DAY}))

    assert read == ()


async def test_cancelled_bookings_are_not_around(world):
    at = await world(town())
    (first,) = await book(at, request(1))
    await at.bookings.write(lambda tx: tx.apply(cancelled(first)))

    assert await at.bookings.write(lambda tx: tx.bookings_around({1}, {1}, {DAY})) == ()


async def test_nobody_and_nothing_can_be_asked(world):
    at = await world(town())
    await book(at, request(1))

    def work(tx):
        tx.lock_children(set(), {1}, {DAY})
        return tx.lock_places(set(), {DAY}), tx.bookings_around(set(), set(), {DAY})

    assert await at.bookings.write(work) == ({}, ())


async def test_an_offer_lapses_after_its_last_instant_and_not_at_it(world):
    at = await world(town())
    soon = UNTIL + timedelta(seconds=1)
    first, _ = await book(
        at,
        request(1, State.OFFERED, offer_until=UNTIL),
        request(2, State.OFFERED, offer_until=soon),
    )
    await book(at, request(3))

    at_once = await at.bookings.read(lambda tx: tx.lapsed_offers(UNTIL))
    later = await at.bookings.read(lambda tx: tx.lapsed_offers(soon))

    assert at_once == ()
    assert later == (first,)


async def test_holders_are_all_the_live_bookings_of_a_day_by_ticket(world):
    at = await world(town(activity(1), activity(2), children=4, days=(DAY, NEXT_DAY)))
    await book(
        at,
        request(3, ticket=1),
        request(1, State.REFUSED, ticket=3),
        request(2, State.WAITLISTED, ticket=2),
        request(4, State.CANCELLED),
        request(1, slot=slot(1, NEXT_DAY)),
        request(1, slot=slot(1, DAY, 2)),
    )

    read = await at.bookings.read(lambda tx: tx.holders(1, DAY))

    assert [one.slot.child_id for one in read] == [3, 2, 1]


async def test_an_opening_has_the_hours_of_its_own_day(world):
    data = town(days=(DAY,))
    data.open(1, NEXT_DAY, arrival=time(9), departure=time(12))
    at = await world(data)

    usual = await at.bookings.read(lambda tx: tx.opening(1, DAY))
    special = await at.bookings.read(lambda tx: tx.opening(1, NEXT_DAY))
    missing = await at.bookings.read(lambda tx: tx.opening(1, LAST))

    assert usual == Opening(1, DAY, is_open=True, arrival=time(7, 30), departure=time(18))
    assert special == Opening(1, NEXT_DAY, is_open=True, arrival=time(9), departure=time(12))
    assert missing is None


async def test_a_closed_day_keeps_its_row(world):
    at = await world(town(days=(DAY, NEXT_DAY)))

    await at.bookings.write(lambda tx: tx.close_opening(1, DAY))

    assert (await at.bookings.read(lambda tx: tx.opening(1, DAY))).is_open is False
    assert (await at.bookings.read(lambda tx: tx.opening(1, NEXT_DAY))).is_open is True


async def test_a_booking_that_does_not_exist_is_none(world):
    at = await world(town())

    assert await at.bookings.read(lambda tx: tx.booking(404)) is None


async def test_enrolments_are_those_that_touch_the_period(world):
    data = town(children=0)
    data.family(1, guardians=[1], children=[1, 2])
    data.enrol(1, 1, valid_to=FIRST, group="3-5")
    data.enrol(2, 1, valid_from=LAST)
    data.enrol(2, 1, valid_to=FIRST - timedelta(days=1))
    at = await world(data)

    read = await at.bookings.read(lambda tx: tx.enrolments({1, 2}, FIRST, LAST))

    assert [(e.child_id, e.group) for e in read] == [(1, "3-5"), (2, None)]
    assert isinstance(read[0], Enrolment)
    assert read[0].valid_to == FIRST


async def test_wallets_are_the_familys_own_to_the_cent(world):
    data = town()
    data.wallet(2, 1, TOWN, "Ecole de musique", "0.00")
    data.wallet(1, 1, TOWN, "Services Scolaires et ALSH", "-171.80")
    data.wallet(3, 2, TOWN, "Services Scolaires et ALSH", "5.00")
    at = await world(data)

    read = await at.bookings.read(lambda tx: tx.wallets(FamilyId(1)))

    assert [(w.id, w.name, w.balance) for w in read] == [
        (1, "Services Scolaires et ALSH", Decimal("-171.80")),
        (2, "Ecole de musique", Decimal("0.00")),
    ]


async def test_without_a_valid_quotient_it_is_unknown(world):
    data = town()
    data.quotient(1, "400", FIRST, DAY)
    at = await world(data)

    assert await at.bookings.read(lambda tx: tx.quotient(FamilyId(1), DAY)) == Decimal(400)
    assert await at.bookings.read(lambda tx: tx.quotient(FamilyId(1), NEXT_DAY)) is None


async def test_the_follow_up_lists_by_day_activity_and_child_with_ranks(world):
    data = town(activity(1), activity(2), days=(DAY, NEXT_DAY))
    data.child(FamilyId(1), 2)
    at = await world(data)
    await book(
        at,
        request(1, slot=slot(1, NEXT_DAY)),
        request(2, State.WAITLISTED, family_id=FamilyId(1)),
        request(1, slot=slot(1, DAY, 2)),
        request(1, State.REFUSED, ticket=9),
        request(3, State.WAITLISTED, ticket=1),
    )

    page = await at.bookings.read(
        lambda tx: tx.follow_up(FamilyId(1), TOWN, Query(DAY), page=1, per_page=10)
    )

    assert slots(row.booking for row in page.rows) == [
        (1, 1, DAY),
        (2, 1, DAY),
        (1, 2, DAY),
        (1, 1, NEXT_DAY),
    ]
    assert [(row.rank, row.waiting) for row in page.rows] == [
        (None, 2),
        (2, 2),
        (None, 0),
        (None, 0),
    ]
    assert page.accepted_total == Decimal("49.74")


async def test_the_follow_up_of_another_structure_is_another_list(world):
    data = town(activity(1), activity(2))
    at = await world(data)
    await book(at, request(1), request(1, slot=slot(1, DAY, 2)))

    page = await at.bookings.read(
        lambda tx: tx.follow_up(FamilyId(1), StructureId(2), Query(DAY), page=1, per_page=10)
    )

    assert (page.rows, page.accepted_total) == ((), Decimal(0))


async def test_the_follow_up_comes_in_pages_and_the_total_is_of_them_all(world):
    days = [DAY + timedelta(days=n) for n in range(5)]
    at = await world(town(days=days))
    await book(at, *(request(1, slot=slot(1, day)) for day in days))

    def page(number: int):
        return lambda tx: tx.follow_up(FamilyId(1), TOWN, Query(days[1]), page=number, per_page=3)

    first, second = [await at.bookings.read(page(number)) for number in (1, 2)]
    beyond = await at.bookings.read(page(9))

    assert [row.booking.slot.day for row in first.rows] == days[1:4]
    assert [row.booking.slot.day for row in second.rows] == days[4:]
    assert (second.page, second.pages, second.accepted_total) == (2, 2, Decimal("99.48"))
    assert beyond == second


async def test_a_family_without_a_booking_has_one_empty_page(world):
    at = await world(town())

    page = await at.bookings.read(
        lambda tx: tx.follow_up(FamilyId(1), TOWN, Query(DAY), page=1, per_page=10)
    )

    assert (page.rows, page.page, page.pages, page.accepted_total) == ((), 1, 1, Decimal(0))


async def test_a_booking_is_transmitted_once_none_of_its_movements_waits(world):
    at = await world(town())
    (first,) = await book(at, request(1))
    seen = [first.transmitted]

    await at.transmissions.write(lambda tx: tx.claim(TOWN, DAY, UNTIL))

    (after,) = await at.bookings.read(lambda tx: tx.holders(1, DAY))
    assert [*seen, after.transmitted] == [False, True]
    assert after == replace(first, transmitted=True)


async def test_the_guardians_of_a_family_are_known_by_first_name(world):
    data = town()
    data.guardian(Guardian(GuardianId(9), FamilyId(1), "M.", "Samir", "DUPONT"))
    at = await world(data)

    found = await at.bookings.read(lambda tx: tx.guardians(FamilyId(1)))

    assert found == {1: "Anne1", 9: "Samir"}


async def test_what_waits_for_the_towns_answer_is_listed_the_oldest_first(world):
    at = await world(town())
    await book(at, request(2, State.PENDING), request(3, State.ACCEPTED))
    await book(at, request(1, State.PENDING, ticket=9))

    found = await at.bookings.read(lambda tx: tx.pending(TOWN))
    elsewhere = await at.bookings.read(lambda tx: tx.pending(StructureId(2)))

    assert [(one.booking.slot.child_id, one.child.id) for one in found] == [(2, 2), (1, 1)]
    assert all(one.booking.state is State.PENDING for one in found)
    assert elsewhere == ()
