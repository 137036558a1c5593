from datetime import date
from typing import Protocol

from domain.activities.model import StructureId
from domain.announcements.ports import Announcements
from domain.bookings.model import Booking, DraftId
from domain.families.model import FamilyId, GuardianId, Wallet
from domain.reminders.model import FreeDay
from domain.reminders.ports import Habits


class HomeTx(Announcements, Habits, Protocol):
    """All that the home screen tells, in one unit of work."""

    def structures(self, guardian: GuardianId) -> tuple[StructureId, ...]:
        """In key order."""

    def drafted(self, draft: DraftId) -> int: ...

    def debts(self, family: FamilyId, structure: StructureId) -> tuple[Wallet, ...]:
        """Wallets below zero."""

    def offers(self, family: FamilyId) -> tuple[Booking, ...]:
        """Places that wait for an answer, in every structure."""

    def free_days(
        self, family: FamilyId, structure: StructureId, first: date, last: date
    ) -> tuple[FreeDay, ...]:
        """By day, activity, child."""
