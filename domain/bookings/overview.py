"""Several activities on one day: the month over all of them, and the sheet of one day (B4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal

from domain.accounts.model import Identity
from domain.activities.catalogue import Catalogue
from domain.activities.hours import allows
from domain.activities.model import Activity, ActivityId, Structure
from domain.activities.ports import Catalogues
from domain.activities.tariffs import TariffMissing
from domain.bookings import rules
from domain.bookings.composing import hours_for, left_alone, marked, month_of
from domain.bookings.gates import check_may_book
from domain.bookings.model import DayFacts, DayView, DraftLine, Slot, Span, Wish
from domain.bookings.outline import DayOverview, outlined
from domain.bookings.ports import BookingTx, Hours, OverviewFacts
from domain.bookings.pricing import price_of
from domain.bookings.views import Skipped
from domain.clock import Clock
from domain.errors import NotFound
from domain.families.model import Child, ChildId
from domain.work import Transaction


@dataclass(frozen=True, slots=True)
class OverviewView:
    child: Child
    structure: Structure
    first: date  # the first day of the month
    days: tuple[DayOverview, ...]  # those with an open activity, by day
    drafted: int


@dataclass(frozen=True, slots=True)
class SheetLine:
    activity: Activity
    day: DayView
    arrival: time
    departure: time
    price: Decimal | None  # EUR; None without a tariff. Of a booking, as it was then (B11)
    quotient_missing: bool = False
    has_hours: bool = True  # False where they are to be chosen, and were not (B6)


@dataclass(frozen=True, slots=True)
class DaySheetView:
    child: Child
    structure: Structure
    day: date
    lines: tuple[SheetLine, ...]  # open activities, by hour of arrival then name
    drafted: int
    skipped: tuple[Skipped, ...] = ()  # by the tap that led here
    unchanged: bool = False
    asks_hours: ActivityId | None = None  # hours are to be chosen before it can be asked for (B6)


@dataclass(frozen=True, slots=True)
class ShowOverview:
    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, who: Identity, child_id: ChildId, first: date) -> OverviewView:
        child = _child(who, child_id)
        catalogue = await self.catalogues(who.catalogue_version)
        first, last = month_of(first)
        facts = await self.bookings.read(
            lambda tx: tx.outline(who.draft_id, {child_id}, who.structure_id, first, last)
        )
        now, resident = self.clock(), who.is_resident
        return OverviewView(
            child=child,
            structure=catalogue.structures[who.structure_id],
            first=first,
            days=outlined(facts, child_id, catalogue, now, resident=resident),
            drafted=facts.drafted,
        )


@dataclass(frozen=True, slots=True)
class ShowDaySheet:
    """Every activity open to this child on that day."""

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, who: Identity, child_id: ChildId, day: date) -> DaySheetView:
        child = _child(who, child_id)
        catalogue = await self.catalogues(who.catalogue_version)
        facts, quotient = await self.bookings.read(lambda tx: _day(tx, who, child_id, day))
        return _sheet(child, catalogue, who, day, facts, quotient, self.clock())


@dataclass(frozen=True, slots=True)
class MarkOnSheet:
    """Make one activity of a day as wanted in the draft. Repeating it changes nothing.

    Raises NotFound, FamilyInDebt, HouseRulesUnsigned.
    """

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(
        self, who: Identity, child_id: ChildId, activity_id: ActivityId, day: date, *, wanted: bool
    ) -> DaySheetView:
        child = _child(who, child_id)
        catalogue = await self.catalogues(who.catalogue_version)
        if wanted:
            check_may_book(who, child_id)
        now = self.clock()

        def work(tx: BookingTx) -> DaySheetView:
            facts, quotient = _day(tx, who, child_id, day)
            sheet = _sheet(child, catalogue, who, day, facts, quotient, now)
            line = next((x for x in sheet.lines if x.activity.id == activity_id), None)
            if line is None:
                raise NotFound
            wish = rules.wish_for(line.day, wanted=wanted, single=True)
            if wish is None:
                span = Span(day, day, single=True)
                today = sheet.structure.today(now)
                skipped = left_alone([line.day], span, today, wanted=wanted)
                return replace(sheet, skipped=skipped, unchanged=True)
            if wish is Wish.BOOK and not line.has_hours:
                return replace(sheet, asks_hours=activity_id)
            slot = Slot(child_id, activity_id, day)
            asked = DraftLine(slot, wish, line.arrival, line.departure)
            tx.put_lines(who.draft_id, [asked], now)
            return _marked(sheet, line, wish)

        return await self.bookings.write(work)


def _child(who: Identity, child_id: ChildId) -> Child:
    child = who.child(child_id)
    if child is None:
        raise NotFound
    return child


def _read(tx: BookingTx, who: Identity, child: ChildId, first: date, last: date) -> OverviewFacts:
    return tx.overview(who.draft_id, {child}, who.structure_id, first, last)


def _day(
    tx: BookingTx, who: Identity, child: ChildId, day: date
) -> tuple[OverviewFacts, Decimal | None]:
    return _read(tx, who, child, day, day), tx.quotient(who.guardian.family_id, day)


def _of(facts: OverviewFacts, child: ChildId) -> Mapping[ActivityId, tuple[DayFacts, ...]]:
    return {activity: days for (of, activity), days in facts.days.items() if of == child}


def _views(
    days: Iterable[DayFacts],
    catalogue: Catalogue,
    activity_id: ActivityId,
    now: datetime,
    *,
    resident: bool,
) -> Iterable[DayView]:
    activity = catalogue.activities[activity_id]
    for facts in days:
        limits = catalogue.limits(facts.opening)
        view = rules.day_view(facts, activity, limits, now, resident=resident)
        if view is not None:
            yield view


def _sheet(
    child: Child,
    catalogue: Catalogue,
    who: Identity,
    day: date,
    facts: OverviewFacts,
    quotient: Decimal | None,
    now: datetime,
) -> DaySheetView:
    lines = [
        _line(
            catalogue,
            activity_id,
            days[0],
            view,
            quotient,
            facts.hours.get((child.id, activity_id)),
        )
        for activity_id, days in _of(facts, child.id).items()
        for view in _views(days, catalogue, activity_id, now, resident=who.is_resident)
    ]
    lines.sort(key=lambda x: (x.activity.arrival, x.activity.name))
    structure = catalogue.structures[who.structure_id]
    return DaySheetView(child, structure, day, tuple(lines), facts.drafted)


def _line(
    catalogue: Catalogue,
    activity_id: ActivityId,
    facts: DayFacts,
    view: DayView,
    quotient: Decimal | None,
    chosen: Hours | None,
) -> SheetLine:
    activity, structure = catalogue.activities[activity_id], catalogue.structure_of(activity_id)
    hours = view.hours or hours_for(activity, facts, chosen)
    if view.booking is not None and not view.changes_hours:
        return SheetLine(activity, view, *hours, view.booking.price)
    try:
        price, missing = price_of(activity, structure, view.day, hours, quotient)
    except TariffMissing:
        price, missing = None, False
    rule = activity.hours
    known = rule is None or (
        (view.hours or chosen) is not None and allows(rule, facts.opening, *hours)
    )
    return SheetLine(activity, view, *hours, price, missing, known)


def _marked(sheet: DaySheetView, line: SheetLine, wish: Wish) -> DaySheetView:
    drawn = marked(line.day, wish, (line.arrival, line.departure))
    lines = (replace(x, day=drawn) if x is line else x for x in sheet.lines)
    change = (wish is not Wish.KEEP) - (line.day.wish is not None)
    return replace(sheet, lines=tuple(lines), drafted=sheet.drafted + change)
