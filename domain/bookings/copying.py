"""Copying what was just drafted, to another child or to another activity (B5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.accounts.model import Identity
from domain.activities.catalogue import Catalogue
from domain.activities.hours import allows
from domain.activities.model import Activity, ActivityId, Structure
from domain.activities.ports import Catalogues
from domain.bookings import rules
from domain.bookings.clashes import Held, clash
from domain.bookings.composing import Subject, subject
from domain.bookings.gates import check_may_book
from domain.bookings.model import HOLDING, Booking, DayFacts, DraftLine, Reason, Slot, Wish
from domain.bookings.ports import BookingTx, DraftFacts, OverviewFacts
from domain.bookings.views import Skipped
from domain.clock import Clock
from domain.errors import NotFound
from domain.families.model import Child, ChildId
from domain.work import Transaction


@dataclass(frozen=True, slots=True)
class Source:
    """New bookings drafted for one child and activity."""

    child: Child
    activity: Activity
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class SourcesView:
    child: Child
    activity: Activity
    first: date  # the month to go back to
    sources: tuple[Source, ...]  # by child, then activity; not what is copied to


@dataclass(frozen=True, slots=True)
class CopyView:
    child: Child
    activity: Activity
    structure: Structure
    source: Source  # the days that were asked to be copied
    copied: tuple[date, ...]
    skipped: tuple[Skipped, ...]  # each day that was not, with why
    drafted: int


@dataclass(frozen=True, slots=True)
class ListSources:
    """What the draft holds that could be copied there. Raises NotFound."""

    bookings: Transaction[BookingTx]
    catalogues: Catalogues

    async def __call__(
        self, who: Identity, child: ChildId, activity: ActivityId, first: date
    ) -> SourcesView:
        catalogue = await self.catalogues(who.catalogue_version)
        about = subject(who, catalogue, child, activity)
        drafted = await self.bookings.read(lambda tx: tx.draft_facts(who.draft_id, lock=False))
        found = _sources(who, catalogue, drafted)
        found.pop((child, activity), None)
        return SourcesView(about.child, about.activity, first, tuple(found.values()))


@dataclass(frozen=True, slots=True)
class CopyDays:
    """Every day of the source is drafted there, or told with the reason why not.

    Repeated, it changes nothing: the days are there already. Raises NotFound, also when the source
    is no longer drafted, and FamilyInDebt, HouseRulesUnsigned.
    """

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(
        self,
        who: Identity,
        to: tuple[ChildId, ActivityId],
        source: tuple[ChildId, ActivityId],
        month: date | None,
    ) -> CopyView:
        """``month``: the days of that month only."""
        catalogue = await self.catalogues(who.catalogue_version)
        about = subject(who, catalogue, *to)
        check_may_book(who, about.child.id)
        now = self.clock()

        def work(tx: BookingTx) -> CopyView:
            tx.lock_draft(who.draft_id)
            drafted = tx.draft_facts(who.draft_id, lock=False)
            copied = _within(_sources(who, catalogue, drafted).get(source), month)
            asked = {
                line.slot.day: line
                for line in drafted.draft.wishes
                if (line.slot.child_id, line.slot.activity_id) == source
                and line.slot.day in copied.days
            }
            there = {about.child.id}
            structure = who.structure_id
            facts = tx.overview(who.draft_id, there, structure, copied.days[0], copied.days[-1])
            around = tx.bookings_around(there, set(), set(asked))
            lines, skipped = _judge(about, asked, facts, around, now)
            tx.put_lines(who.draft_id, lines, now)
            return CopyView(
                child=about.child,
                activity=about.activity,
                structure=about.structure,
                source=copied,
                copied=tuple(line.slot.day for line in lines),
                skipped=tuple(skipped),
                drafted=facts.drafted + sum(_change(line) for line in lines),
            )

        return await self.bookings.write(work)


def _sources(
    who: Identity, catalogue: Catalogue, facts: DraftFacts
) -> dict[tuple[ChildId, ActivityId], Source]:
    days: dict[tuple[ChildId, ActivityId], list[date]] = {}
    for line in facts.draft.wishes:
        if line.wish is Wish.BOOK and who.child(line.slot.child_id) is not None:
            days.setdefault((line.slot.child_id, line.slot.activity_id), []).append(line.slot.day)
    found = {}
    for (child_id, activity_id), on in sorted(days.items()):
        child = who.child(child_id)
        if child is not None:
            activity = catalogue.activities[activity_id]
            found[child_id, activity_id] = Source(child, activity, tuple(sorted(on)))
    return found


def _within(source: Source | None, month: date | None) -> Source:
    if source is None:
        raise NotFound
    days = tuple(
        day for day in source.days if month is None or day.replace(day=1) == month.replace(day=1)
    )
    if not days:
        raise NotFound
    return replace(source, days=days)


def _change(line: DraftLine) -> int:
    """A cancellation taken back is one wish less."""
    return 1 if line.wish is Wish.BOOK else -1


def _judge(
    about: Subject,
    asked: Mapping[date, DraftLine],
    facts: OverviewFacts,
    around: Sequence[Booking],
    now: datetime,
) -> tuple[list[DraftLine], list[Skipped]]:
    key = about.child.id, about.activity.id
    days = {day.opening.day: day for day in facts.days.get(key, ())}
    held = where_it_is(facts.days.values(), around)
    lines: list[DraftLine] = []
    skipped: list[Skipped] = []
    for day, source in asked.items():
        judged = judge_line(about, source, days.get(day), held, now)
        if isinstance(judged, DraftLine):
            lines.append(judged)
        else:
            skipped.append(judged)
    return lines, skipped


def where_it_is(activities: Iterable[Sequence[DayFacts]], around: Iterable[Booking]) -> list[Held]:
    """Of one child: bookings that are not to be cancelled, and what is asked for.

    ``around``: all that it is booked for, in other structures and by its other family too.
    """
    found: list[Held] = []
    told = set[Slot]()
    for days in activities:
        for day in days:
            line, booking = day.line, day.booking
            if booking is not None:
                told.add(booking.slot)
            if line is not None and line.wish is Wish.BOOK:
                found.append(line)
                continue
            stays = line is None or line.wish is not Wish.CANCEL
            if booking is not None and booking.state in HOLDING and stays:
                found.append(booking)
    found += [one for one in around if one.state in HOLDING and one.slot not in told]
    return found


def judge_line(
    about: Subject,
    source: DraftLine,
    facts: DayFacts | None,
    held: Sequence[Held],
    now: datetime,
) -> DraftLine | Skipped:
    """What ``source`` becomes on its day for that child and activity, or why it cannot."""
    day, activity = source.slot.day, about.activity
    if facts is None or not facts.opening.is_open:
        return Skipped(day, Reason.CLOSED)
    if not facts.enrolled and facts.booking is None:
        return Skipped(day, Reason.NOT_ENROLLED)
    limits = about.catalogue.limits(facts.opening)
    view = rules.day_view(facts, activity, limits, now, resident=about.resident)
    if view is None:
        return Skipped(day, Reason.CLOSED)
    wish = rules.wish_for(view, wanted=True, single=False)
    if wish is None:
        already = view.counts_as_booked or view.booking is not None
        reason = Reason.ALREADY_BOOKED if already else rules.why_not(view)
        return Skipped(day, reason, view.shut or (view.book_limit if view.late else None))
    line = _line(about, source, facts, wish)
    if wish is Wish.BOOK and not _fits(activity, facts, line):
        return Skipped(day, Reason.HOURS)
    if any(clash(about.catalogue, line, other) for other in held):
        return Skipped(day, Reason.CLASH)
    return line


def _fits(activity: Activity, facts: DayFacts, line: DraftLine) -> bool:
    rule = activity.hours
    return rule is None or allows(rule, facts.opening, line.arrival, line.departure)


def _line(about: Subject, source: DraftLine, facts: DayFacts, wish: Wish) -> DraftLine:
    """At the source's hours where they are chosen, else at those of the day."""
    slot = Slot(about.child.id, about.activity.id, source.slot.day)
    if facts.booking is not None:
        return DraftLine(slot, wish, facts.booking.arrival, facts.booking.departure)
    at = source if about.activity.hours is not None else facts.opening
    return DraftLine(slot, wish, at.arrival, at.departure)
