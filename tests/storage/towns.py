"""Towns and wishes that the storage tests share. Days are in December, weekdays do not matter."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

from domain.activities.model import ActivityId, PoolId
from domain.bookings.model import (
    Booking,
    BookingId,
    DraftLine,
    Movement,
    MovementKind,
    Places,
    Slot,
    State,
    Wish,
)
from domain.bookings.ports import Changes
from domain.families.model import ChildId, FamilyId, GuardianId
from tests.builders import TOWN, activity, catalogue
from tests.fakes.data import TownData

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
DAY, NEXT_DAY = date(2026, 12, 2), date(2026, 12, 3)


def town(*activities, children: int = 3, days: Iterable[date] = (DAY,), capacity=None) -> TownData:
    """As many families of one guardian and one child, all of the same number, all enrolled."""
    data = TownData(catalogue(*(activities or (activity(1),))))
    for number in range(1, children + 1):
        data.family(number, guardians=[number], children=[number])
        for one in data.catalogue.activities:
            data.enrol(number, one)
    for one in data.catalogue.activities.values():
        data.open(one.id, *days)
        for draw in one.draws:
            data.capacity(draw.pool_id, *days, capacity=capacity)
    return data


def slot(child: int, day: date = DAY, of: int = 1) -> Slot:
    return Slot(ChildId(child), ActivityId(of), day)


def line(child: int, day: date = DAY, wish: Wish = Wish.BOOK, of: int = 1) -> DraftLine:
    return DraftLine(slot(child, day, of), wish, time(7, 30), time(18))


def request(
    child: int, state: State = State.ACCEPTED, *, ticket: int | None = None, **changed
) -> Booking:
    """A new booking; its ticket is the child's number unless told otherwise."""
    made = Booking(
        id=BookingId(0),
        slot=slot(child),
        family_id=FamilyId(child),
        guardian_id=GuardianId(child),
        state=state,
        ticket=ticket or child,
        arrival=time(7, 30),
        departure=time(18),
        price=Decimal("24.87"),
    )
    return replace(made, **changed)


def moved(booking: Booking, kind: MovementKind = MovementKind.BOOKING) -> Movement:
    return Movement(
        slot=booking.slot,
        ticket=booking.ticket,
        kind=kind,
        family_id=booking.family_id,
        guardian_id=booking.guardian_id,
        structure_id=TOWN,
        at=NOW,
        state=booking.state,
        arrival=booking.arrival,
        departure=booking.departure,
        price=booking.price,
    )


def requested(*bookings: Booking) -> Changes:
    return Changes(added=bookings, movements=[moved(booking) for booking in bookings])


def cancelled(booking: Booking, kind: MovementKind = MovementKind.CANCELLATION) -> Changes:
    gone = replace(booking, state=State.CANCELLED, offer_until=None)
    return Changes(changed=[gone], movements=[moved(gone, kind)])


def places(
    capacity: int | None, taken: int, *, pool: int = 1, day: date = DAY, next_ticket: int = 1
) -> Places:
    return Places(PoolId(pool), day, capacity, taken, next_ticket)


async def book(at, *bookings: Booking) -> tuple[Booking, ...]:
    """Written, and read back in the order of tickets, with their numbers."""
    await at.bookings.write(lambda tx: tx.apply(requested(*bookings)))
    asked = {booking.slot for booking in bookings}

    def written(tx) -> list[Booking]:
        found = []
        for there in {(one.activity_id, one.day) for one in asked}:
            found += tx.holders(*there)
        return found

    found = await at.bookings.read(written)
    mine = (booking for booking in found if booking.slot in asked)
    return tuple(sorted(mine, key=lambda b: (b.slot.day, b.ticket)))
