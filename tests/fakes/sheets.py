"""Who comes on a day, in memory."""

from datetime import date

from domain.activities.model import ActivityId, StructureId
from domain.bookings.model import Booking, State
from domain.sheets.model import Missing, SheetRow
from tests.fakes.audit import FakeAuditLog
from tests.fakes.data import TownData


class FakeSheets(FakeAuditLog):
    def __init__(self, data: TownData) -> None:
        self.data = data

    def sheet(
        self, structure: StructureId, day: date, activity: ActivityId | None
    ) -> tuple[SheetRow, ...]:
        activities = self.data.catalogue.activities
        there = (
            b
            for b in self.data.bookings.values()
            if b.state in {State.ACCEPTED, State.PENDING}
            and b.slot.day == day
            and activities[b.slot.activity_id].structure_id == structure
            and activity in {None, b.slot.activity_id}
        )
        return tuple(self._row(b) for b in sorted(there, key=lambda b: (b.slot.activity_id, b.id)))

    def _row(self, booking: Booking) -> SheetRow:
        told = self.data.absences.get(booking.id)
        missing = None
        if told is not None:
            missing = Missing(told.declared_at, told.reason, told.certificate is not None)
        return SheetRow(
            booking.id,
            booking.slot.activity_id,
            self.data.children[booking.slot.child_id],
            booking.arrival,
            booking.departure,
            booking.group,
            is_sure=booking.state is State.ACCEPTED,
            missing=missing,
        )
