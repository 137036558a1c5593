from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.activities.model import ActivityId, Opening
from domain.bookings.model import DraftId, DraftLine
from domain.families.model import ChildId, FamilyId
from domain.notices.model import FamilyNotice
from domain.reminders.model import (
    Deadline,
    FreeDay,
    Held,
    PastBooking,
    Reminder,
    ReminderId,
    Usual,
)

LookedBack = Mapping[int, Sequence[date]]
"""By weekday, days of the past: see ``rules.looked_back``."""


@dataclass(frozen=True, slots=True)
class Told:
    """A reminder to be written: the deadline and its days."""

    deadline: Deadline
    days: Sequence[FreeDay]


class Habits(Protocol):
    """What the home screen asks too."""

    def usual(
        self, activities: Set[ActivityId], back: LookedBack, family: FamilyId | None = None
    ) -> frozenset[Usual]:
        """See ``rules.WEEKS``. Of every family, unless one is named. One statement."""

    def held(self, children: Set[ChildId], first: date, last: date) -> tuple[Held, ...]: ...


class RemindersTx(Habits, Protocol):
    """Each method is one statement, or a few, however many families there are."""

    def openings(self, first: date, last: date) -> tuple[Opening, ...]:
        """Open days of all activities."""

    def free(
        self, activities: Set[ActivityId], days: Set[date], family: FamilyId | None = None
    ) -> tuple[FreeDay, ...]:
        """Of children whose house rules are signed where there are any (A6). With ``family``,
        of that one alone, and silenced or drafted or not.
        """

    def open(self, told: Sequence[Told], at: datetime) -> tuple[Reminder, ...]:
        """Written, but for the deadlines that the family was told of already."""

    def post_to_families(self, notices: Sequence[FamilyNotice]) -> None: ...

    def forget(self, before: datetime) -> None:
        """Reminders whose deadline lies that far back."""

    # -- answering ---------------------------------------------------------------------------
    def reminder(self, reminder_id: ReminderId, family: FamilyId) -> Reminder | None:
        """None for another family's as for one that does not exist."""

    def silence(self, reminder_id: ReminderId, at: datetime) -> None: ...

    def past(
        self, family: FamilyId, activities: Set[ActivityId], days: Set[date]
    ) -> tuple[PastBooking, ...]:
        """What the family had booked on these days, newest first."""

    def put_lines(self, draft: DraftId, lines: Sequence[DraftLine], at: datetime) -> None: ...
