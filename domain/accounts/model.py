from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from domain.activities.model import StructureId
from domain.bookings.model import DraftId
from domain.families.model import Child, ChildId, Guardian, GuardianId

SessionId = NewType("SessionId", int)


class Gate(StrEnum):
    """What must be done before anything else works, in this order."""

    CREDENTIALS = "credentials"  # the temporary password must be replaced (A4)
    CONSENT = "consent"  # documents wait to be read and agreed to (A5)


@dataclass(frozen=True, slots=True)
class Debt:
    """The wallet that is furthest below what the structure allows."""

    wallet: str
    balance: Decimal  # EUR, of debited amounts only


@dataclass(frozen=True, slots=True)
class Identity:
    """Who acts. Read from the session for every update, never from what a button says (A10)."""

    session_id: SessionId
    guardian: Guardian
    structure_id: StructureId
    draft_id: DraftId
    children: tuple[Child, ...]  # of the family, by first name
    catalogue_version: int  # the town's data at this instant
    seen_at: datetime
    must_change_password: bool = False
    consents_due: bool = False
    unsigned: frozenset[ChildId] = frozenset()  # whose house rules wait for a signature (A6)
    debt: Debt | None = None  # why the family may not book in this structure (B1)
    is_resident: bool = True

    @property
    def gate(self) -> Gate | None:
        if self.must_change_password:
            return Gate.CREDENTIALS
        return Gate.CONSENT if self.consents_due else None

    def child(self, child_id: ChildId) -> Child | None:
        """None for a child of another family, exactly as for one that does not exist."""
        return next((child for child in self.children if child.id == child_id), None)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a login is checked against. ``password_hash`` is argon2id."""

    guardian_id: GuardianId
    password_hash: str
    structure_ids: tuple[StructureId, ...]
    password_until: datetime | None = None  # of a temporary password


@dataclass(frozen=True, slots=True)
class Login:
    """What somebody who is connected would log in by."""

    identifier: str
    password_hash: str


@dataclass(frozen=True, slots=True)
class Attempts:
    """Wrong passwords of one Telegram user, or for one identifier (A8)."""

    failures: int
    last_at: datetime | None
