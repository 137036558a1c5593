"""Telling families what closes within a day, and taking their answer (N3)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Final

from domain.accounts.model import Identity
from domain.activities.catalogue import Catalogue
from domain.activities.ports import Catalogues
from domain.bookings.model import DraftLine, Wish
from domain.clock import Clock
from domain.notices.model import FamilyNotice, Kind
from domain.reminders import rules
from domain.reminders.errors import OtherStructure, ReminderGone
from domain.reminders.model import Deadline, FreeDay, PastBooking, Reminder, ReminderId
from domain.reminders.ports import RemindersTx, Told
from domain.reports.ports import Jobs
from domain.work import Transaction

LEASE: Final = timedelta(minutes=5)
KEPT: Final = timedelta(days=2)  # so that an old button still gets its sentence


@dataclass(frozen=True, slots=True)
class RemindHourly:
    """Once an hour, by one process (decision 7): a deadline is told 23 to 24 hours before."""

    jobs: Transaction[Jobs]
    remind: "RemindDeadlines"
    clock: Clock

    async def __call__(self) -> int:
        now = self.clock().astimezone(UTC)
        name, day = f"reminders-{now:%H}", now.date()
        if not await self.jobs.write(lambda tx: tx.claim(name, day, now, now + LEASE)):
            return 0
        told = await self.remind()
        at = self.clock()
        await self.jobs.write(lambda tx: tx.done(name, day, at))
        return told


@dataclass(frozen=True, slots=True)
class RemindDeadlines:
    """Every family once for each deadline, all its children and activities together.

    In a number of statements that does not depend on how many families there are. Answers how
    many reminders were opened. Repeated, it changes nothing.
    """

    reminders: Transaction[RemindersTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self) -> int:
        catalogue, now = await self.catalogues(), self.clock()

        # Read apart: a whole town is looked at, and writers need not wait for that.
        missing = await self.reminders.read(lambda tx: _missing(tx, catalogue, now))
        told = [
            Told(deadline, days)
            for deadline, days in missing.items()
            if rules.may_tell(
                deadline.limit, now, catalogue.structures[deadline.structure_id].zone
            )
        ]

        def work(tx: RemindersTx) -> int:
            tx.forget(now - KEPT)
            opened = tx.open(told, now)
            tx.post_to_families([_notice(one, now) for one in opened])
            return len(opened)

        return await self.reminders.write(work)


def _missing(
    tx: RemindersTx, catalogue: Catalogue, now: datetime
) -> Mapping[Deadline, Sequence[FreeDay]]:
    today = min(structure.today(now) for structure in catalogue.structures.values())
    limits = rules.closing(tx.openings(today, today + rules.AHEAD), catalogue, now)
    if not limits:
        return {}
    activities, days = {a for a, _ in limits}, {day for _, day in limits}
    usual = tx.usual(activities, rules.looked_back(days, today))
    free = [
        one
        for one in tx.free(activities, days)
        if (one.opening.activity_id, one.opening.day) in limits
    ]
    held = tx.held({one.child_id for one in free}, min(days), max(days))
    return rules.missing(free, usual, held, catalogue, now)


def _notice(of: Reminder, at: datetime) -> FamilyNotice:
    return FamilyNotice(
        key=f"{Kind.DEADLINE_REMINDER}:{of.id}",
        family_id=of.deadline.family_id,
        kind=Kind.DEADLINE_REMINDER,
        params={
            "structure": of.deadline.structure_id,
            "reminder": of.id,
            "until": of.deadline.limit.isoformat(),
            "missing": [
                {
                    "child": child,
                    "activity": activity,
                    "days": [slot.day.isoformat() for slot in slots],
                }
                for (child, activity), slots in groupby(
                    of.slots, key=lambda slot: (slot.child_id, slot.activity_id)
                )
            ],
        },
        at=at,
    )


@dataclass(frozen=True, slots=True)
class BookAsUsual:
    """Fill the draft with the days of a reminder that can still be asked for, at the hours that
    are usual; nothing is recorded. Answers how many; repeated, it changes nothing.

    Raises ReminderGone, OtherStructure(structure=).
    """

    reminders: Transaction[RemindersTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, who: Identity, reminder_id: ReminderId) -> int:
        catalogue, now = await self.catalogues(who.catalogue_version), self.clock()

        def work(tx: RemindersTx) -> int:
            found = _open_reminder(tx, who, reminder_id, now)
            if found.deadline.structure_id != who.structure_id:
                there = catalogue.structures[found.deadline.structure_id]
                raise OtherStructure(structure=there.name)
            lines = _lines(tx, who, found, catalogue, now)
            tx.put_lines(who.draft_id, lines, now)
            return len(lines)

        return await self.reminders.write(work)


def _lines(
    tx: RemindersTx, who: Identity, of: Reminder, catalogue: Catalogue, now: datetime
) -> list[DraftLine]:
    family = who.guardian.family_id
    activities, days = {x.activity_id for x in of.slots}, {x.day for x in of.slots}
    asked = set(of.slots)
    free = [
        one
        for one in tx.free(activities, days, family)
        if one.slot in asked
        and who.child(one.child_id) is not None
        and now <= catalogue.limits(one.opening).book
    ]
    today = catalogue.structures[who.structure_id].today(now)
    back = rules.looked_back(days, today)
    past = tx.past(family, activities, {day for weekday in back.values() for day in weekday})
    return [
        DraftLine(one.slot, Wish.BOOK, *rules.usual_hours(one.opening, _like(one, past)))
        for one in free
    ]


def _like(day: FreeDay, past: Sequence[PastBooking]) -> Iterator[PastBooking]:
    whose = day.child_id, day.opening.activity_id
    return (one for one in past if (one.slot.child_id, one.slot.activity_id) == whose)


@dataclass(frozen=True, slots=True)
class SilenceReminder:
    """Not this time: home tells no more of it. Raises ReminderGone. Twice is once."""

    reminders: Transaction[RemindersTx]
    clock: Clock

    async def __call__(self, who: Identity, reminder_id: ReminderId) -> Reminder:
        now = self.clock()

        def work(tx: RemindersTx) -> Reminder:
            found = _open_reminder(tx, who, reminder_id, now)
            tx.silence(found.id, now)
            return found

        return await self.reminders.write(work)


def _open_reminder(
    tx: RemindersTx, who: Identity, reminder_id: ReminderId, now: datetime
) -> Reminder:
    found = tx.reminder(reminder_id, who.guardian.family_id)
    if found is None or found.deadline.limit < now:
        raise ReminderGone
    return found
