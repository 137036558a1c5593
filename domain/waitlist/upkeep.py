"""What waitlists need though nobody asks: places served late, a word to who waits (B16)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from domain.activities.catalogue import Catalogue
from domain.activities.model import ActivityId
from domain.activities.ports import Catalogues
from domain.bookings import rules
from domain.bookings.clashes import clash
from domain.bookings.desk import open_desk
from domain.bookings.model import HOLDING, Booking, Slot, State
from domain.bookings.ports import BookingTx
from domain.clock import Clock
from domain.families.model import ChildId
from domain.notices.model import FamilyNotice, Kind
from domain.work import Transaction

NOBODY: Final = ChildId(0)
AHEAD: Final = timedelta(hours=24)
"""Before a place could no longer be cancelled, who waits is asked whether it still matters."""


@dataclass(frozen=True, slots=True)
class ServeQueues:
    """Give what was free and could not be given when it fell free: a debt was settled since, a
    child's clash is gone, an import brought places. Answers how many queues moved.
    """

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self) -> int:
        catalogue, now = await self.catalogues(), self.clock()
        if not catalogue.structures:  # before the town is imported
            return 0
        today = _today(catalogue, now)
        moved = 0
        for activity, day in await self.bookings.read(lambda tx: tx.queues(today)):
            moved += await self._serve(catalogue, activity, day, now)
        return moved

    async def _serve(
        self, catalogue: Catalogue, activity: ActivityId, day: date, now: datetime
    ) -> bool:
        def work(tx: BookingTx) -> bool:
            desk = open_desk(tx, catalogue, now, slots=[Slot(NOBODY, activity, day)])
            desk.serve()
            changes = desk.changes()
            if changes.changed:
                tx.apply(changes)
            return bool(changes.changed)

        return await self.bookings.write(work)


@dataclass(frozen=True, slots=True)
class RemindWaiting:
    """Ask who waits, once for each place, to leave the queue if the place matters no more: the
    child has another place at these hours, or from tomorrow on a place could not be given back.

    Answers how many were due; the outbox tells each of them once (N7).
    """

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self) -> int:
        catalogue, now = await self.catalogues(), self.clock()
        if not catalogue.structures:
            return 0
        today = _today(catalogue, now)

        def read(tx: BookingTx) -> tuple[Booking, ...]:
            queues = tx.queues(today)
            activities, days = {of for of, _ in queues}, {day for _, day in queues}
            return tx.bookings_around(set(), activities, days) if queues else ()

        due = list(_due(catalogue, await self.bookings.read(read), now))
        if due:
            await self.bookings.write(lambda tx: tx.post_to_families(due))
        return len(due)


def _today(catalogue: Catalogue, now: datetime) -> date:
    return min(structure.today(now) for structure in catalogue.structures.values())


def _due(
    catalogue: Catalogue, bookings: Sequence[Booking], now: datetime
) -> Iterable[FamilyNotice]:
    def whose(booking: Booking) -> tuple[int, date]:
        return booking.slot.child_id, booking.slot.day

    for _, group in groupby(sorted(bookings, key=whose), key=whose):
        day = list(group)
        held = [booking for booking in day if booking.state in HOLDING]
        for booking in day:
            if booking.state is State.WAITLISTED:
                yield from _reminder(catalogue, booking, held, now)


def _reminder(
    catalogue: Catalogue, booking: Booking, held: Sequence[Booking], now: datetime
) -> Iterable[FamilyNotice]:
    limits = catalogue.limits(rules.opening_of(booking))
    if now >= limits.start:
        return
    other = next((one for one in held if clash(catalogue, booking, one)), None)
    if other is not None:
        yield _notice(booking, "clash", now, {"instead": other.slot.activity_id})
    elif now >= limits.cancel - AHEAD:
        yield _notice(booking, "soon", now, {})


def _notice(booking: Booking, why: str, now: datetime, more: Mapping[str, object]) -> FamilyNotice:
    slot = booking.slot
    params = {
        "child": slot.child_id,
        "activity": slot.activity_id,
        "day": slot.day.isoformat(),
        "arrival": f"{booking.arrival:%H:%M}",
        "departure": f"{booking.departure:%H:%M}",
        "booking": booking.id,
        "why": why,
        **more,
    }
    kind = Kind.WAITING_REMINDER
    key = f"{kind}:{slot.activity_id}:{slot.day.isoformat()}:{booking.ticket}:{why}"
    return FamilyNotice(key, booking.family_id, kind, params, now)
