"""Asks for places at the real booking desk, one request after the other, and keeps the result.

So what the demo opens with is what the rules themselves would have made of these requests.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.sample.offer import Key
from bot.sample.register import Town
from bot.sample.residents import Resident
from domain.activities.model import PoolId
from domain.bookings.desk import Desk, Request
from domain.bookings.model import Booking, Movement, Places, Slot, State
from domain.bookings.ports import Changes
from domain.bookings.pricing import price_of
from domain.calendar.model import PARIS
from domain.calendar.nights import next_night
from domain.families.model import FamilyId

PlaceKey = tuple[PoolId, date]


@dataclass(slots=True)
class _Day:
    """What one day holds so far."""

    places: dict[PlaceKey, Places] = field(default_factory=dict)
    bookings: dict[Slot, Booking] = field(default_factory=dict)


@dataclass(slots=True)
class _Night:
    """What one night will hear of; ``slots`` in the order of requests."""

    places: set[PlaceKey] = field(default_factory=set)
    slots: dict[Slot, None] = field(default_factory=dict)
    movements: list[Movement] = field(default_factory=list)


def night_of(at: datetime) -> date:
    """The night that hears of a request made at that instant."""
    return next_night(at).astimezone(PARIS).date()


class Ledger:
    """Every booking is told to one night: none is changed after it."""

    def __init__(self, town: Town, places: Iterable[Places], closed: Iterable[tuple[Key, date]]):
        self._town = town
        self._closed = frozenset(closed)
        self._open = {key: frozenset(days) for key, days in town.days.items()}
        self._days: defaultdict[date, _Day] = defaultdict(_Day)
        self._nights: defaultdict[date, _Night] = defaultdict(_Night)
        for one in places:
            self._days[one.day].places[one.pool_id, one.day] = one

    # -- asking ----------------------------------------------------------------------------
    def ask(
        self, resident: Resident, key: Key, day: date, at: datetime, *, wait: bool = False
    ) -> State | None:
        """None when refused at the door: closed, not enrolled, elsewhere already, or no place
        and no wish to ``wait``.
        """
        slot = Slot(resident.child_id, self._town.activities[key], day)
        if not self._may_ask(resident, key, slot):
            return None
        desk = self._desk(slot, at)
        opening = self._town.opening(key, day)
        if desk.clashes(slot, opening) or not (wait or self.left(key, day, resident)):
            return None
        booking = desk.request(self._request(resident, key, slot))
        self._keep(desk.changes(), day, at)
        return booking.state if booking else None

    def refuse(self, resident: Resident, key: Key, day: date, at: datetime) -> None:
        """The town's answer to a request of the same night (B17)."""
        slot = Slot(resident.child_id, self._town.activities[key], day)
        desk = self._desk(slot, at)
        desk.refuse(self._days[day].bookings[slot], "Groupe complet ce samedi")
        self._keep(desk.changes(), day, at)

    # -- looking ---------------------------------------------------------------------------
    def left(self, key: Key, day: date, resident: Resident) -> int:
        """Places left to this child; a large number where nothing limits."""
        pools = self._town.catalogue.pools(self._town.activities[key], resident.group)
        lefts = (self._days[day].places[pool, day].left for pool in pools)
        return min((left for left in lefts if left is not None), default=1000)

    def waiting(self, key: Key, day: date) -> frozenset[FamilyId]:
        """The families in that queue."""
        activity = self._town.activities[key]
        queued = (b for b in self._days[day].bookings.values() if b.state is State.WAITLISTED)
        return frozenset(b.family_id for b in queued if b.slot.activity_id == activity)

    def changes(self, night: date) -> Changes:
        """As ``apply`` wants them. Nobody is notified: that was long ago."""
        kept = self._nights[night]
        bookings = [self._days[slot.day].bookings[slot] for slot in kept.slots]
        return Changes(
            places=[self._days[key[1]].places[key] for key in sorted(kept.places)],
            added=bookings,
            movements=kept.movements,
        )

    @property
    def nights(self) -> list[date]:
        return sorted(self._nights)

    @property
    def places(self) -> list[Places]:
        return [places for day in self._days.values() for places in day.places.values()]

    @property
    def bookings(self) -> list[Booking]:
        return [booking for day in self._days.values() for booking in day.bookings.values()]

    # -- keeping ---------------------------------------------------------------------------
    def _may_ask(self, resident: Resident, key: Key, slot: Slot) -> bool:
        is_open = slot.day in self._open[key] and (key, slot.day) not in self._closed
        is_new = slot not in self._days[slot.day].bookings
        return is_open and is_new and resident.is_enrolled(key)

    def _desk(self, slot: Slot, at: datetime) -> Desk:
        """With the child's own bookings only: nobody is served, so no other is looked at."""
        held = self._days[slot.day]
        own = [b for b in held.bookings.values() if b.slot.child_id == slot.child_id]
        return Desk(catalogue=self._town.catalogue, places=held.places, bookings=own, now=at)

    def _request(self, resident: Resident, key: Key, slot: Slot) -> Request:
        activity = self._town.activity(key)
        structure = self._town.catalogue.structure_of(activity.id)
        hours = activity.arrival, activity.departure
        price, _ = price_of(activity, structure, slot.day, hours, resident.quotient)
        return Request(
            slot=slot,
            opening=self._town.opening(key, slot.day),
            family_id=resident.family_id,
            guardian_id=resident.guardian_id,
            price=price,
            group=resident.group,
        )

    def _keep(self, changes: Changes, day: date, at: datetime) -> None:
        held, kept = self._days[day], self._nights[night_of(at)]
        for booking in (*changes.added, *changes.changed):
            held.bookings[booking.slot] = booking
            kept.slots[booking.slot] = None
        for places in changes.places:
            held.places[places.pool_id, places.day] = places
            kept.places.add((places.pool_id, places.day))
        kept.movements += changes.movements
