"""The whole ``BookingTx`` in memory, with the refusals that the real tables would give."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime

from domain.activities.model import ActivityId, Opening, PoolId, StructureId
from domain.bookings.errors import StaleRecap
from domain.bookings.model import (
    Booking,
    BookingId,
    Movement,
    MovementKind,
    Places,
    Receipt,
    State,
    Wish,
)
from domain.bookings.ports import Changes, PendingRequest
from domain.families.model import ChildId
from domain.notices.model import FamilyNotice, Notice
from tests.fakes.audit import FakeAuditLog
from tests.fakes.data import StoredMovement
from tests.fakes.drafts import FakeDrafts, by_day
from tests.fakes.outbox import FakeOutbox


class Refused(Exception):
    """What a constraint of the database would not let through."""


class FakeBookings(FakeDrafts, FakeAuditLog):
    # -- places --------------------------------------------------------------------------------
    def lock_places(
        self, pools: Set[PoolId], days: Set[date]
    ) -> Mapping[tuple[PoolId, date], Places]:
        found = self.data.places
        return {key: found[key] for key in found if key[0] in pools and key[1] in days}

    def lock_children(
        self, children: Set[ChildId], activities: Set[ActivityId], days: Set[date]
    ) -> None:
        """One at a time here: nothing to lock."""

    def bookings_around(
        self, children: Set[ChildId], activities: Set[ActivityId], days: Set[date]
    ) -> tuple[Booking, ...]:
        there = [b for b in self.data.live() if b.slot.day in days]
        waiting = {
            b.slot.child_id
            for b in there
            if b.state is State.WAITLISTED and b.slot.activity_id in activities
        }
        found = _by_ticket(b for b in there if b.slot.child_id in children | waiting)
        return tuple(replace(b, barred=self._is_barred(b)) for b in found)

    def _is_barred(self, booking: Booking) -> bool:
        structure = self.data.catalogue.activities[booking.slot.activity_id].structure_id
        return booking.state is State.WAITLISTED and any(
            wallet.balance < self.data.debt_threshold
            for wallet in self.data.wallets.values()
            if (wallet.family_id, wallet.structure_id) == (booking.family_id, structure)
        )

    def linked(self, booking: Booking) -> tuple[Booking, ...]:
        def link(of: Booking) -> tuple[object, ...]:
            return of.slot.activity_id, of.slot.day, of.together

        if booking.together is None:
            return ()
        return _by_ticket(b for b in self.data.live() if link(b) == link(booking))

    def booking(self, booking: BookingId) -> Booking | None:
        found = self.data.bookings.get(booking)
        return found and self.data.with_transmission(found)

    def pending(self, structure: StructureId) -> tuple[PendingRequest, ...]:
        waiting = [
            b
            for b in self.data.live()
            if b.state is State.PENDING
            and self.data.catalogue.activities[b.slot.activity_id].structure_id == structure
        ]
        return tuple(
            PendingRequest(self.data.with_transmission(b), self.data.children[b.slot.child_id])
            for b in sorted(waiting, key=lambda b: b.id)
        )

    def queues(self, since: date) -> tuple[tuple[ActivityId, date], ...]:
        waiting = {
            (b.slot.day, b.slot.activity_id)
            for b in self.data.live()
            if b.state is State.WAITLISTED and b.slot.day >= since
        }
        return tuple((activity, day) for day, activity in sorted(waiting))

    def lapsed_offers(self, now: datetime) -> tuple[Booking, ...]:
        return _by_ticket(
            b
            for b in self.data.live()
            if b.state is State.OFFERED and b.offer_until is not None and b.offer_until < now
        )

    def holders(self, activity: ActivityId, day: date) -> tuple[Booking, ...]:
        return _by_ticket(
            b for b in self.data.live() if (b.slot.activity_id, b.slot.day) == (activity, day)
        )

    def opening(self, activity: ActivityId, day: date) -> Opening | None:
        return self.data.openings.get((activity, day))

    def close_opening(self, activity: ActivityId, day: date) -> None:
        key = activity, day
        if key in self.data.openings:
            self.data.openings[key] = replace(self.data.openings[key], is_open=False)

    def post_to_families(self, notices: Sequence[FamilyNotice]) -> None:
        FakeOutbox(self.data).post_to_families(notices)

    def post(self, notices: Sequence[Notice]) -> None:
        FakeOutbox(self.data).post(notices)

    # -- apply ---------------------------------------------------------------------------------
    def apply(self, changes: Changes) -> None:
        for places in changes.places:
            self._write_places(places)
        for booking in changes.changed:
            self._change(booking)
        for booking in changes.added:
            self._add(booking)
        self._write_movements(changes.movements)
        FakeOutbox(self.data).post_to_families(changes.notices)
        if changes.receipt is not None:
            self._end_round(changes.receipt)

    def _write_places(self, places: Places) -> None:
        over = places.capacity is not None and places.taken > places.capacity
        if over or places.taken < 0 or (places.pool_id, places.day) not in self.data.places:
            raise Refused(places)
        self.data.places[places.pool_id, places.day] = places

    def _change(self, booking: Booking) -> None:
        stored = self.data.bookings.get(booking.id)
        if stored is None or (stored.slot, stored.ticket) != (booking.slot, booking.ticket):
            raise Refused(booking)
        _check_offer(booking)
        self.data.bookings[booking.id] = replace(
            stored,
            state=booking.state,
            offer_until=booking.offer_until,
            reason=booking.reason,
            arrival=booking.arrival,
            departure=booking.departure,
            price=booking.price,
        )

    def _add(self, booking: Booking) -> None:
        _check_offer(booking)
        opening = self.opening(booking.slot.activity_id, booking.slot.day)
        if opening is None or not opening.is_open:
            raise StaleRecap(slot=booking.slot)  # closed while the recap was being read
        ticket = booking.slot.activity_id, booking.slot.day, booking.ticket
        if any(ticket == _ticket(other) for other in self.data.bookings.values()):
            raise Refused(booking)
        if any(other.slot == booking.slot for other in self.data.live()):
            raise Refused(booking)
        key = BookingId(max(self.data.bookings, default=0) + 1)
        self.data.bookings[key] = replace(booking, id=key, transmitted=False)

    def _write_movements(self, movements: Sequence[Movement]) -> None:
        cancelled = {
            (m.slot.activity_id, m.slot.day, m.ticket)
            for m in movements
            if m.kind is MovementKind.CANCELLATION
        }
        unheard = self._erase(cancelled)
        for movement in movements:
            key = len(self.data.movements) + 1
            stored = StoredMovement(key, movement)
            if any(_once(stored) == _once(other) for other in self.data.movements.values()) and (
                movement.kind is not MovementKind.CHANGE
            ):
                raise Refused(movement)
            if movement.kind is MovementKind.CANCELLATION and stored.ticket in unheard:
                stored = replace(stored, void=True)
            self.data.movements[key] = stored

    def _erase(self, tickets: Set[tuple[ActivityId, date, int]]) -> set[object]:
        """Void what waits of these bookings; answer those whose very request was among it."""
        gone = [m for m in self.data.movements.values() if m.awaits_night and m.ticket in tickets]
        for stored in gone:
            self.data.movements[stored.id] = replace(stored, void=True)
        return {m.ticket for m in gone if m.movement.kind is MovementKind.BOOKING}

    def _end_round(self, receipt: Receipt) -> None:
        draft = self.data.drafts[receipt.draft_id]
        if draft.round != receipt.round:
            raise StaleRecap(draft=receipt.draft_id)
        self.data.receipts[receipt.draft_id, receipt.round] = receipt
        self.data.drafts[draft.id] = replace(draft, round=draft.round + 1, together=False)
        answered = {(outcome.slot, outcome.wish) for outcome in receipt.outcomes}
        for (of, slot), (line, _) in list(self.data.lines.items()):
            if of == draft.id and (line.wish is Wish.KEEP or (slot, line.wish) in answered):
                del self.data.lines[of, slot]


def _by_ticket(bookings: Iterable[Booking]) -> tuple[Booking, ...]:
    return tuple(sorted(bookings, key=lambda b: (b.slot.day, b.ticket, *by_day(b.slot))))


def _ticket(booking: Booking) -> tuple[ActivityId, date, int]:
    return booking.slot.activity_id, booking.slot.day, booking.ticket


def _once(stored: StoredMovement) -> tuple[object, ...]:
    return *stored.ticket, stored.movement.kind, stored.movement.state


def _check_offer(booking: Booking) -> None:
    if (booking.state is State.OFFERED) != (booking.offer_until is not None):
        raise Refused(booking)
