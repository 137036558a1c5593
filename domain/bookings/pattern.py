"""The weekly pattern: "every Monday and Thursday until ..." fills the draft (B18)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.accounts.model import Identity
from domain.activities.model import Activity, ActivityId, Structure
from domain.activities.ports import Catalogues
from domain.bookings import rules
from domain.bookings.composing import HORIZON, Subject, has_hours, left_alone, line_of, subject
from domain.bookings.gates import check_may_book
from domain.bookings.model import DayView, DraftLine, Reason, Span, Wish
from domain.bookings.ports import BookingTx, MonthFacts
from domain.bookings.views import Skipped
from domain.calendar.model import SchoolCalendar
from domain.clock import Clock
from domain.errors import NotFound
from domain.families.model import Child, ChildId
from domain.work import Transaction

A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Pattern:
    """``every`` 2 is one week in two, counted from the week of the first day that it means: a year
    of 53 weeks changes nothing, nor does a start on a Saturday. Weekdays: Monday is 0.
    """

    weekdays: frozenset[int]
    first: date
    last: date
    every: int = 1
    skip_holidays: bool = False

    @property
    def starts(self) -> date:
        """The first of its weekdays, from ``first`` on."""
        days = (self.first + timedelta(days=n) for n in range(7))
        return next((day for day in days if day.weekday() in self.weekdays), self.first)

    def days(self, calendar: SchoolCalendar) -> tuple[date, ...]:
        """In order; at most the length of the horizon."""
        count = (self.last - self.first).days + 1
        every = (self.first + timedelta(days=n) for n in range(count))
        return tuple(day for day in every if self.holds(day, calendar))

    def holds(self, day: date, calendar: SchoolCalendar) -> bool:
        if not self.first <= day <= self.last or day.weekday() not in self.weekdays:
            return False
        if (monday_of(day) - monday_of(self.starts)) // A_WEEK % self.every:
            return False
        return not (self.skip_holidays and calendar.is_school_holiday(day))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True)
class PatternView:
    child: Child
    activity: Activity
    structure: Structure
    pattern: Pattern
    today: date
    days: tuple[date, ...]  # that are asked for, or were just now
    skipped: tuple[Skipped, ...]  # that the pattern means and that stay as they are
    drafted: int
    filled: bool = False


@dataclass(frozen=True, slots=True)
class ShowPattern:
    """What it would ask for; nothing is drafted. Raises NotFound."""

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(
        self, who: Identity, child: ChildId, activity: ActivityId, pattern: Pattern
    ) -> PatternView:
        about = subject(who, await self.catalogues(who.catalogue_version), child, activity)
        _check(pattern)
        facts = await self.bookings.read(lambda tx: _read(tx, who, about, pattern))
        view, _ = _judge(about, pattern, facts, self.clock())
        return view


@dataclass(frozen=True, slots=True)
class FillPattern:
    """Adds only: no day outside the pattern changes, none joins a waitlist, none is cancelled. A
    day of the pattern that was drafted to be cancelled is kept instead.

    Repeated, it changes nothing. Raises NotFound, FamilyInDebt, HouseRulesUnsigned.
    """

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(
        self, who: Identity, child: ChildId, activity: ActivityId, pattern: Pattern
    ) -> PatternView:
        about = subject(who, await self.catalogues(who.catalogue_version), child, activity)
        _check(pattern)
        check_may_book(who, child)
        now = self.clock()

        def work(tx: BookingTx) -> PatternView:
            # Locked: a tap on another device is before all of this, or after all of it.
            tx.lock_draft(who.draft_id)
            view, lines = _judge(about, pattern, _read(tx, who, about, pattern), now)
            tx.put_lines(who.draft_id, lines, now)
            added = sum(line.wish is Wish.BOOK for line in lines)
            return replace(view, drafted=view.drafted + 2 * added - len(lines), filled=True)

        return await self.bookings.write(work)


def _check(pattern: Pattern) -> None:
    if not timedelta() <= pattern.last - pattern.first <= HORIZON:
        raise NotFound


def _read(tx: BookingTx, who: Identity, about: Subject, pattern: Pattern) -> MonthFacts:
    what = about.child.id, about.activity.id
    return tx.month(who.draft_id, *what, pattern.first, pattern.last)


def _judge(
    about: Subject, pattern: Pattern, facts: MonthFacts, now: datetime
) -> tuple[PatternView, Sequence[DraftLine]]:
    today = about.structure.today(now)
    days = pattern.days(about.structure.calendar)
    views = _days(about, facts, now)
    meant = [views[day] for day in days if day in views]
    wishes = {day.day: rules.wish_for(day, wanted=True, single=False) for day in meant}
    lines = [line_of(about, facts, day, wish) for day, wish in wishes.items() if wish is not None]
    ready = [line for line in lines if has_hours(about, facts, line)]
    hourless = [line.slot.day for line in lines if line not in ready]
    span = Span(pattern.first, pattern.last)
    view = PatternView(
        child=about.child,
        activity=about.activity,
        structure=about.structure,
        pattern=pattern,
        today=today,
        days=tuple(line.slot.day for line in ready),
        skipped=(
            *left_alone(meant, span, today, wanted=True),
            *_not_there(facts, [day for day in days if day not in views and day >= today]),
            *(Skipped(day, Reason.HOURS) for day in hourless),
        ),
        drafted=facts.drafted,
    )
    return view, ready


def _not_there(facts: MonthFacts, days: Sequence[date]) -> Iterator[Skipped]:
    """Days of the pattern on which this child can have nothing of this activity, with why."""
    is_open = {day.opening.day for day in facts.days if day.opening.is_open}
    for day in days:
        yield Skipped(day, Reason.NOT_ENROLLED if day in is_open else Reason.CLOSED)


def _days(about: Subject, facts: MonthFacts, now: datetime) -> dict[date, DayView]:
    limits = about.catalogue.limits
    views = (
        rules.day_view(d, about.activity, limits(d.opening), now, resident=about.resident)
        for d in facts.days
    )
    return {view.day: view for view in views if view is not None}
