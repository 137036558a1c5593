from datetime import date
from typing import Protocol

from domain.activities.model import ActivityId, StructureId
from domain.audit.ports import AuditLog
from domain.sheets.model import SheetRow


class SheetsTx(AuditLog, Protocol):
    def sheet(
        self, structure: StructureId, day: date, activity: ActivityId | None
    ) -> tuple[SheetRow, ...]:
        """Accepted bookings, and those that wait for the town's answer. One statement."""
