"""What was done, by whom, to whose account: for the town, and for whoever must look into it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.activities.model import StructureId
from domain.families.model import GuardianId
from domain.staff.model import StaffId


class Actor(StrEnum):
    """Who did what the audit log tells."""

    GUARDIAN = "guardian"
    STAFF = "staff"
    SYSTEM = "system"
    STRANGER = "stranger"  # nobody is connected


@dataclass(frozen=True, slots=True)
class Entry:
    """``guardian_id``: whose account it is about. ``details``: JSON-safe; ids, never names.

    ``staff_id``: the agent who did it, and ``structure_id`` for which structure (S1).
    ``what`` has at most 64 characters; each area has a list of its own.
    """

    at: datetime
    actor: Actor
    what: StrEnum
    guardian_id: GuardianId | None = None
    telegram_user: int | None = None
    details: Mapping[str, str | int] = field(default_factory=dict)
    staff_id: StaffId | None = None
    structure_id: StructureId | None = None
