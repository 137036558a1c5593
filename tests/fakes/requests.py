"""Requests that wait for the town's answer, in memory."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal

from domain.activities.model import ActivityId, PoolId, StructureId
from domain.bookings.model import Booking, BookingId, MovementKind, Places, State
from domain.requests.model import Asked, Pile, Query, Request, RequestPage
from tests.fakes.audit import FakeAuditLog
from tests.fakes.bookings import FakeBookings


class FakeRequests(FakeBookings, FakeAuditLog):
    def requests(
        self, structure: StructureId, query: Query, *, page: int, per_page: int
    ) -> RequestPage:
        found = self.gathered(structure, query, len(self.data.bookings))
        pages = max(1, -(-len(found) // per_page))
        shown = min(max(page, 1), pages)
        rows = found[(shown - 1) * per_page : shown * per_page]
        return RequestPage(query, rows, shown, pages, len(found))

    def gathered(self, structure: StructureId, query: Query, most: int) -> tuple[Request, ...]:
        found = (b for b in self._here(structure) if _pile(b) is query.pile)
        return self._told(b for b in found if _is_asked(b, query))[:most]

    def numbered(
        self, structure: StructureId, numbers: Collection[BookingId]
    ) -> tuple[Request, ...]:
        return self._told(b for b in self._here(structure) if b.id in numbers)

    def asked(self, structure: StructureId, number: BookingId) -> Asked | None:
        found = self.numbered(structure, {number})
        if not found or _pile(found[0].booking) is None:
            return None
        of = found[0].booking
        alike = [
            b
            for b in self._here(structure)
            if _pile(b) is _pile(of) and b.slot.activity_id == of.slot.activity_id
        ]
        there = [b for b in self.data.live() if b.slot.day == of.slot.day]
        return Asked(
            request=found[0],
            at=next(
                m.movement.at
                for m in self.data.movements.values()
                if m.movement.kind is MovementKind.BOOKING
                and m.ticket == (of.slot.activity_id, of.slot.day, of.ticket)
            ),
            by=self._by(of),
            in_debt=any(
                w.balance < Decimal(self.data.debt_threshold)
                for w in self.data.wallets.values()
                if (w.family_id, w.structure_id) == (of.family_id, structure)
            ),
            waiting=sum(
                b.state is State.WAITLISTED and b.slot.activity_id == of.slot.activity_id
                for b in there
            ),
            like_day=sum(b.slot.day == of.slot.day for b in alike),
            like_child=sum(b.slot.child_id == of.slot.child_id for b in alike),
        )

    def piles(self, structure: StructureId) -> Mapping[tuple[Pile, ActivityId], int]:
        return Counter(
            (pile, b.slot.activity_id)
            for b in self._here(structure)
            if (pile := _pile(b)) is not None
        )

    def places(self, pools: Collection[PoolId], day: date) -> tuple[Places, ...]:
        return tuple(
            p for (pool, on), p in self.data.places.items() if pool in pools and on == day
        )

    def _by(self, booking: Booking) -> str | None:
        if booking.guardian_id is None:
            return None
        who = self.data.guardians[booking.guardian_id]
        return " ".join(name for name in (who.civility, who.last_name, who.first_name) if name)

    def _here(self, structure: StructureId) -> list[Booking]:
        activities = self.data.catalogue.activities
        return [
            b
            for _, b in sorted(self.data.bookings.items())
            if activities[b.slot.activity_id].structure_id == structure
        ]

    def _told(self, bookings: Iterable[Booking]) -> tuple[Request, ...]:
        return tuple(
            Request(self.data.with_transmission(b), self.data.children[b.slot.child_id])
            for b in bookings
        )


def _pile(booking: Booking) -> Pile | None:
    if booking.state is State.PENDING:
        return Pile.NEW
    return Pile.ASIDE if booking.set_aside else None


def _is_asked(booking: Booking, query: Query) -> bool:
    slot = booking.slot
    return (
        query.activity in {None, slot.activity_id}
        and query.day in {None, slot.day}
        and query.child in {None, slot.child_id}
    )
