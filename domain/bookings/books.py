"""The books of the desk: places, order of requests, movements and notices of one transaction."""

from collections import Counter, defaultdict
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
        self._slots: defaultdict[date, dict[Slot, None]] = defaultdict(dict)
        for slot in self._bookings:
            self._slots[slot.day][slot] = None
        self._added: dict[Slot, None] = {}  # in order
        self._movements: list[Movement] = []
        self._notices: list[FamilyNotice] = []

    def live(self, slot: Slot) -> Booking | None:
        booking = self._bookings.get(slot)
        return None if booking is None or booking.state is State.CANCELLED else booking

    def all_live(self) -> list[Booking]:
        return [b for b in self._bookings.values() if b.state is not State.CANCELLED]

    def on(self, day: date) -> list[Booking]:
        """In whatever state. Asked for every line of a draft, so not all of the queues at once."""
        return [self._bookings[slot] for slot in self._slots[day]]

    def has_place(self, slot: Slot, group: str | None) -> bool:
        """In every pool that this child draws on (B8)."""
        return all(self._places[key].left != 0 for key in self._keys(slot, group))

    def have_places(self, asked: Iterable[tuple[Slot, str | None]]) -> bool:
        """For all of them at once: each a slot, and the child's age group."""
        needed = Counter(key for slot, group in asked for key in self._keys(slot, group))
        lefts = ((self._places[key].left, count) for key, count in needed.items())
        return all(left is None or left >= count for left, count in lefts)

    def knows(self, booking: Booking) -> bool:
        """A child may wait elsewhere on that day: those places were not read, nor locked."""
        keys = self._keys(booking.slot, booking.group)
        return all(key in self._places for key in keys)

    def places(self, key: PlaceKey) -> Places:
        return self._places[key]

    def set_places(self, places: Places) -> None:
        self._places[places.pool_id, places.day] = places

    def add(self, booking: Booking) -> Booking:
        """A new request, with the ticket that ``take_ticket`` gave for it."""
        if booking.state in HOLDING:
            self._hold(booking, +1)
        self._added[booking.slot] = None
        self._bookings[booking.slot] = booking
        self._slots[booking.slot.day][booking.slot] = None
        self.record(booking, MovementKind.BOOKING, booking.guardian_id)
        return booking

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

    def replace(self, booking: Booking) -> None:
        """What its places do not depend on has changed."""
        self._bookings[booking.slot] = booking

    def take_ticket(self, slot: Slot) -> int:
        """One order of requests for all places that are linked, that day (decision 0012)."""
        linked = self._catalogue.linked_pools(slot.activity_id)
        keys = [(pool, slot.day) for pool in linked if (pool, slot.day) in self._places]
        ticket = max(self._places[key].next_ticket for key in keys)
        for key in keys:
            self._change(self._places[key], taken=self._places[key].taken, next_ticket=ticket + 1)
        return ticket

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

    def notify(self, booking: Booking, kind: Kind, was: State | None = None) -> None:
        """``was``: its state before, where what is told depends on it."""
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
        if was is not None:
            params["was"] = was.value
        if booking.offer_until is not None:
            params["until"] = booking.offer_until.isoformat()
        if booking.reason is not None:
            params["reason"] = booking.reason
        if booking.together is not None:
            params["together"] = True
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
        if by:
            for key in self._keys(booking.slot, booking.group):
                now = self._places[key]
                self._change(now, taken=now.taken + by, next_ticket=now.next_ticket)

    def _change(self, now: Places, *, taken: int, next_ticket: int) -> None:
        # Not `replace`, which takes four times as long: twenty days change forty times.
        changed = Places(now.pool_id, now.day, now.capacity, taken, next_ticket)
        self._places[now.pool_id, now.day] = changed
