"""What an agent changes: a day's places, a closed day, somebody's rank (S5).

Each says what it would do first; what is confirmed is what was shown, or nothing is done.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from domain.activities.catalogue import Catalogue
from domain.activities.model import Activity, ActivityId, PoolId
from domain.activities.ports import Catalogues
from domain.audit.model import Entry
from domain.bookings.desk import open_desk
from domain.bookings.model import HOLDING, Booking, State
from domain.bookings.town import close_day, desk_at, ending, set_capacity
from domain.clock import Clock
from domain.errors import NotFound
from domain.places import rules
from domain.places.errors import Changed, NotInLine
from domain.places.model import CapacityPreview, ClosingPreview, DayCounts, MoveAsked, PoolDay
from domain.places.ports import PlacesTx
from domain.places.reading import theirs
from domain.staff.acts import StaffAct, noted
from domain.staff.model import Right, StaffIdentity
from domain.work import Transaction

UNLIMITED = "unlimited"


@dataclass(frozen=True, slots=True)
class _Scene:
    catalogue: Catalogue
    activity: Activity
    day: date
    now: datetime


@dataclass(frozen=True, slots=True)
class _Acting:
    places: Transaction[PlacesTx]
    catalogues: Catalogues
    clock: Clock

    async def _scene(
        self, member: StaffIdentity, right: Right, activity: ActivityId, day: date
    ) -> _Scene:
        """Raises NotAllowed, NotFound, DayOver."""
        member.check(right, member.structure_id)
        catalogue, now = await self.catalogues(member.catalogue_version), self.clock()
        of = theirs(catalogue, member, activity)
        rules.check_not_over(day, now, catalogue.structures[of.structure_id].zone)
        return _Scene(catalogue, of, day, now)


@dataclass(frozen=True, slots=True)
class PreviewCapacity(_Acting):
    """What would happen, and nothing happens."""

    async def __call__(
        self,
        member: StaffIdentity,
        activity: ActivityId,
        day: date,
        pool: PoolId,
        capacity: int | None,
    ) -> CapacityPreview:
        at = await self._scene(member, Right.CHANGE_PLACES, activity, day)

        def work(tx: PlacesTx) -> CapacityPreview:
            now_there = _pool(tx, at, pool)
            after, desk = desk_at(tx, at.catalogue, (pool, day), capacity, at.now)
            served = [one for one in desk.changes().changed if one.state in HOLDING]
            families = len({one.family_id for one in served})
            return CapacityPreview(at.activity, now_there, capacity, after, len(served), families)

        # Under the locks of whoever writes, so that it is true at one instant.
        return await self.places.write(work)


@dataclass(frozen=True, slots=True)
class SetCapacity(_Acting):
    """``before``: the capacity that the preview was of. Set already, nothing happens.

    Raises Changed, NotFound, DayOver.
    """

    async def __call__(
        self,
        member: StaffIdentity,
        activity: ActivityId,
        day: date,
        pool: PoolId,
        capacity: int | None,
        *,
        before: int | None,
    ) -> None:
        at = await self._scene(member, Right.CHANGE_PLACES, activity, day)

        def work(tx: PlacesTx) -> None:
            tx.lock_places({pool}, {day})
            now_there = _pool(tx, at, pool).places.capacity
            if now_there == capacity:
                return
            if now_there != before:
                raise Changed
            after = set_capacity(tx, at.catalogue, (pool, day), capacity, at.now).capacity
            if after == now_there:
                return
            told = _told(now_there), _told(after)
            changed = StaffAct.CAPACITY_CHANGED
            tx.note(_entry(member, changed, at, before=told[0], after=told[1], pool=pool))

        await self.places.write(work)


@dataclass(frozen=True, slots=True)
class PreviewClosing(_Acting):
    async def __call__(
        self, member: StaffIdentity, activity: ActivityId, day: date
    ) -> ClosingPreview:
        at = await self._scene(member, Right.CHANGE_PLACES, activity, day)

        def work(tx: PlacesTx) -> ClosingPreview:
            _counts(tx, at)
            holders = ending(tx, activity, day)
            held = [one for one in holders if one.state in HOLDING]
            return ClosingPreview(
                at.activity,
                day,
                bookings=len(holders),
                held=len(held),
                families=len({one.family_id for one in holders}),
                refund=sum((one.price for one in held), Decimal(0)),
            )

        return await self.places.read(work)


@dataclass(frozen=True, slots=True)
class CloseActivityDay(_Acting):
    """``bookings``: how many the preview said would end. Closed already, nothing happens.

    Answers how many ended. Raises Changed, NotFound, DayOver.
    """

    async def __call__(
        self, member: StaffIdentity, activity: ActivityId, day: date, *, bookings: int
    ) -> int:
        at = await self._scene(member, Right.CHANGE_PLACES, activity, day)

        def work(tx: PlacesTx) -> int:
            tx.lock_places(at.catalogue.linked_pools(activity), {day})
            if not _counts(tx, at).is_open:
                return 0
            if len(ending(tx, activity, day)) != bookings:
                raise Changed
            ended = close_day(tx, at.catalogue, activity, day, at.now)
            families = len({one.family_id for one in ended})
            count, closed = len(ended), StaffAct.DAY_CLOSED
            tx.note(_entry(member, closed, at, before=count, after=0, families=families))
            return count

        return await self.places.write(work)


@dataclass(frozen=True, slots=True)
class ReopenDay(_Acting):
    """Families may ask again; what was ended stays so. Open already, nothing happens."""

    async def __call__(self, member: StaffIdentity, activity: ActivityId, day: date) -> None:
        at = await self._scene(member, Right.CHANGE_PLACES, activity, day)

        def work(tx: PlacesTx) -> None:
            tx.lock_places(at.catalogue.linked_pools(activity), {day})
            if not _counts(tx, at).is_open:
                tx.reopen(activity, day)
                tx.note(_entry(member, StaffAct.DAY_REOPENED, at))

        await self.places.write(work)


@dataclass(frozen=True, slots=True)
class MoveInQueue(_Acting):
    """Give somebody who waits another rank, with a reason that the audit log keeps.

    There already, nothing happens. Nobody is served by it: who waits lacks a place in any order.
    Raises NotInLine, ReasonNeeded, NoRoom, NotFound, DayOver.
    """

    async def __call__(
        self, member: StaffIdentity, activity: ActivityId, day: date, asked: MoveAsked
    ) -> None:
        at = await self._scene(member, Right.REORDER_WAITLIST, activity, day)
        reason = rules.checked_reason(asked.reason)

        def work(tx: PlacesTx) -> None:
            named = tx.booking(asked.booking)
            if named is None or (named.slot.activity_id, named.slot.day) != (activity, day):
                raise NotFound
            # As the desk does: places, then whoever waits there (decision 3).
            open_desk(tx, at.catalogue, at.now, slots=[named.slot])
            queue, others = _waiting(tx, at, named)
            found = next((one for one in queue if one.id == named.id), None)
            if found is None:
                raise NotInLine
            turns = rules.turns(queue, others, found, asked.rank)
            if not turns:
                return
            before = _rank(tx, at, found)
            tx.put_turns(turns)
            entry = _entry(
                member,
                StaffAct.WAITLIST_REORDERED,
                at,
                before=before,
                after=_rank(tx, at, found),
                reason=reason,
                booking=found.id,
            )
            tx.note(entry)

        await self.places.write(work)


def _waiting(tx: PlacesTx, at: _Scene, named: Booking) -> tuple[list[Booking], list[Booking]]:
    """Of this activity, and of those that share places with it."""
    sharing = at.catalogue.drawing_on(at.catalogue.linked_pools(at.activity.id))
    around = tx.bookings_around({named.slot.child_id}, sharing, {at.day})
    waiting = [one for one in around if one.state is State.WAITLISTED]
    here = [one for one in waiting if one.slot.activity_id == at.activity.id]
    elsewhere = [
        one
        for one in waiting
        if one.slot.activity_id != at.activity.id and one.slot.activity_id in sharing
    ]
    return here, elsewhere


def _rank(tx: PlacesTx, at: _Scene, of: Booking) -> int:
    waiters = tx.waiters(at.activity.id, at.day)
    return next(one.rank for one in waiters if one.booking.id == of.id)


def _pool(tx: PlacesTx, at: _Scene, pool: PoolId) -> PoolDay:
    """One that the activity draws on. Raises NotFound."""
    for one in _counts(tx, at).pools:
        if one.places.pool_id == pool:
            return one
    raise NotFound


def _counts(tx: PlacesTx, at: _Scene) -> DayCounts:
    found = tx.day_counts(at.activity.id, at.day, at.day)
    if not found:
        raise NotFound
    return found[0]


def _entry(
    member: StaffIdentity,
    act: StaffAct,
    at: _Scene,
    *,
    before: str | int | None = None,
    after: str | int | None = None,
    reason: str | None = None,
    **about: int,
) -> Entry:
    entry = noted(member, act, at.now, before=before, after=after, reason=reason)
    where: dict[str, str | int] = {"activity": at.activity.id, "day": at.day.isoformat()}
    return replace(entry, details={**entry.details, **where, **about})


def _told(capacity: int | None) -> str | int:
    return UNLIMITED if capacity is None else capacity
