"""What must be true of the bookings that the demo opens with."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

from domain.bookings.model import HOLDING, MovementKind, State
from domain.calendar.nights import business_date

ONE_DAY = timedelta(days=1)


def taken_is_what_is_held(assembled):
    catalogue = assembled.town.catalogue
    held = Counter(
        (pool, booking.slot.day)
        for booking in assembled.ledger.bookings
        if booking.state in HOLDING
        for pool in catalogue.pools(booking.slot.activity_id, booking.group)
    )
    for places in assembled.ledger.places:
        assert places.taken == held.pop((places.pool_id, places.day), 0)
        assert places.capacity is None or places.taken <= places.capacity
    assert not held


def no_child_is_in_two_places(assembled):
    held = [b for b in assembled.ledger.bookings if b.state in HOLDING]
    by_child = {}
    for booking in held:
        by_child.setdefault((booking.slot.child_id, booking.slot.day), []).append(booking)
    for bookings in by_child.values():
        bookings.sort(key=lambda b: b.arrival)
        for earlier, later in pairwise(bookings):
            assert earlier.departure <= later.arrival


def tickets_are_one_order(assembled):
    places = {(p.pool_id, p.day): p for p in assembled.ledger.places}
    seen = set()
    for booking in assembled.ledger.bookings:
        pools = assembled.town.catalogue.linked_pools(booking.slot.activity_id)
        for pool in pools:
            key = pool, booking.slot.day
            assert booking.ticket < places[key].next_ticket if key in places else True
        one = min(pools), booking.slot.day, booking.ticket
        assert one not in seen
        seen.add(one)


def who_waits_lacks_a_place(assembled):
    places = {(p.pool_id, p.day): p for p in assembled.ledger.places}
    for booking in assembled.ledger.bookings:
        if booking.state is State.WAITLISTED:
            pools = assembled.town.catalogue.pools(booking.slot.activity_id, booking.group)
            assert any(places[pool, booking.slot.day].left == 0 for pool in pools)


def every_request_was_in_time_and_is_told_once(assembled, now):
    ledger, catalogue = assembled.ledger, assembled.town.catalogue
    asked = Counter()
    for night in ledger.nights:
        changes = ledger.changes(night)
        assert [b.slot for b in changes.added] == list(
            dict.fromkeys(b.slot for b in changes.added)
        )
        for movement in changes.movements:
            assert movement.at <= now
            assert night == business_date(movement.at) + ONE_DAY
            if movement.kind is MovementKind.BOOKING:
                opening = assembled.town.opening(_key(assembled, movement), movement.slot.day)
                assert movement.at <= catalogue.limits(opening).book
                asked[movement.slot] += 1
    assert asked == Counter(b.slot for b in ledger.bookings)


def _key(assembled, movement):
    numbers = assembled.town.activities
    return next(key for key, number in numbers.items() if number == movement.slot.activity_id)
