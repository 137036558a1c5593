"""Habits, free days and reminders in memory."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from datetime import date, datetime

from domain.activities.model import ActivityId, Opening
from domain.bookings.model import HOLDING, DraftId, DraftLine, State, Wish
from domain.documents.model import DocumentKind
from domain.families.model import ChildId, FamilyId
from domain.notices.model import FamilyNotice
from domain.reminders.model import (
    FreeDay,
    Held,
    PastBooking,
    Reminder,
    ReminderId,
    Usual,
)
from domain.reminders.ports import LookedBack, Told
from domain.reminders.rules import OFTEN, WEEKS
from tests.fakes.data import StoredReminder, TownData
from tests.fakes.documents import FakeDocuments
from tests.fakes.drafts import FakeDrafts
from tests.fakes.outbox import FakeOutbox


class FakeHabits:
    data: TownData

    def usual(
        self, activities: Set[ActivityId], back: LookedBack, family: FamilyId | None = None
    ) -> frozenset[Usual]:
        found = set()
        for activity in activities:
            for weekday, days in back.items():
                open_ = [day for day in sorted(days, reverse=True) if self._opens(activity, day)]
                counted = [
                    (b.family_id, b.slot.child_id)
                    for b in self.data.live()
                    if b.slot.activity_id == activity
                    and b.slot.day in open_[:WEEKS]
                    and b.state in HOLDING
                ]
                found |= {
                    Usual(*whose, activity, weekday)
                    for whose in counted
                    if counted.count(whose) >= OFTEN and family in {None, whose[0]}
                }
        return frozenset(found)

    def held(self, children: Set[ChildId], first: date, last: date) -> tuple[Held, ...]:
        theirs = [
            Held(
                b.slot.child_id,
                b.slot.activity_id,
                b.slot.day,
                b.arrival,
                b.departure,
                b.family_id if b.state is State.ACCEPTED else None,
            )
            for b in self.data.live()
            if b.slot.child_id in children
            and first <= b.slot.day <= last
            and b.state is not State.REFUSED
        ]
        return tuple(sorted(theirs, key=lambda h: (h.day, h.child_id, h.activity_id)))

    def _opens(self, activity: ActivityId, day: date) -> bool:
        opening = self.data.openings.get((activity, day))
        return opening is not None and opening.is_open

    # -- free days ---------------------------------------------------------------------------
    def _free(self) -> Iterator[FreeDay]:
        held = {booking.slot for booking in self.data.live()}
        for opening in self.data.openings.values():
            for family, child in self.data.kinship:
                one = FreeDay(family, child, opening)
                enrolled = self.data.enrolment(one.slot) is not None
                if opening.is_open and enrolled and one.slot not in held:
                    yield one

    def _is_drafted(self, day: FreeDay) -> bool:
        return any(
            slot == day.slot
            and line.wish is Wish.BOOK
            and self.data.guardians[self.data.drafts[draft].guardian_id].family_id == day.family_id
            for (draft, slot), (line, _) in self.data.lines.items()
        )

    def _is_silenced(self, day: FreeDay) -> bool:
        return any(
            stored.silenced_at is not None
            and stored.reminder.deadline.family_id == day.family_id
            and day.slot in stored.reminder.slots
            for stored in self.data.reminders.values()
        )


def in_order(days: Sequence[FreeDay]) -> tuple[FreeDay, ...]:
    return tuple(
        sorted(
            days,
            key=lambda d: (d.opening.day, d.opening.activity_id, d.child_id, d.family_id),
        )
    )


class FakeReminders(FakeHabits):
    def __init__(self, data: TownData) -> None:
        self.data = data

    def openings(self, first: date, last: date) -> tuple[Opening, ...]:
        there = (o for o in self.data.openings.values() if o.is_open and first <= o.day <= last)
        return tuple(sorted(there, key=lambda o: (o.day, o.activity_id)))

    def free(
        self, activities: Set[ActivityId], days: Set[date], family: FamilyId | None = None
    ) -> tuple[FreeDay, ...]:
        there = [
            one
            for one in self._free()
            if one.opening.activity_id in activities
            and one.opening.day in days
            and not self._is_unsigned(one)
        ]
        if family is not None:
            return in_order([one for one in there if one.family_id == family])
        return in_order(
            [one for one in there if not (self._is_drafted(one) or self._is_silenced(one))]
        )

    def _is_unsigned(self, day: FreeDay) -> bool:
        structure = self.data.catalogue.activities[day.opening.activity_id].structure_id
        rules = FakeDocuments(self.data).current(structure).get(DocumentKind.HOUSE_RULES)
        if rules is None:
            return False
        return (day.family_id, day.child_id, rules.id) not in self.data.signatures

    def open(self, told: Sequence[Told], at: datetime) -> tuple[Reminder, ...]:
        known = {stored.reminder.deadline for stored in self.data.reminders.values()}
        opened = []
        for one in told:
            if one.deadline not in known:
                key = ReminderId(max(self.data.reminders, default=0) + 1)
                made = Reminder(key, one.deadline, tuple(day.slot for day in one.days))
                self.data.reminders[key] = StoredReminder(made)
                opened.append(made)
        return tuple(opened)

    def post_to_families(self, notices: Sequence[FamilyNotice]) -> None:
        FakeOutbox(self.data).post_to_families(notices)

    def forget(self, before: datetime) -> None:
        self.data.reminders = {
            key: stored
            for key, stored in self.data.reminders.items()
            if stored.reminder.deadline.limit >= before
        }

    def reminder(self, reminder_id: ReminderId, family: FamilyId) -> Reminder | None:
        stored = self.data.reminders.get(reminder_id)
        if stored is None or stored.reminder.deadline.family_id != family:
            return None
        return stored.reminder

    def silence(self, reminder_id: ReminderId, at: datetime) -> None:
        stored = self.data.reminders[reminder_id]
        self.data.reminders[reminder_id] = replace(stored, silenced_at=at)

    def past(
        self, family: FamilyId, activities: Set[ActivityId], days: Set[date]
    ) -> tuple[PastBooking, ...]:
        theirs = [
            PastBooking(
                b.slot,
                b.arrival,
                b.departure,
                self.data.openings[b.slot.activity_id, b.slot.day],
            )
            for b in self.data.live()
            if b.family_id == family
            and b.slot.activity_id in activities
            and b.slot.day in days
            and b.state in HOLDING
        ]
        theirs.sort(key=lambda p: (p.slot.activity_id, p.slot.child_id))
        return tuple(sorted(theirs, key=lambda p: p.slot.day, reverse=True))

    def put_lines(self, draft: DraftId, lines: Sequence[DraftLine], at: datetime) -> None:
        FakeDrafts(self.data).put_lines(draft, lines, at)
