"""The follow-up list, and cancelling from it (F2, B15, B16)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.accounts.model import Identity
from domain.activities.catalogue import Catalogue
from domain.activities.ports import Catalogues
from domain.bookings.desk import open_desk
from domain.bookings.errors import NotCancellable
from domain.bookings.filters import Filters
from domain.bookings.judging import Judge
from domain.bookings.model import Booking, BookingId, State
from domain.bookings.ports import BookingTx, FollowUpPage, FollowUpRow
from domain.bookings.views import FollowUpLine, FollowUpView
from domain.clock import Clock
from domain.errors import NotFound
from domain.families.model import GuardianId
from domain.work import Transaction

ROWS_PER_PAGE = 10


@dataclass(frozen=True, slots=True)
class ShowFollowUp:
    """What is booked, waited for or refused, as this guardian filters it, a page at a time."""

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock
    per_page: int = ROWS_PER_PAGE

    async def __call__(self, who: Identity, page: int) -> FollowUpView:
        catalogue = await self.catalogues(who.catalogue_version)
        now = self.clock()
        today = catalogue.structures[who.structure_id].today(now)
        family = who.guardian.family_id

        def read(tx: BookingTx) -> tuple[Filters, FollowUpPage, Mapping[GuardianId, str]]:
            filters = tx.filters(who.draft_id)
            found = tx.follow_up(
                family,
                who.structure_id,
                filters.query(today),
                page=page,
                per_page=self.per_page,
            )
            return filters, found, tx.guardians(family)

        filters, found, guardians = await self.bookings.read(read)
        judge = Judge(catalogue, family, now)
        names = guardians if len(guardians) > 1 else {}
        lines = (_line(who, judge, row, names) for row in found.rows)
        return FollowUpView(
            lines=tuple(line for line in lines if line is not None),
            page=found.page,
            pages=found.pages,
            accepted_total=found.accepted_total,
            filters=filters,
            today=today,
            count=found.count,
        )


def _line(
    who: Identity, judge: Judge, row: FollowUpRow, names: Mapping[GuardianId, str]
) -> FollowUpLine | None:
    booking = row.booking
    child = who.child(booking.slot.child_id)
    if child is None:
        return None
    accepted = booking.state is State.ACCEPTED
    return FollowUpLine(
        booking=booking,
        child=child,
        activity=judge.catalogue.activities[booking.slot.activity_id],
        rank=row.rank,
        waiting=row.waiting,
        can_cancel=judge.cancellation(booking) is None,
        cancel_limit=judge.cancel_limit(booking) if accepted else None,
        asked_by=None if booking.guardian_id is None else names.get(booking.guardian_id),
        absent=row.absent,
    )


@dataclass(frozen=True, slots=True)
class ShowFilters:
    """What this guardian wants to see in this structure (F1)."""

    bookings: Transaction[BookingTx]

    async def __call__(self, who: Identity) -> Filters:
        return await self.bookings.read(lambda tx: tx.filters(who.draft_id))


@dataclass(frozen=True, slots=True)
class ChangeFilters:
    """Kept for this guardian and structure, on every device (F1). Answers what they have become.

    Raises NotFound for what is not theirs to see.
    """

    bookings: Transaction[BookingTx]
    catalogues: Catalogues

    async def __call__(self, who: Identity, change: Callable[[Filters], Filters]) -> Filters:
        catalogue = await self.catalogues(who.catalogue_version)

        def work(tx: BookingTx) -> Filters:
            wanted = change(tx.filters(who.draft_id))
            if wanted.child is not None and who.child(wanted.child) is None:
                raise NotFound
            if wanted.activity is not None:
                activity = catalogue.activities.get(wanted.activity)
                if activity is None or activity.structure_id != who.structure_id:
                    raise NotFound
            tx.put_filters(who.draft_id, wanted)
            return wanted

        return await self.bookings.write(work)


@dataclass(frozen=True, slots=True)
class CancelBooking:
    """Cancel a booking, or leave a queue, with one tap; the place goes on at once (B15).

    Raises NotFound, NotCancellable. Asked again, it answers the same.
    """

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, who: Identity, booking_id: BookingId) -> Booking:
        catalogue = await self.catalogues(who.catalogue_version)
        now = self.clock()
        return await self.bookings.write(lambda tx: _cancel(tx, who, catalogue, booking_id, now))


def _cancel(
    tx: BookingTx, who: Identity, catalogue: Catalogue, booking_id: BookingId, now: datetime
) -> Booking:
    named = own_booking(tx, who, booking_id)
    if named.state is State.CANCELLED:
        return named
    desk = open_desk(tx, catalogue, now, slots=[named.slot])
    held = desk.booking(named.slot)
    if held is None or held.id != booking_id:
        return own_booking(tx, who, booking_id)
    refusal = Judge(catalogue, who.guardian.family_id, now).cancellation(held)
    if refusal is not None:
        raise NotCancellable(limit=refusal.limit)
    gone = desk.cancel(held, who.guardian.id)
    desk.serve()
    tx.apply(desk.changes())
    return gone


def own_booking(tx: BookingTx, who: Identity, booking_id: BookingId) -> Booking:
    """Raises NotFound for another family's booking as for one that does not exist."""
    booking = tx.booking(booking_id)
    if booking is None or booking.family_id != who.guardian.family_id:
        raise NotFound
    return booking
