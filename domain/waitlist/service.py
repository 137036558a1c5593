"""Offered places: taken, left, or lapsed and passed on (B16)."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime

from domain.accounts.model import Identity
from domain.activities.catalogue import Catalogue
from domain.activities.ports import Catalogues
from domain.bookings.desk import Desk, open_desk
from domain.bookings.errors import NotWaiting, OfferGone
from domain.bookings.following import own_booking
from domain.bookings.gates import check_may_book
from domain.bookings.model import HOLDING, Booking, BookingId, Slot, State
from domain.bookings.ports import BookingTx
from domain.clock import Clock
from domain.work import Transaction


@dataclass(frozen=True, slots=True)
class AnswerOffer:
    """Take the offered place, or leave it to the next in line; for linked siblings all at once.

    Said twice, the same answer stands. Raises NotFound, OfferGone; for taking it FamilyInDebt and
    HouseRulesUnsigned, and then the offer stays until its time.
    """

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, who: Identity, booking_id: BookingId, *, accept: bool) -> Booking:
        catalogue = await self.catalogues(who.catalogue_version)
        now = self.clock()

        def work(tx: BookingTx) -> Booking:
            named = own_booking(tx, who, booking_id)
            slots = {named.slot, *(booking.slot for booking in tx.linked(named))}
            desk = open_desk(tx, catalogue, now, slots=slots)
            held = desk.booking(named.slot)
            if held is None or held.id != booking_id:
                return _answered(own_booking(tx, who, booking_id), accept=accept)
            if held.state is not State.OFFERED:
                return _answered(held, accept=accept)
            if held.offer_until is None or now > held.offer_until:
                raise OfferGone
            offered = _offered_with(held, desk, slots)
            if accept:  # what is refused for now may still be taken, once settled, in time
                for booking in offered:
                    check_may_book(who, booking.slot.child_id)
            answered = [_answer(desk, who, booking, accept=accept) for booking in offered]
            if not accept:
                desk.serve()
            tx.apply(desk.changes())
            return answered[0]

        return await self.bookings.write(work)


def _offered_with(held: Booking, desk: Desk, slots: Set[Slot]) -> list[Booking]:
    """This one first, then those of its siblings that wait for the same answer."""
    others = [desk.booking(slot) for slot in sorted(slots - {held.slot}, key=lambda s: s.child_id)]
    return [held, *(one for one in others if one is not None and one.state is State.OFFERED)]


def _answer(desk: Desk, who: Identity, held: Booking, *, accept: bool) -> Booking:
    if accept:
        return desk.accept_offer(held, who.guardian.id)
    return desk.cancel(held, who.guardian.id)


def _answered(booking: Booking, *, accept: bool) -> Booking:
    """An answer given before, perhaps by the other guardian: the same stands, another is late."""
    if accept is (booking.state in HOLDING) and booking.state is not State.WAITLISTED:
        return booking
    raise OfferGone


@dataclass(frozen=True, slots=True)
class LeaveQueue:
    """Leave a queue; never gives back a place that was given meanwhile. Twice is once.

    Raises NotFound, NotWaiting.
    """

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, who: Identity, booking_id: BookingId) -> Booking:
        catalogue = await self.catalogues(who.catalogue_version)

        def work(tx: BookingTx) -> Booking:
            named = own_booking(tx, who, booking_id)
            if named.state is State.CANCELLED:
                return named
            desk = open_desk(tx, catalogue, self.clock(), slots=[named.slot])
            held = desk.booking(named.slot)
            if held is None or held.id != booking_id or held.state is not State.WAITLISTED:
                raise NotWaiting
            gone = desk.cancel(held, who.guardian.id)
            desk.serve()  # a sibling who was linked to it may now do with one place
            tx.apply(desk.changes())
            return gone

        return await self.bookings.write(work)


@dataclass(frozen=True, slots=True)
class LapseOffers:
    """Pass on the places that nobody answered for. Answers how many offers lapsed."""

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self) -> int:
        now = self.clock()
        lapsed = await self.bookings.read(lambda tx: tx.lapsed_offers(now))
        if not lapsed:
            return 0
        catalogue = await self.catalogues()
        done = 0
        for booking in lapsed:
            done += await self._lapse(booking, catalogue, now)
        return done

    async def _lapse(self, booking: Booking, catalogue: Catalogue, now: datetime) -> bool:
        def work(tx: BookingTx) -> bool:
            desk = open_desk(tx, catalogue, now, slots=[booking.slot])
            held = desk.booking(booking.slot)
            if held is None or held.id != booking.id or not _is_lapsed(held, now):
                return False
            desk.lapse_offer(held)
            desk.serve()
            tx.apply(desk.changes())
            return True

        return await self.bookings.write(work)


def _is_lapsed(booking: Booking, now: datetime) -> bool:
    return (
        booking.state is State.OFFERED
        and booking.offer_until is not None
        and now > booking.offer_until
    )
