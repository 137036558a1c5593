from collections.abc import Set
from dataclasses import dataclass
from datetime import date, time
from typing import Protocol

from domain.activities.model import ActivityId, Opening, StructureId
from domain.announcements.ports import Announcements
from domain.bookings.model import Booking, DraftId
from domain.families.model import ChildId, FamilyId, GuardianId, Wallet


@dataclass(frozen=True, slots=True)
class OpenDay:
    """A day on which this child is enrolled, and that it neither holds nor has in the draft."""

    child_id: ChildId
    opening: Opening


@dataclass(frozen=True, slots=True)
class Held:
    """Where a child is, or waits to be, whichever family asked."""

    child_id: ChildId
    activity_id: ActivityId
    day: date
    arrival: time
    departure: time
    held_by: FamilyId | None = None  # whose accepted booking it is


class HomeTx(Announcements, Protocol):
    """All that the home screen tells, in one unit of work."""

    def structures(self, guardian: GuardianId) -> tuple[StructureId, ...]:
        """In key order."""

    def drafted(self, draft: DraftId) -> int: ...

    def debts(self, family: FamilyId, structure: StructureId) -> tuple[Wallet, ...]:
        """Wallets below zero."""

    def offers(self, family: FamilyId) -> tuple[Booking, ...]:
        """Places that wait for an answer, in every structure."""

    def open_days(
        self,
        draft: DraftId,
        children: Set[ChildId],
        structure: StructureId,
        first: date,
        last: date,
    ) -> tuple[OpenDay, ...]: ...

    def held(self, children: Set[ChildId], first: date, last: date) -> tuple[Held, ...]: ...
