"""Screens and drafts, in memory."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from domain.activities.model import ActivityId, Opening, StructureId
from domain.activities.tariffs import quotient_on
from domain.bookings.filters import Filters, Query
from domain.bookings.model import (
    Booking,
    DayFacts,
    Draft,
    DraftId,
    DraftLine,
    Places,
    PlainDay,
    Receipt,
    Slot,
    State,
    Wish,
)
from domain.bookings.ports import (
    DraftFacts,
    FollowUpPage,
    FollowUpRow,
    Hours,
    MonthFacts,
    Outline,
    OutlineFacts,
    OverviewFacts,
    SlotFacts,
)
from domain.errors import NotFound
from domain.families.model import ChildId, Enrolment, FamilyId, GuardianId, Wallet
from tests.fakes.data import TownData


def by_day(slot: Slot) -> tuple[date, int, int]:
    return slot.day, slot.activity_id, slot.child_id


def outline(days: Sequence[DayFacts]) -> Outline:
    """What of these days a mark needs."""
    whole = [x for x in days if x.booking is not None or x.line is not None or x.elsewhere]
    plain = [x for x in days if x not in whole and x.enrolled and x.opening.is_open]
    return Outline([_plain(x) for x in plain], whole)


def _plain(facts: DayFacts) -> PlainDay:
    opening = facts.opening
    return PlainDay(opening.activity_id, opening.day, opening.arrival, facts.left, facts.waiting)


class FakeDrafts:
    """The half of ``BookingTx`` that screens and drafts need."""

    def __init__(self, data: TownData) -> None:
        self.data = data

    # -- screens -------------------------------------------------------------------------------
    def lock_draft(self, draft: DraftId) -> None:
        """One at a time here: nothing to lock."""

    def month(
        self, draft: DraftId, child: ChildId, activity: ActivityId, first: date, last: date
    ) -> MonthFacts:
        openings = sorted(
            (
                opening
                for opening in self.data.openings.values()
                if opening.activity_id == activity and first <= opening.day <= last
            ),
            key=lambda opening: opening.day,
        )
        days = tuple(self._day(draft, child, opening) for opening in openings)
        hours = self.data.hours.get((draft, child, activity))
        return MonthFacts(days, len(self._lines(draft)), hours)

    def overview(
        self,
        draft: DraftId,
        children: Set[ChildId],
        structure: StructureId,
        first: date,
        last: date,
    ) -> OverviewFacts:
        found = {}
        for child in sorted(children):
            for activity in sorted(self.data.catalogue.activities.values(), key=lambda a: a.id):
                days = self.month(draft, child, activity.id, first, last).days
                known = self._has_to_do(child, activity.id, first, last)
                if activity.structure_id == structure and known:
                    found[child, activity.id] = days
        hours = {
            (child, of): hours
            for (at, child, of), hours in self.data.hours.items()
            if at == draft and child in children
        }
        return OverviewFacts(found, len(self._lines(draft)), hours)

    def outline(
        self,
        draft: DraftId,
        children: Set[ChildId],
        structure: StructureId,
        first: date,
        last: date,
    ) -> OutlineFacts:
        facts = self.overview(draft, children, structure, first, last)
        return OutlineFacts({of: outline(days) for of, days in facts.days.items()}, facts.drafted)

    def _has_to_do(self, child: ChildId, activity: ActivityId, first: date, last: date) -> bool:
        enrolled = {(e.child_id, e.activity_id) for e in self.data.enrolments}
        booked = {
            (b.slot.child_id, b.slot.activity_id)
            for b in self.data.live()
            if first <= b.slot.day <= last
        }
        return (child, activity) in enrolled | booked

    def enrolments(self, children: Set[ChildId], first: date, last: date) -> tuple[Enrolment, ...]:
        touching = (
            e
            for e in self.data.enrolments
            if e.child_id in children and e.valid_from <= last and first <= e.valid_to
        )
        return tuple(sorted(touching, key=lambda e: (e.child_id, e.activity_id, e.valid_from)))

    def wallets(self, family: FamilyId) -> tuple[Wallet, ...]:
        mine = (wallet for wallet in self.data.wallets.values() if wallet.family_id == family)
        return tuple(sorted(mine, key=lambda wallet: wallet.id))

    def quotient(self, family: FamilyId, day: date) -> Decimal | None:
        return quotient_on((q for of, q in self.data.quotients if of == family), day)

    def guardians(self, family: FamilyId) -> Mapping[GuardianId, str]:
        everybody = self.data.guardians.values()
        return {g.id: g.first_name for g in everybody if g.family_id == family}

    def filters(self, draft: DraftId) -> Filters:
        return self.data.filters.get(draft, Filters())

    def put_filters(self, draft: DraftId, filters: Filters) -> None:
        self.data.filters[draft] = filters

    def follow_up(
        self, family: FamilyId, structure: StructureId, query: Query, *, page: int, per_page: int
    ) -> FollowUpPage:
        live = map(self.data.with_transmission, self.data.live())
        mine = [b for b in live if self._is_wanted(b, family, structure, query)]
        mine.sort(key=lambda booking: by_day(booking.slot))
        pages = max(1, -(-len(mine) // per_page))
        page = min(max(page, 1), pages)
        shown = mine[(page - 1) * per_page : page * per_page]
        accepted = (b.price for b in mine if b.state is State.ACCEPTED)
        rows = tuple(
            FollowUpRow(
                b,
                self._waiting(b.slot.activity_id, b.slot.day),
                self._rank(b),
                absent=b.id in self.data.absences,
            )
            for b in shown
        )
        return FollowUpPage(rows, page, pages, sum(accepted, Decimal(0)), len(mine))

    def _is_wanted(
        self, b: Booking, family: FamilyId, structure: StructureId, query: Query
    ) -> bool:
        return (
            b.family_id == family
            and self.data.catalogue.activities[b.slot.activity_id].structure_id == structure
            and query.first <= b.slot.day <= (query.last or date.max)
            and query.child in {None, b.slot.child_id}
            and query.activity in {None, b.slot.activity_id}
            and b.state in query.states
            and b.transmitted in query.transmitted
        )

    # -- drafts --------------------------------------------------------------------------------
    def draft_facts(self, draft: DraftId, *, lock: bool) -> DraftFacts:
        if draft not in self.data.drafts:
            raise NotFound(draft=draft)
        family = self._family(draft)
        read = self._draft(draft)
        facts = {line.slot: self._slot_facts(family, line.slot) for line in read.lines}
        return DraftFacts(read, family, facts)

    def put_lines(self, draft: DraftId, lines: Sequence[DraftLine], at: datetime) -> None:
        for line in lines:
            self.data.lines[draft, line.slot] = line, at

    def put_hours(
        self, draft: DraftId, child: ChildId, activity: ActivityId, hours: Hours
    ) -> None:
        self.data.hours[draft, child, activity] = hours

    def link_siblings(self, draft: DraftId, *, wanted: bool) -> None:
        self.data.drafts[draft] = replace(self.data.drafts[draft], together=wanted)

    def empty_draft(self, draft: DraftId) -> None:
        self.link_siblings(draft, wanted=False)
        for chosen in [key for key in self.data.hours if key[0] == draft]:
            del self.data.hours[chosen]
        for key in [key for key in self.data.lines if key[0] == draft]:
            del self.data.lines[key]

    def stale_drafts(self, structure: StructureId, before: datetime) -> tuple[Draft, ...]:
        newest: dict[DraftId, datetime] = {}
        for (draft, _), (_, at) in self.data.lines.items():
            newest[draft] = max(at, newest.get(draft, at))
        stale = (self._draft(draft) for draft in sorted(newest) if newest[draft] < before)
        return tuple(d for d in stale if d.lines and d.structure_id == structure)

    def receipt(self, draft: DraftId, round_: int) -> Receipt | None:
        return self.data.receipts.get((draft, round_))

    # -- parts ---------------------------------------------------------------------------------
    def _day(self, draft: DraftId, child: ChildId, opening: Opening) -> DayFacts:
        slot = Slot(child, opening.activity_id, opening.day)
        live = next((b for b in self.data.live() if b.slot == slot), None)
        is_ours = live is not None and live.family_id == self._family(draft)
        booking = live if is_ours else None
        line, _ = self.data.lines.get((draft, slot), (None, None))
        return DayFacts(
            opening=opening,
            places=self._places(slot),
            enrolled=self.data.enrolment(slot) is not None,
            booking=booking,
            line=line,
            waiting=self._waiting(slot.activity_id, slot.day),
            rank=None if booking is None else self._rank(booking),
            elsewhere=live is not None and not is_ours,
        )

    def _places(self, slot: Slot) -> tuple[Places, ...]:
        enrolment = self.data.enrolment(slot)
        group = None if enrolment is None else enrolment.group
        pools = self.data.catalogue.pools(slot.activity_id, group)
        keys = ((pool, slot.day) for pool in dict.fromkeys(pools))
        return tuple(self.data.places[key] for key in keys if key in self.data.places)

    def _slot_facts(self, family: FamilyId, slot: Slot) -> SlotFacts:
        enrolment = self.data.enrolment(slot)
        lefts = [p.left for p in self._places(slot) if p.left is not None]
        return SlotFacts(
            own_child=(family, slot.child_id) in self.data.kinship,
            opening=self.data.openings.get((slot.activity_id, slot.day)),
            enrolled=enrolment is not None,
            group=None if enrolment is None else enrolment.group,
            quotient=self.quotient(family, slot.day),
            left=min(lefts, default=None),
            waiting=self._waiting(slot.activity_id, slot.day),
        )

    def _family(self, draft: DraftId) -> FamilyId:
        return self.data.guardians[self.data.drafts[draft].guardian_id].family_id

    def _draft(self, draft: DraftId) -> Draft:
        return replace(self.data.drafts[draft], lines=self._lines(draft))

    def _lines(self, draft: DraftId) -> tuple[DraftLine, ...]:
        mine = (line for (of, _), (line, _) in self.data.lines.items() if of == draft)
        wished = (line for line in mine if line.wish is not Wish.KEEP)
        return tuple(sorted(wished, key=lambda line: by_day(line.slot)))

    def _queue(self, activity: ActivityId, day: date) -> list[int]:
        return [
            b.order
            for b in self.data.bookings.values()
            if b.state is State.WAITLISTED and (b.slot.activity_id, b.slot.day) == (activity, day)
        ]

    def _waiting(self, activity: ActivityId, day: date) -> int:
        return len(self._queue(activity, day))

    def _rank(self, booking: Booking) -> int | None:
        if booking.state is not State.WAITLISTED:
            return None
        queue = self._queue(booking.slot.activity_id, booking.slot.day)
        return sum(turn <= booking.order for turn in queue)
