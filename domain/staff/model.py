"""Who works for the town, and what they may do (S1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

from domain.activities.model import StructureId
from domain.staff.errors import NotAllowed

StaffId = NewType("StaffId", int)
StaffSessionId = NewType("StaffSessionId", int)


class Role(StrEnum):
    READER = "reader"
    AGENT = "agent"
    MANAGER = "manager"


class Right(StrEnum):
    """One for each act. Every handler of the town's side declares the one that it needs."""

    LOOK = "look"  # home, own devices
    READ_SHEETS = "read_sheets"  # day sheets, head-counts, absences (S4)
    READ_REQUESTS = "read_requests"
    DECIDE_REQUESTS = "decide_requests"  # S3
    READ_PLACES = "read_places"
    CHANGE_PLACES = "change_places"  # S5: capacity, closing a day
    REORDER_WAITLIST = "reorder_waitlist"
    READ_FAMILIES = "read_families"  # S6
    INVITE_FAMILIES = "invite_families"  # new letters, unlocking
    READ_ANNOUNCEMENTS = "read_announcements"
    ANNOUNCE = "announce"  # S2: compose, send, edit, withdraw
    READ_TRANSMISSIONS = "read_transmissions"
    RUN_NIGHT = "run_night"  # S7
    IMPORT = "import"  # X1
    READ_AUDIT = "read_audit"
    SETTLE_ALERTS = "settle_alerts"


_READS: Final = frozenset(
    {
        Right.LOOK,
        Right.READ_SHEETS,
        Right.READ_REQUESTS,
        Right.READ_PLACES,
        Right.READ_ANNOUNCEMENTS,
        Right.READ_TRANSMISSIONS,
    }
)
_ACTS: Final = _READS | {
    Right.DECIDE_REQUESTS,
    Right.CHANGE_PLACES,
    Right.READ_FAMILIES,
    Right.INVITE_FAMILIES,
    Right.ANNOUNCE,
    Right.SETTLE_ALERTS,
}
RIGHTS: Final[Mapping[Role, frozenset[Right]]] = {
    Role.READER: _READS,
    Role.AGENT: _ACTS,
    Role.MANAGER: frozenset(Right),
}
"""Who may do what. What is not here is refused."""


@dataclass(frozen=True, slots=True)
class StaffIdentity:
    """Who acts for the town. Read from the session at every update, never from a button.

    ``structure_id``: the one shown now; ``structures``: all that they work for, by id.
    """

    session_id: StaffSessionId
    staff_id: StaffId
    role: Role
    name: str  # shown to colleagues and in the audit log
    structure_id: StructureId
    structures: tuple[StructureId, ...]
    locale: str
    catalogue_version: int
    seen_at: datetime
    in_tables: bool = False  # which display (decision 9)

    def may(self, right: Right) -> bool:
        return right in RIGHTS[self.role]

    def check(self, right: Right, structure: StructureId | None = None) -> None:
        """Raises NotAllowed; of a structure that is not theirs, too. Use cases ask again what the
        door has asked already: a handler that forgets must not open anything.
        """
        if not self.may(right) or (structure is not None and structure not in self.structures):
            raise NotAllowed
