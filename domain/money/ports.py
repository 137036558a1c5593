from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from domain.activities.model import StructureId
from domain.families.model import FamilyId, Wallet
from domain.money.model import (
    Asked,
    Consumption,
    Debit,
    Imbalance,
    Payment,
    ToDebit,
    Undebited,
)


class MoneyTx(Protocol):
    """The ledger and what is told from it. Entries are added, never changed: the database refuses
    it, and keeps each wallet's balance as their sum.
    """

    # -- what a family reads -----------------------------------------------------------------
    def wallets(self, family: FamilyId, structure: StructureId) -> tuple[Wallet, ...]:
        """By name."""

    def undebited(
        self, family: FamilyId, structure: StructureId, asked: Asked
    ) -> tuple[Undebited, ...]:
        """Bookings that hold a place and are not debited; by day, activity, child."""

    def consumptions(
        self, family: FamilyId, structure: StructureId, first: date, last: date
    ) -> tuple[Consumption, ...]:
        """The latest day first, then as they were debited."""

    def payments(
        self, family: FamilyId, structure: StructureId, first: date, last: date
    ) -> tuple[Payment, ...]:
        """The latest first."""

    # -- the night ---------------------------------------------------------------------------
    def to_debit(self, structure: StructureId, before: date) -> tuple[ToDebit, ...]:
        """Accepted bookings of days before this one that were not debited; by day and ticket."""

    def debit(self, lines: Sequence[Debit], at: datetime) -> int:
        """In a few statements, however many; a line that is there already is left. A wallet that
        the family does not have yet is opened. Answers how many were new.
        """

    # -- the doctor --------------------------------------------------------------------------
    def imbalances(self) -> tuple[Imbalance, ...]: ...
