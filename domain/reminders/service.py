"""Telling families what closes within a day (N3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from domain.activities.catalogue import Catalogue
from domain.activities.ports import Catalogues
from domain.clock import Clock
from domain.notices.model import FamilyNotice, Kind
from domain.reminders import rules
from domain.reminders.model import Deadline, FreeDay, Reminder
from domain.reminders.ports import RemindersTx, Told
from domain.work import Transaction

LEASE: Final = timedelta(minutes=5)
KEPT: Final = timedelta(days=2)  # so that an old button still gets its sentence


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
        if not catalogue.structures:  # before the town is imported
            return 0

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
