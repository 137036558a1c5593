"""The books of the desk: places, order of requests, movements and notices of one transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.activities.catalogue import Catalogue
from domain.activities.model import PoolId
from domain.bookings.model import HOLDING, Booking, Movement, MovementKind, Places, Slot, State
from domain.bookings.ports import Changes
from domain.families.model import GuardianId
from domain.notices.model import FamilyNotice, Kind

PlaceKey = tuple[PoolId, date]


@dataclass(frozen=True, slots=True)
class AsRead:
    """What the locks protect, as it was read."""

    places: Mapping[PlaceKey, Places]
    bookings: Mapping[Slot, Booking]


class Books:
    """Mutable, single use. Keeps counters and records in step; decides nothing."""

    def __init__(
        self,
        catalogue: Catalogue,
        places: Mapping[PlaceKey, Places],
        bookings: Iterable[Booking],
        now: datetime,
    ) -> None:
        self._catalogue = catalogue
        self._now = now
        self._read = AsRead(dict(places), {b.slot: b for b in bookings})
        self._places = dict(self._read.places)
        self._bookings = dict(self._read.bookings)
        self._added: dict[Slot, None] = {}  # in order
        self._movements: list[Movement] = []
        self._notices: list[FamilyNotice] = []

    def live(self, slot: Slot) -> Booking | None:
        booking = self._bookings.get(slot)
        return None if booking is None or booking.state is State.CANCELLED else booking

    def all_live(self) -> list[Booking]:
        return [b for b in self._bookings.values() if b.state is not State.CANCELLED]

    def has_place(self, slot: Slot, group: str | None) -> bool:
        """In every pool that this child draws on (B8)."""
        return all(self._places[key].left != 0 for key in self._keys(slot, group))

    def places(self, key: PlaceKey) -> Places:
        return self._places[key]

    def set_places(self, places: Places) -> None:
        self._places[places.pool_id, places.day] = places

    def add(self, booking: Booking) -> Booking:
        """A new request, with the next ticket of its queue."""
        ticketed = replace(booking, ticket=self._next_ticket(booking.slot))
        if ticketed.state in HOLDING:
            self._hold(ticketed, +1)
        self._added[ticketed.slot] = None
        self._bookings[ticketed.slot] = ticketed
        self.record(ticketed, MovementKind.BOOKING, ticketed.guardian_id)
        return ticketed

    def turn(self, booking: Booking, state: State) -> Booking:
        """Change a booking's state; its places follow."""
        self._hold(booking, (state in HOLDING) - (booking.state in HOLDING))
        turned = replace(
            booking,
            state=state,
            offer_until=booking.offer_until if state is State.OFFERED else None,
        )
        self._bookings[booking.slot] = turned
        return turned

    def record(self, booking: Booking, kind: MovementKind, by: GuardianId | None) -> None:
        activity = self._catalogue.activities[booking.slot.activity_id]
        self._movements.append(
            Movement(
                slot=booking.slot,
                ticket=booking.ticket,
                kind=kind,
                family_id=booking.family_id,
                guardian_id=by,
                structure_id=activity.structure_id,
                at=self._now,
                state=booking.state,
                arrival=booking.arrival,
                departure=booking.departure,
                price=booking.price,
            )
        )

    def notify(self, booking: Booking, kind: Kind) -> None:
        slot = booking.slot
        params: dict[str, object] = {
            "child": slot.child_id,
            "activity": slot.activity_id,
            "day": slot.day.isoformat(),
            "arrival": f"{booking.arrival:%H:%M}",
            "departure": f"{booking.departure:%H:%M}",
            "booking": booking.id,
            "ticket": booking.ticket,
        }
        if booking.offer_until is not None:
            params["until"] = booking.offer_until.isoformat()
        if booking.reason is not None:
            params["reason"] = booking.reason
        key = f"{kind}:{slot.activity_id}:{slot.day.isoformat()}:{booking.ticket}"
        self._notices.append(FamilyNotice(key, booking.family_id, kind, params, self._now))

    def changes(self) -> Changes:
        """The difference between what was read and what stands now."""
        return Changes(
            places=[p for key, p in self._places.items() if p != self._read.places[key]],
            added=[self._bookings[slot] for slot in self._added],
            changed=[
                self._bookings[slot]
                for slot, read in self._read.bookings.items()
                if slot not in self._added and self._bookings[slot] != read
            ],
            movements=self._movements,
            notices=self._notices,
        )

    def _keys(self, slot: Slot, group: str | None) -> list[PlaceKey]:
        return [(pool, slot.day) for pool in self._catalogue.pools(slot.activity_id, group)]

    def _hold(self, booking: Booking, by: int) -> None:
        for key in self._keys(booking.slot, booking.group):
            places = self._places[key]
            self._places[key] = replace(places, taken=places.taken + by)

    def _next_ticket(self, slot: Slot) -> int:
        """One order of requests for all places that are linked, that day (decision 0012)."""
        linked = self._catalogue.linked_pools(slot.activity_id)
        keys = [(pool, slot.day) for pool in linked if (pool, slot.day) in self._places]
        ticket = max(self._places[key].next_ticket for key in keys)
        for key in keys:
            self._places[key] = replace(self._places[key], next_ticket=ticket + 1)
        return ticket
