"""The audit log as an agent reads it: who did what to what, before and after (S1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.activities.model import StructureId
from domain.families.model import GuardianId
from domain.staff.model import StaffId


@dataclass(frozen=True, slots=True)
class LogLine:
    """``what`` is a word of ``StaffAct``, or of the area that it belongs to."""

    at: datetime
    staff_id: StaffId
    who: str
    what: str
    structure_id: StructureId
    guardian_id: GuardianId | None
    details: Mapping[str, str | int]
    reason: str | None = None

    @property
    def before(self) -> str:
        return str(self.details.get("before", ""))

    @property
    def after(self) -> str:
        return str(self.details.get("after", ""))


@dataclass(frozen=True, slots=True)
class LogAsked:
    """``days``: back from now; 0 is all. ``agent`` None is everybody."""

    agent: StaffId | None = None
    days: int = 7


@dataclass(frozen=True, slots=True)
class LogPage:
    """Newest first. ``agents``: who acted in these structures, ever, by name."""

    asked: LogAsked
    lines: tuple[LogLine, ...]
    page: int
    pages: int
    count: int
    agents: tuple[tuple[StaffId, str], ...]
