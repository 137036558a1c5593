from datetime import datetime
from typing import Protocol

from domain.activities.model import StructureId
from domain.audit.ports import AuditLog
from domain.journal.model import LogLine
from domain.staff.model import StaffId


class JournalTx(AuditLog, Protocol):
    """What agents did in some structures."""

    def count(
        self, structures: tuple[StructureId, ...], agent: StaffId | None, since: datetime | None
    ) -> int: ...

    def lines(
        self,
        structures: tuple[StructureId, ...],
        agent: StaffId | None,
        since: datetime | None,
        *,
        offset: int,
        limit: int,
    ) -> tuple[LogLine, ...]:
        """Newest first."""

    def agents(self, structures: tuple[StructureId, ...]) -> tuple[tuple[StaffId, str], ...]:
        """By name."""
