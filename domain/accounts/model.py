from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from domain.activities.model import StructureId
from domain.bookings.model import DraftId
from domain.families.model import Child, ChildId, Guardian, GuardianId

SessionId = NewType("SessionId", int)


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

    def child(self, child_id: ChildId) -> Child | None:
        """None for a child of another family, exactly as for one that does not exist."""
        return next((child for child in self.children if child.id == child_id), None)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a login is checked against. ``password_hash`` is argon2id."""

    guardian_id: GuardianId
    password_hash: str
    structure_ids: tuple[StructureId, ...]


@dataclass(frozen=True, slots=True)
class Attempts:
    """Wrong passwords of one Telegram user, or for one identifier (A8)."""

    failures: int
    last_at: datetime | None
