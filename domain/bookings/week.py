"""All children at once: a week of theirs, and the week before it drafted again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.accounts.model import Identity
from domain.activities.catalogue import Catalogue
from domain.activities.model import Structure
from domain.activities.ports import Catalogues
from domain.bookings.composing import Subject
from domain.bookings.copying import judge_line, where_it_is
from domain.bookings.gates import check_debt
from domain.bookings.model import (
    Booking,
    DayFacts,
    DraftLine,
    Reason,
    Slot,
    State,
    Wish,
)
from domain.bookings.outline import DayOverview, outlined
from domain.bookings.pattern import A_WEEK, monday_of
from domain.bookings.ports import BookingTx, OutlineFacts, OverviewFacts
from domain.bookings.views import Skipped
from domain.clock import Clock
from domain.families.model import Child, ChildId
from domain.work import Transaction

A_DAY = timedelta(days=1)
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
        facts = await self.bookings.read(lambda tx: _outline(tx, who, monday))
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
            facts = _two_weeks(tx, who, monday)
            week = {monday + timedelta(days=n) for n in range(7)}
            around = tx.bookings_around(_children(who), set(), week)
            lines, skipped = _again(who, catalogue, facts, around, monday, now)
            tx.put_lines(who.draft_id, lines, now)
            view = _view(who, catalogue, _outline(tx, who, monday), monday, now)
            return replace(view, added=len(lines), skipped=tuple(skipped))

        return await self.bookings.write(work)


def _two_weeks(tx: BookingTx, who: Identity, monday: date) -> OverviewFacts:
    first, last = monday - A_WEEK, monday + A_WEEK - A_DAY
    return tx.overview(who.draft_id, _children(who), who.structure_id, first, last)


def _outline(tx: BookingTx, who: Identity, monday: date) -> OutlineFacts:
    last = monday + A_WEEK - A_DAY
    return tx.outline(who.draft_id, _children(who), who.structure_id, monday, last)


def _children(who: Identity) -> frozenset[ChildId]:
    return frozenset(child.id for child in who.children)


def _view(
    who: Identity, catalogue: Catalogue, facts: OutlineFacts, monday: date, now: datetime
) -> WeekView:
    def days(child: Child) -> tuple[DayOverview, ...]:
        return outlined(facts, child.id, catalogue, now, resident=who.is_resident)

    return WeekView(
        structure=catalogue.structures[who.structure_id],
        monday=monday,
        children=tuple(ChildWeek(child, days(child)) for child in who.children),
        drafted=facts.drafted,
    )


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
