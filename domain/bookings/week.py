"""All children at once: a week of theirs, and the week before it drafted again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.accounts.model import Identity
from domain.activities.catalogue import Catalogue
from domain.activities.model import Structure
from domain.activities.ports import Catalogues
from domain.bookings import rules
from domain.bookings.composing import Subject
from domain.bookings.copying import judge_line, where_it_is
from domain.bookings.day_states import overall
from domain.bookings.gates import check_debt
from domain.bookings.model import (
    Booking,
    DayFacts,
    DayView,
    DraftLine,
    Reason,
    Slot,
    State,
    Wish,
)
from domain.bookings.overview import DayOverview
from domain.bookings.pattern import A_WEEK, monday_of
from domain.bookings.ports import BookingTx, OverviewFacts
from domain.bookings.views import Skipped
from domain.clock import Clock
from domain.families.model import Child, ChildId
from domain.work import Transaction

USUAL = frozenset({State.ACCEPTED, State.PENDING})
"""What is asked for again: nobody joins a queue again without saying so."""


@dataclass(frozen=True, slots=True)
class ChildWeek:
    child: Child
    days: tuple[DayOverview, ...]  # those with an open activity, by day


@dataclass(frozen=True, slots=True)
class SkippedOf:
    child: Child
    skipped: Skipped


@dataclass(frozen=True, slots=True)
class WeekView:
    structure: Structure
    monday: date
    children: tuple[ChildWeek, ...]
    drafted: int
    added: int | None = None  # by "as last week"; None when it was not asked
    skipped: tuple[SkippedOf, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowWeek:
    """Every child of the family in the structure shown."""

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, who: Identity, day: date) -> WeekView:
        catalogue, monday = await self.catalogues(who.catalogue_version), monday_of(day)
        facts = await self.bookings.read(lambda tx: _read(tx, who, monday, monday))
        return _view(who, catalogue, facts, monday, self.clock())


@dataclass(frozen=True, slots=True)
class RepeatWeek:
    """What was booked the week before is drafted for this one, for all children together.

    Days that cannot be asked for again are told with why; what is there already is left. Repeated,
    it changes nothing. A child whose house rules wait is told so for each of its days. Raises
    FamilyInDebt.
    """

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, who: Identity, day: date) -> WeekView:
        catalogue, monday = await self.catalogues(who.catalogue_version), monday_of(day)
        check_debt(who)
        now = self.clock()

        def work(tx: BookingTx) -> WeekView:
            tx.lock_draft(who.draft_id)
            facts = _read(tx, who, monday - A_WEEK, monday)
            children = {child.id for child in who.children}
            week = {monday + timedelta(days=n) for n in range(7)}
            around = tx.bookings_around(children, set(), week)
            lines, skipped = _again(who, catalogue, facts, around, monday, now)
            tx.put_lines(who.draft_id, lines, now)
            drafted = _read(tx, who, monday, monday)
            view = _view(who, catalogue, drafted, monday, now)
            return replace(view, added=len(lines), skipped=tuple(skipped))

        return await self.bookings.write(work)


def _read(tx: BookingTx, who: Identity, first: date, monday: date) -> OverviewFacts:
    children = {child.id for child in who.children}
    last = monday + A_WEEK - timedelta(days=1)
    return tx.overview(who.draft_id, children, who.structure_id, first, last)


def _view(
    who: Identity, catalogue: Catalogue, facts: OverviewFacts, monday: date, now: datetime
) -> WeekView:
    return WeekView(
        structure=catalogue.structures[who.structure_id],
        monday=monday,
        children=tuple(
            ChildWeek(child, _days(who, catalogue, facts, child.id, now)) for child in who.children
        ),
        drafted=facts.drafted,
    )


def _days(
    who: Identity, catalogue: Catalogue, facts: OverviewFacts, child: ChildId, now: datetime
) -> tuple[DayOverview, ...]:
    by_day: dict[date, list[DayView]] = {}
    for (of, activity_id), days in facts.days.items():
        for day in days if of == child else ():
            activity, limits = catalogue.activities[activity_id], catalogue.limits(day.opening)
            view = rules.day_view(day, activity, limits, now, resident=who.is_resident)
            if view is not None:
                by_day.setdefault(view.day, []).append(view)
    return tuple(_overview(day, by_day[day]) for day in sorted(by_day))


def _overview(day: date, views: Iterable[DayView]) -> DayOverview:
    seen = list(views)
    wishes = frozenset(view.wish for view in seen if view.wish is not None)
    return DayOverview(day, overall(view.state for view in seen), wishes)


def _again(
    who: Identity,
    catalogue: Catalogue,
    facts: OverviewFacts,
    around: Sequence[Booking],
    monday: date,
    now: datetime,
) -> tuple[list[DraftLine], list[SkippedOf]]:
    lines: list[DraftLine] = []
    skipped: list[SkippedOf] = []
    for child in who.children:
        mine = {of: days for of, days in facts.days.items() if of[0] == child.id}
        theirs = [booking for booking in around if booking.slot.child_id == child.id]
        held = where_it_is(mine.values(), theirs)
        for (_, activity_id), days in mine.items():
            activity = catalogue.activities[activity_id]
            structure = catalogue.structure_of(activity_id)
            about = Subject(child, activity, structure, catalogue, who.is_resident)
            there = {day.opening.day: day for day in days}
            for source in _usual(days, monday):
                judged: DraftLine | Skipped = Skipped(source.slot.day, Reason.UNSIGNED)
                if child.id not in who.unsigned:
                    facts_then = there.get(source.slot.day)
                    judged = judge_line(about, source, facts_then, held, now)
                if isinstance(judged, DraftLine):
                    lines.append(judged)
                    held.append(judged)
                elif judged.reason is not Reason.ALREADY_BOOKED:
                    skipped.append(SkippedOf(child, judged))
    return lines, skipped


def _usual(days: Sequence[DayFacts], monday: date) -> list[DraftLine]:
    """The bookings of the week before, a week later, at their hours."""
    return [
        DraftLine(
            Slot(held.slot.child_id, held.slot.activity_id, held.slot.day + A_WEEK),
            Wish.BOOK,
            held.arrival,
            held.departure,
        )
        for day in days
        if (held := day.booking) is not None
        and held.slot.day < monday
        and held.state in USUAL
        and (day.line is None or day.line.wish is not Wish.CANCEL)
    ]
