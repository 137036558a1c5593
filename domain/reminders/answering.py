"""The answers to a reminder: as usual, or not this time (N3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.accounts.model import Identity
from domain.activities.catalogue import Catalogue
from domain.activities.ports import Catalogues
from domain.bookings.gates import check_debt
from domain.bookings.model import DraftLine, Wish
from domain.clock import Clock
from domain.reminders import rules
from domain.reminders.errors import OtherStructure, ReminderGone
from domain.reminders.model import FreeDay, PastBooking, Reminder, ReminderId
from domain.reminders.ports import RemindersTx
from domain.work import Transaction


@dataclass(frozen=True, slots=True)
class BookAsUsual:
    """Fill the draft with the days of a reminder that can still be asked for, at the hours that
    are usual; nothing is recorded. Answers how many; repeated, it changes nothing.

    Raises ReminderGone, OtherStructure(structure=), FamilyInDebt.
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
            check_debt(who)
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
