"""Composing a draft: which activities, which month, which days (B3, B7). It books nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.accounts.model import Identity
from domain.activities.catalogue import Catalogue
from domain.activities.hours import allows
from domain.activities.model import Activity, ActivityId, Opening, Structure
from domain.activities.ports import Catalogues
from domain.activities.tariffs import PerSlice, TariffMissing
from domain.bookings import rules
from domain.bookings.gates import check_may_book
from domain.bookings.model import DayFacts, DayView, DraftLine, Reason, Slot, Span, Wish
from domain.bookings.ports import BookingTx, Hours, MonthFacts
from domain.bookings.pricing import price_of
from domain.bookings.views import ActivityChoice, DetailsView, MonthView, Skipped
from domain.clock import Clock
from domain.errors import NotFound
from domain.families.model import Child, ChildId
from domain.work import Transaction

HORIZON = timedelta(days=400)  # how far ahead an enrolment opens an activity to its family
DETAILS = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose calendar, of what: every part checked against who asks (A10)."""

    child: Child
    activity: Activity
    structure: Structure
    catalogue: Catalogue
    resident: bool = True


def subject(
    who: Identity, catalogue: Catalogue, child_id: ChildId, activity_id: ActivityId
) -> Subject:
    """Raises NotFound for another family's child and another structure's activity alike."""
    child, activity = who.child(child_id), catalogue.activities.get(activity_id)
    if child is None or activity is None or activity.structure_id != who.structure_id:
        raise NotFound
    structure = catalogue.structures[activity.structure_id]
    return Subject(child, activity, structure, catalogue, who.is_resident)


@dataclass(frozen=True, slots=True)
class ListActivities:
    """What this child is enrolled in, here, now or soon; by name."""

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, who: Identity, child_id: ChildId) -> tuple[ActivityChoice, ...]:
        if who.child(child_id) is None:
            raise NotFound
        catalogue = await self.catalogues(who.catalogue_version)
        now = self.clock()
        today = catalogue.structures[who.structure_id].today(now)

        def read(tx: BookingTx) -> tuple[ActivityChoice, ...]:
            enrolments = tx.enrolments({child_id}, today, today + HORIZON)
            wishes = tx.draft_facts(who.draft_id, lock=False).draft.wishes
            drafted = [x.slot.activity_id for x in wishes if x.slot.child_id == child_id]
            mine = {enrolment.activity_id for enrolment in enrolments}
            found = [a for a in catalogue.activities.values() if a.id in mine]
            return tuple(
                ActivityChoice(
                    activity,
                    drafted.count(activity.id),
                    opens=_opening_month(activity, catalogue, today, now),
                )
                for activity in sorted(found, key=lambda a: a.name)
                if activity.structure_id == who.structure_id
            )

        return await self.bookings.read(read)


def _opening_month(activity: Activity, catalogue: Catalogue, today: date, now: datetime) -> date:
    """This month, or the next where no weekday of this one can be booked or changed any more.

    By the weekdays that are shown, so that no day has to be read for it.
    """
    first, last = month_of(today)
    for ahead in range((last - today).days, -1, -1):
        day = today + timedelta(days=ahead)
        if activity.weekdays and day.weekday() not in activity.weekdays:
            continue
        usual = Opening(
            activity.id,
            day,
            is_open=True,
            arrival=activity.arrival,
            departure=activity.departure,
        )
        limits = catalogue.limits(usual)
        if now <= max(limits.book, limits.cancel):
            return first
    return last + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ShowMonth:
    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(
        self, who: Identity, child_id: ChildId, activity_id: ActivityId, first: date
    ) -> MonthView:
        catalogue = await self.catalogues(who.catalogue_version)
        about = subject(who, catalogue, child_id, activity_id)
        first = first.replace(day=1)
        facts = await self.bookings.read(lambda tx: _month(tx, who, about, first))
        days = _days(facts, about, self.clock)
        return MonthView(
            child=about.child,
            activity=about.activity,
            structure=about.structure,
            first=first,
            days=days,
            drafted=facts.drafted,
            hours=facts.hours,
        )


@dataclass(frozen=True, slots=True)
class MarkDays:
    """Make these days as wanted in the draft. Repeating it changes nothing.

    A group (week, weekday, month) touches only days that can be booked or cancelled outright;
    one day alone may also join or leave a queue (B3). What was left alone is told, with why.
    Raises FamilyInDebt, HouseRulesUnsigned when days are wanted for a child whose rules wait (A6).
    """

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(
        self,
        who: Identity,
        child_id: ChildId,
        activity_id: ActivityId,
        span: Span,
        *,
        wanted: bool,
    ) -> MonthView:
        catalogue = await self.catalogues(who.catalogue_version)
        about = subject(who, catalogue, child_id, activity_id)
        if wanted:
            check_may_book(who, child_id)

        today = about.structure.today(self.clock())

        def work(tx: BookingTx) -> MonthView:
            if not span.single:  # one day says all that it wants; a group says it by what is there
                tx.lock_draft(who.draft_id)
            facts = _month(tx, who, about, span.shown)
            days = _days(facts, about, self.clock)
            asked = rules.in_span(days, span)
            wishes = {
                day.day: wish
                for day in asked
                if (wish := rules.wish_for(day, wanted=wanted, single=span.single)) is not None
            }
            lines = [line_of(about, facts, day, wish) for day, wish in wishes.items()]
            hourless = {line.slot.day for line in lines if not has_hours(about, facts, line)}
            wishes = {day: wish for day, wish in wishes.items() if day not in hourless}
            hours = {line.slot.day: (line.arrival, line.departure) for line in lines}
            tx.put_lines(
                who.draft_id, [x for x in lines if x.slot.day not in hourless], self.clock()
            )
            return MonthView(
                child=about.child,
                activity=about.activity,
                structure=about.structure,
                first=span.shown,
                days=tuple(marked(x, wishes.get(x.day), hours.get(x.day)) for x in days),
                drafted=facts.drafted + _added(days, wishes),
                skipped=(
                    *left_alone(asked, span, today, wanted=wanted),
                    *(Skipped(day, Reason.HOURS) for day in sorted(hourless)),
                ),
                unchanged=not wishes and not hourless,
                hours=facts.hours,
                asks_hours=span.single and bool(hourless),
            )

        return await self.bookings.write(work)


@dataclass(frozen=True, slots=True)
class ShowDetails:
    """Hours, weekdays, price and the exact limits of the coming open days (B7, B9)."""

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(
        self, who: Identity, child_id: ChildId, activity_id: ActivityId, first: date
    ) -> DetailsView:
        catalogue = await self.catalogues(who.catalogue_version)
        about = subject(who, catalogue, child_id, activity_id)
        activity, structure = about.activity, about.structure
        today = structure.today(self.clock())
        family = who.guardian.family_id
        facts, quotient = await self.bookings.read(
            lambda tx: (
                tx.month(who.draft_id, child_id, activity_id, today, today + DETAILS),
                tx.quotient(family, today),
            )
        )
        days = _days(facts, about, self.clock)
        hours = (activity.arrival, activity.departure)
        priced_on = days[0].day if days else today
        try:
            price, missing = price_of(activity, structure, priced_on, hours, quotient)
        except TariffMissing:
            price, missing = None, False
        slices = {t.unit.minutes for t in activity.tariffs if isinstance(t.unit, PerSlice)}
        return DetailsView(
            child=about.child,
            activity=activity,
            first=first.replace(day=1),
            price=price,
            quotient_missing=missing,
            per_slice_minutes=min(slices, default=None),
            next_days=days,
        )


def _month(tx: BookingTx, who: Identity, about: Subject, first: date) -> MonthFacts:
    return tx.month(who.draft_id, about.child.id, about.activity.id, *month_of(first))


def month_of(day: date) -> tuple[date, date]:
    """Its first day and its last."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _days(facts: MonthFacts, about: Subject, clock: Clock) -> tuple[DayView, ...]:
    now = clock()
    limits = about.catalogue.limits
    views = (
        rules.day_view(d, about.activity, limits(d.opening), now, resident=about.resident)
        for d in facts.days
    )
    return tuple(view for view in views if view is not None)


def line_of(about: Subject, facts: MonthFacts, day: date, wish: Wish) -> DraftLine:
    """What is to be drafted; ``day`` is one of ``facts``."""
    found = next(f for f in facts.days if f.opening.day == day)
    slot = Slot(about.child.id, about.activity.id, day)
    return DraftLine(slot, wish, *hours_for(about.activity, found, facts.hours))


def hours_for(activity: Activity, day: DayFacts, chosen: Hours | None) -> Hours:
    """At which a day is asked for: as booked, else as chosen for all days, else as it opens."""
    if day.booking is not None:
        return day.booking.arrival, day.booking.departure
    if activity.hours is not None and chosen is not None:
        return chosen
    return day.opening.arrival, day.opening.departure


def has_hours(about: Subject, facts: MonthFacts, line: DraftLine) -> bool:
    """Where hours are to be chosen, they were, and that day takes them (B6)."""
    rule = about.activity.hours
    if rule is None or line.wish is not Wish.BOOK:
        return True
    opening = next(f.opening for f in facts.days if f.opening.day == line.slot.day)
    return facts.hours is not None and allows(rule, opening, line.arrival, line.departure)


def marked(day: DayView, wish: Wish | None, asked: Hours | None) -> DayView:
    """As it is once ``wish`` is drafted, at the hours ``asked``."""
    if wish is None:
        return day
    held = day.booking
    booked = None if held is None else (held.arrival, held.departure)
    hours = asked if wish is Wish.BOOK else booked
    return replace(day, wish=None if wish is Wish.KEEP else wish, hours=hours)


def _added(days: Sequence[DayView], wishes: dict[date, Wish]) -> int:
    before = {day.day for day in days if day.wish is not None}
    return sum((wish is not Wish.KEEP) - (day in before) for day, wish in wishes.items())


def left_alone(
    asked: Sequence[DayView], span: Span, today: date, *, wanted: bool
) -> tuple[Skipped, ...]:
    """Days that the parent might believe done. Of a group, those gone by surprise nobody."""
    return tuple(
        Skipped(day.day, rules.why_not(day), _passed_limit(day))
        for day in asked
        if (span.single or day.day >= today)
        and rules.refuses(day, wanted=wanted, single=span.single)
    )


def _passed_limit(day: DayView) -> datetime | None:
    if day.shut is not None:
        return day.shut
    return day.cancel_limit if day.booking else day.book_limit
