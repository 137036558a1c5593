from datetime import datetime
from typing import Protocol

from domain.accounts.access import Account
from domain.activities.model import StructureId
from domain.audit.ports import AuditLog
from domain.families.model import FamilyId, GuardianId
from domain.families.sheets import FamilyNames, FamilySheet, Reach


class FamiliesTx(AuditLog, Protocol):
    """Families of a structure: those of whom a guardian is registered with it."""

    def names(
        self, structure: StructureId, after: FamilyId, limit: int
    ) -> tuple[FamilyNames, ...]:
        """By number, those after ``after``. Names are sealed: each is opened here."""

    def reach(self, structure: StructureId, after: FamilyId, limit: int) -> tuple[Reach, ...]:
        """The same, with how they can be reached."""

    def by_identifier(self, structure: StructureId, identifier: str) -> FamilyNames | None: ...

    def sheet(self, structure: StructureId, family: FamilyId) -> FamilySheet | None: ...

    def account_here(self, structure: StructureId, guardian: GuardianId) -> Account | None: ...

    def letters_since(self, guardian: GuardianId, since: datetime) -> int:
        """How many invitations were issued at that instant or later."""
