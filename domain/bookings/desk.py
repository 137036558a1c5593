"""The town's booking desk for the length of one transaction.

It is given what was read under the locks and is asked to book, cancel, grant or refuse. Every
path into or out of a booking goes through it (decision 3), so the rules of fairness live here
and nowhere else.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from decimal import Decimal

from domain.activities.catalogue import Catalogue
from domain.activities.model import Activity, Opening, PoolId, Waitlist
from domain.bookings import rules
from domain.bookings.books import Books, PlaceKey
from domain.bookings.clashes import Asked, clash
from domain.bookings.model import (
    HOLDING,
    Booking,
    BookingId,
    MovementKind,
    Places,
    Slot,
    State,
)
from domain.bookings.ports import BookingTx, Changes
from domain.families.model import FamilyId, GuardianId
from domain.notices.model import Kind

UNSAVED = BookingId(0)


@dataclass(frozen=True, slots=True)
class Request:
    """One place asked for, with all that the desk does not read by itself."""

    slot: Slot
    opening: Opening
    family_id: FamilyId
    guardian_id: GuardianId
    price: Decimal
    group: str | None


class Desk:
    """Mutable, single use: build, ask, then ``changes()``."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        places: Mapping[PlaceKey, Places],
        bookings: Iterable[Booking],
        now: datetime,
    ) -> None:
        self._catalogue = catalogue
        self._now = now
        self._books = Books(catalogue, places, bookings, now)

    def booking(self, slot: Slot) -> Booking | None:
        """The live booking of this slot, as it is now at the desk."""
        return self._books.live(slot)

    def rank(self, booking: Booking) -> int:
        """Its place in the queue of its activity and day, from 1."""
        return 1 + sum(
            other.state is State.WAITLISTED
            and other.slot.activity_id == booking.slot.activity_id
            and other.order < booking.order
            for other in self._books.on(booking.slot.day)
        )

    def changes(self) -> Changes:
        return self._books.changes()

    # -- what a guardian asks --------------------------------------------------------------
    def request(self, asked: Request) -> Booking | None:
        """Take a place, or a rank in the queue; None when the day is full and has no queue.

        Call ``serve`` first: whoever waits and can be served goes before (B14).
        """
        activity = self._catalogue.activities[asked.slot.activity_id]
        has_place = self._books.has_place(asked.slot, asked.group)
        if not has_place and activity.waitlist is Waitlist.NONE:
            return None
        state = _granted(activity) if has_place else State.WAITLISTED
        return self._books.add(_asked(asked, state, self._books.take_ticket(asked.slot)))

    def request_together(self, asked: Sequence[Request]) -> Sequence[Booking] | None:
        """Places for all of them or one wait for all; each for another child, the same day and
        activity (B16). None when they cannot wait.
        """
        activity = self._catalogue.activities[asked[0].slot.activity_id]
        if self._books.have_places((one.slot, one.group) for one in asked):
            return [booking for one in asked if (booking := self.request(one)) is not None]
        if activity.waitlist is Waitlist.NONE:
            return None
        first: int | None = None
        waiting = []
        for one in asked:
            ticket = self._books.take_ticket(one.slot)
            first = first or ticket
            booking = _asked(one, State.WAITLISTED, ticket)
            waiting.append(self._books.add(replace(booking, together=first)))
        return waiting

    def change_hours(
        self,
        booking: Booking,
        hours: tuple[time, time],
        price: Decimal,
        by: GuardianId,
    ) -> Booking:
        """Its state, its place and its rank stay (B6)."""
        arrival, departure = hours
        changed = replace(booking, arrival=arrival, departure=departure, price=price)
        self._books.replace(changed)
        self._books.record(changed, MovementKind.CHANGE, by)
        return changed

    def cancel(self, booking: Booking, by: GuardianId | None) -> Booking:
        """Always possible here: deadlines are the caller's question."""
        return self._turn(booking, State.CANCELLED, MovementKind.CANCELLATION, by)

    def accept_offer(self, booking: Booking, by: GuardianId) -> Booking:
        activity = self._catalogue.activities[booking.slot.activity_id]
        return self._turn(booking, _granted(activity), MovementKind.PROMOTION, by)

    def clashes(self, slot: Slot, opening: Opening) -> bool:
        """The child holds a place elsewhere at these hours, or where the town excludes it (B10).

        Waiting elsewhere is no clash: a family may wait for one place and take another.
        """
        asked = Asked(slot, opening.arrival, opening.departure)
        return any(
            other.state in HOLDING and clash(self._catalogue, asked, other)
            for other in self._books.on(slot.day)
        )

    # -- what the queue and the town do ----------------------------------------------------
    def serve(self) -> None:
        """Give every free place to the first in line that can use it, in the order of requests.

        A family holds back only what it lacks: with a place in one pool and none in the other it
        waits on, and the place that alone would not help it may serve the next (decision 0016);
        so it is with one place for two siblings who are linked. Whom the town set aside is not in
        line: it is the town's to take up again (decision 0035).
        """
        live = self._books.all_live()
        waiting = [b for b in live if b.state is State.WAITLISTED and self._books.knows(b)]
        waiting = [b for b in waiting if not b.set_aside]
        for group in _in_line(waiting):
            asked = [(booking.slot, booking.group) for booking in group]
            if self._books.have_places(asked) and all(map(self._eligible, group)):
                self._give(group)

    def lapse_offer(self, booking: Booking) -> None:
        """Nobody answered in time: the family leaves the queue and hears so."""
        self._turn(booking, State.CANCELLED, MovementKind.LAPSE, None)
        self._books.notify(booking, Kind.OFFER_LAPSED)

    def approve(self, booking: Booking) -> None:
        """Of one that was set aside, ask ``can_take`` before."""
        said = replace(booking, reason=None)
        done = self._turn(said, State.ACCEPTED, MovementKind.APPROVAL, None)
        self._books.notify(done, Kind.REQUEST_ACCEPTED)

    def set_aside(self, booking: Booking, reason: str) -> None:
        """Out of its place, and into the queue at its own rank, until the town takes it up."""
        explained = replace(booking, reason=reason)
        done = self._turn(explained, State.WAITLISTED, MovementKind.WAITLISTING, None)
        self._books.notify(done, Kind.REQUEST_WAITLISTED)

    def refuse(self, booking: Booking, reason: str) -> None:
        explained = replace(booking, reason=reason)
        done = self._turn(explained, State.REFUSED, MovementKind.REFUSAL, None)
        self._books.notify(done, Kind.REQUEST_REFUSED)

    def can_take(self, booking: Booking) -> bool:
        """There is a place for it, and the child is nowhere else at that time (B10). Of one that
        was set aside, call ``serve`` first: whoever waits in line goes before (B14).
        """
        if booking.state in HOLDING:
            return True
        has_place = self._books.has_place(booking.slot, booking.group)
        return has_place and not self.clashes(booking.slot, rules.opening_of(booking))

    def has_begun(self, booking: Booking) -> bool:
        """Its service: nobody is given a place, nor debited for one, that could not be used."""
        return self._now >= self._catalogue.limits(rules.opening_of(booking)).start

    def close(self, booking: Booking) -> None:
        """The town closed the day (N5)."""
        self._turn(booking, State.CANCELLED, MovementKind.CLOSURE, None)
        self._books.notify(booking, Kind.DAY_CLOSED, was=booking.state)

    def set_capacity(self, key: PlaceKey, capacity: int | None) -> Places:
        """Never below what is taken: the answer says how far it could go."""
        places = self._books.places(key)
        wanted = capacity if capacity is None else max(capacity, places.taken)
        self._books.set_places(replace(places, capacity=wanted))
        return self._books.places(key)

    # -- rules -----------------------------------------------------------------------------
    def _give(self, group: Sequence[Booking]) -> None:
        """Automatic while the family could still cancel it; offered otherwise (B16)."""
        activity = self._catalogue.activities[group[0].slot.activity_id]
        within = [self._catalogue.limits(rules.opening_of(booking)) for booking in group]
        if activity.waitlist is Waitlist.AUTOMATIC and self._now <= min(x.cancel for x in within):
            for booking in group:
                given = self._turn(booking, _granted(activity), MovementKind.PROMOTION, None)
                self._books.notify(given, Kind.PLACE_GIVEN)
            return
        for_a_while = self._now + timedelta(minutes=activity.offer_minutes)
        until = min(for_a_while, *(limits.start for limits in within))
        for booking in group:
            offered = self._books.turn(replace(booking, offer_until=until), State.OFFERED)
            self._books.notify(offered, Kind.PLACE_OFFERED)

    def _eligible(self, booking: Booking) -> bool:
        """Never after the service began, nor where the child has taken another place since, nor
        to a family in debt: it keeps its rank until that is settled (B1).
        """
        if booking.barred:
            return False
        return not (
            self.has_begun(booking) or self.clashes(booking.slot, rules.opening_of(booking))
        )

    def _turn(
        self, booking: Booking, state: State, kind: MovementKind, by: GuardianId | None
    ) -> Booking:
        turned = self._books.turn(booking, state)
        self._books.record(turned, kind, by)
        return turned


def open_desk(
    tx: BookingTx,
    catalogue: Catalogue,
    now: datetime,
    *,
    slots: Collection[Slot],
    also: Sequence[Booking] = (),
) -> Desk:
    """Take the locks that these slots need, in the one order (decision 3), and read under them.

    ``also`` are bookings read under locks already held that the three reads would not bring.
    """
    activities = {slot.activity_id for slot in slots}
    days = {slot.day for slot in slots}
    children = {slot.child_id for slot in slots}
    pools = frozenset[PoolId]().union(*(catalogue.linked_pools(a) for a in activities))
    places = tx.lock_places(pools, days)
    sharing = catalogue.drawing_on(pools)
    tx.lock_children(children, sharing, days)
    return Desk(
        catalogue=catalogue,
        places=places,
        bookings=(*also, *tx.bookings_around(children, sharing, days)),
        now=now,
    )


def _asked(asked: Request, state: State, ticket: int) -> Booking:
    return Booking(
        id=UNSAVED,
        slot=asked.slot,
        family_id=asked.family_id,
        guardian_id=asked.guardian_id,
        state=state,
        ticket=ticket,
        arrival=asked.opening.arrival,
        departure=asked.opening.departure,
        price=asked.price,
        group=asked.group,
    )


def _in_line(waiting: Iterable[Booking]) -> Iterable[Sequence[Booking]]:
    """By the order of requests, siblings who are linked at the rank of their first."""
    groups: dict[object, list[Booking]] = {}
    for booking in sorted(waiting, key=lambda b: (b.slot.day, b.order, b.slot.activity_id)):
        slot = booking.slot
        alone = booking.together is None
        link = slot if alone else (slot.activity_id, slot.day, booking.together)
        groups.setdefault(link, []).append(booking)
    return groups.values()


def _granted(activity: Activity) -> State:
    return State.PENDING if activity.approval else State.ACCEPTED
