"""What the town decides about bookings: answers to requests, closed days, places (B17, N5, S5)."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.activities.catalogue import Catalogue
from domain.activities.model import ActivityId, StructureId, Waitlist
from domain.activities.ports import Catalogues
from domain.audit.model import Actor, Entry
from domain.bookings.books import PlaceKey
from domain.bookings.desk import Desk, open_desk
from domain.bookings.errors import DayOver, NoQueue, NotPending
from domain.bookings.model import Booking, BookingId, Places, Slot, State
from domain.bookings.ports import BookingTx, PendingRequest
from domain.clock import Clock
from domain.errors import NotFound
from domain.families.model import ChildId
from domain.staff.acts import StaffAct
from domain.work import Transaction

NOBODY = ChildId(0)


@dataclass(frozen=True, slots=True)
class ListRequests:
    """What waits for the town's answer, the oldest first (B17). Raises NotFound."""

    bookings: Transaction[BookingTx]
    catalogues: Catalogues

    async def __call__(self, structure: StructureId) -> tuple[PendingRequest, ...]:
        if structure not in (await self.catalogues()).structures:
            raise NotFound
        return await self.bookings.read(lambda tx: tx.pending(structure))


@dataclass(frozen=True, slots=True)
class DecideRequest:
    """Accept a pending request, or refuse it with a reason; a refusal frees its place at once.

    ``by`` is who decides: the log tells it in the same transaction (S1). The same decision
    repeated changes nothing. Raises NotFound, NotPending; DayOver where it would be accepted
    after its service began.
    """

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(
        self, booking_id: BookingId, *, accept: bool, by: str, reason: str = ""
    ) -> None:
        catalogue = await self.catalogues()
        wanted = State.ACCEPTED if accept else State.REFUSED

        def work(tx: BookingTx) -> None:
            named = tx.booking(booking_id)
            if named is None:
                raise NotFound
            now = self.clock()
            desk = open_desk(tx, catalogue, now, slots=[named.slot])
            held = desk.booking(named.slot)
            if held is not None and held.id == booking_id and held.state is wanted:
                return
            if held is None or held.id != booking_id or held.state is not State.PENDING:
                raise NotPending
            if accept and desk.has_begun(held):
                raise DayOver
            if accept:
                desk.approve(held)
            else:
                desk.refuse(held, reason)
                desk.serve()
            tx.apply(desk.changes())
            tx.note(_decided(held, wanted, by, now))

        await self.bookings.write(work)


_DECIDED = {
    State.ACCEPTED: StaffAct.REQUEST_ACCEPTED,
    State.REFUSED: StaffAct.REQUEST_REFUSED,
    State.WAITLISTED: StaffAct.REQUEST_WAITLISTED,
}


def _decided(held: Booking, now_is: State, by: str, at: datetime) -> Entry:
    """Of the booking, not of an account: whoever decided is not told to the family (A12)."""
    return Entry(
        at=at,
        actor=Actor.STAFF,
        what=_DECIDED[now_is],
        details={"booking": held.id, "by": by, "before": held.state.value, "after": now_is.value},
    )


@dataclass(frozen=True, slots=True)
class SetRequestAside:
    """Let a pending request wait, with the town's reason; its place goes on at once (B17).

    ``by`` as in ``DecideRequest``. The same said again changes nothing. Raises NotFound,
    NotPending; NoQueue where the activity has no waitlist; DayOver once its service began.
    """

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, booking_id: BookingId, reason: str, *, by: str) -> None:
        catalogue, now = await self.catalogues(), self.clock()

        def work(tx: BookingTx) -> None:
            named = tx.booking(booking_id)
            if named is None:
                raise NotFound
            desk = open_desk(tx, catalogue, now, slots=[named.slot])
            held = desk.booking(named.slot)
            if held is not None and held.id == booking_id and held.set_aside:
                return
            if held is None or held.id != booking_id or held.state is not State.PENDING:
                raise NotPending
            if catalogue.activities[held.slot.activity_id].waitlist is Waitlist.NONE:
                raise NoQueue
            if desk.has_begun(held):
                raise DayOver
            desk.set_aside(held, reason)
            desk.serve()
            tx.apply(desk.changes())
            tx.note(_decided(held, State.WAITLISTED, by, now))

        await self.bookings.write(work)


def close_day(
    tx: BookingTx, catalogue: Catalogue, activity: ActivityId, day: date, now: datetime
) -> tuple[Booking, ...]:
    """Close one activity on one day: every booking there ends, and every family hears it (N5).

    Inside a unit of work. Answers the bookings that ended; closed again, none. The caller asks
    whether the day is over: what was debited is not undone here. Raises NotFound.
    """
    if activity not in catalogue.activities or tx.opening(activity, day) is None:
        raise NotFound
    # Under the locks nobody else books there, so the holders are all of them.
    tx.lock_places(catalogue.linked_pools(activity), {day})
    holders = ending(tx, activity, day)
    slots = [booking.slot for booking in holders] or [Slot(NOBODY, activity, day)]
    desk = open_desk(tx, catalogue, now, slots=slots, also=holders)
    tx.close_opening(activity, day)
    for booking in holders:
        desk.close(booking)
    desk.serve()
    tx.apply(desk.changes())
    return holders


def ending(tx: BookingTx, activity: ActivityId, day: date) -> tuple[Booking, ...]:
    """What closing the day would end: whoever was refused has nothing there that could."""
    live = tx.holders(activity, day)
    return tuple(booking for booking in live if booking.state is not State.REFUSED)


def set_capacity(
    tx: BookingTx, catalogue: Catalogue, key: PlaceKey, capacity: int | None, now: datetime
) -> Places:
    """Set the places of a pool on a day: more serve the queue, fewer stop at what is taken.

    Inside a unit of work. Answers the places as they are after. Raises NotFound.
    """
    places, desk = desk_at(tx, catalogue, key, capacity, now)
    tx.apply(desk.changes())
    return places


def desk_at(
    tx: BookingTx, catalogue: Catalogue, key: PlaceKey, capacity: int | None, now: datetime
) -> tuple[Places, Desk]:
    """As if the pool had these places: the queue is served, and nothing is written yet."""
    pool, day = key
    drawing = catalogue.drawing_on(frozenset({pool}))
    if not drawing or key not in tx.lock_places({pool}, {day}):
        raise NotFound
    slots = [Slot(NOBODY, activity, day) for activity in sorted(drawing)]
    desk = open_desk(tx, catalogue, now, slots=slots)
    places = desk.set_capacity(key, capacity)
    desk.serve()
    return places, desk
