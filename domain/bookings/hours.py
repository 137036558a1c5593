"""Choosing the hours of a child at an activity, for all days or for one (B6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.accounts.model import Identity
from domain.activities.hours import allows, arrivals, departures
from domain.activities.hours_model import Choosing
from domain.activities.model import Activity, ActivityId, Opening
from domain.activities.ports import Catalogues
from domain.bookings import rules
from domain.bookings.composing import Subject, subject
from domain.bookings.errors import DayLocked, HoursNotAllowed
from domain.bookings.gates import check_may_book
from domain.bookings.model import DayFacts, DayState, DraftLine, Slot, Wish
from domain.bookings.ports import BookingTx, Hours
from domain.clock import Clock
from domain.errors import NotFound
from domain.families.model import Child, ChildId
from domain.work import Transaction

A_WEEK = 7


@dataclass(frozen=True, slots=True)
class HoursView:
    """``day`` None: for all days; then what any weekday of the activity takes can be chosen."""

    child: Child
    activity: Activity
    day: date | None
    openings: tuple[Opening, ...]
    current: Hours | None

    @property
    def arrivals(self) -> tuple[time, ...]:
        return _all(arrivals(self._rule, opening) for opening in self.openings)

    def departures(self, arrival: time) -> tuple[time, ...]:
        return _all(departures(self._rule, opening, arrival) for opening in self.openings)

    @property
    def _rule(self) -> Choosing:
        if self.activity.hours is None:
            raise ValueError("an activity whose hours are not chosen")
        return self.activity.hours


def _all(found: Iterable[tuple[time, ...]]) -> tuple[time, ...]:
    return tuple(sorted({at for some in found for at in some}))


@dataclass(frozen=True, slots=True)
class ShowHours:
    """Raises NotFound, also where no hours are to be chosen or the day is not open."""

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(
        self, who: Identity, child_id: ChildId, activity_id: ActivityId, day: date | None
    ) -> HoursView:
        about = subject(who, await self.catalogues(who.catalogue_version), child_id, activity_id)
        today = about.structure.today(self.clock())
        if about.activity.hours is None:
            raise NotFound
        on = day or today
        facts = await self.bookings.read(
            lambda tx: tx.month(who.draft_id, child_id, activity_id, on, on)
        )
        if day is None:
            usual = _usual_openings(about.activity, today)
            return HoursView(about.child, about.activity, None, usual, facts.hours)
        found = _open_day(facts.days)
        limits = about.catalogue.limits(found.opening)
        view = rules.day_view(found, about.activity, limits, self.clock(), resident=about.resident)
        current = (view.hours if view is not None else None) or facts.hours
        return HoursView(about.child, about.activity, day, (found.opening,), current)


@dataclass(frozen=True, slots=True)
class SetHours:
    """For all days (``day`` None): kept for the days to come, and given to the drafted ones.

    For one day: it is drafted with these hours; booked already, as a change of hours, which keeps
    its place and its rank. Said again, it changes nothing. Raises NotFound, HoursNotAllowed,
    DayLocked, FamilyInDebt, HouseRulesUnsigned.
    """

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(
        self,
        who: Identity,
        child_id: ChildId,
        activity_id: ActivityId,
        day: date | None,
        hours: Hours,
    ) -> None:
        about = subject(who, await self.catalogues(who.catalogue_version), child_id, activity_id)
        rule = about.activity.hours
        if rule is None:
            raise NotFound
        check_may_book(who, child_id)
        now = self.clock()
        if day is None:
            openings = _usual_openings(about.activity, about.structure.today(now))
            if not any(allows(rule, opening, *hours) for opening in openings):
                raise HoursNotAllowed
            await self.bookings.write(lambda tx: _set_for_all(tx, who, about, hours, now))
        else:
            await self.bookings.write(lambda tx: _set_for(tx, who, about, day, hours, now))


def _usual_openings(activity: Activity, today: date) -> tuple[Opening, ...]:
    """One of each weekday, at the activity's own hours."""
    days = (today + timedelta(days=n) for n in range(A_WEEK))
    return tuple(
        Opening(activity.id, day, True, activity.arrival, activity.departure)  # noqa: FBT003
        for day in days
        if day.weekday() in activity.weekdays
    )


def _open_day(days: Sequence[DayFacts]) -> DayFacts:
    found = next(iter(days), None)
    if found is None or (found.booking is None and not (found.opening.is_open and found.enrolled)):
        raise NotFound
    return found


def _set_for_all(
    tx: BookingTx, who: Identity, about: Subject, hours: Hours, now: datetime
) -> None:
    """Drafted days that do not take these hours keep theirs."""
    rule, slot_of = about.activity.hours, (about.child.id, about.activity.id)
    tx.lock_draft(who.draft_id)
    tx.put_hours(who.draft_id, *slot_of, hours)
    drafted = tx.draft_facts(who.draft_id, lock=False)
    lines = [
        DraftLine(line.slot, Wish.BOOK, *hours)
        for line in drafted.draft.wishes
        if line.wish is Wish.BOOK
        and (line.slot.child_id, line.slot.activity_id) == slot_of
        and (opening := drafted.facts[line.slot].opening) is not None
        and allows(rule, opening, *hours)
    ]
    tx.put_lines(who.draft_id, lines, now)


def _set_for(
    tx: BookingTx, who: Identity, about: Subject, day: date, hours: Hours, now: datetime
) -> None:
    child, activity = about.child.id, about.activity
    found = _open_day(tx.month(who.draft_id, child, activity.id, day, day).days)
    limits = about.catalogue.limits(found.opening)
    view = rules.day_view(found, activity, limits, now, resident=about.resident)
    if view is None:
        raise NotFound
    if not allows(activity.hours, found.opening, *hours):
        raise HoursNotAllowed
    if view.state in {DayState.CLOSED, DayState.FULL} and view.wish is None:
        raise DayLocked(limit=view.shut or view.book_limit)
    if view.state in {DayState.BOOKED_LOCKED, DayState.WAITING_LOCKED}:
        raise DayLocked(limit=view.cancel_limit)
    held = found.booking
    as_booked = held is not None and (held.arrival, held.departure) == hours
    wish = Wish.KEEP if as_booked else Wish.BOOK
    tx.put_lines(who.draft_id, [DraftLine(Slot(child, activity.id, day), wish, *hours)], now)
