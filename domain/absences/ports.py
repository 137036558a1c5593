from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from domain.absences.model import Absence, AbsenceNews, Absent
from domain.activities.model import StructureId
from domain.audit.ports import AuditLog
from domain.bookings.model import Booking, BookingId
from domain.families.model import ChildId, FamilyId


@dataclass(frozen=True, slots=True)
class Booked:
    """An accepted booking, and the absence declared for it."""

    booking: Booking
    absence: Absence | None


class AbsencesTx(AuditLog, Protocol):
    def booked(
        self, family: FamilyId, structure: StructureId, first: date, last: date
    ) -> tuple[Booked, ...]:
        """Accepted bookings of the family, by day, child, hour, activity."""

    def lock_booked(
        self, family: FamilyId, structure: StructureId, child: ChildId, day: date
    ) -> tuple[Booked, ...]:
        """The same of one child's day; none of them is changed before this unit ends."""

    def put(self, absences: Sequence[Absence]) -> None:
        """Insert; of one that is there all is replaced but who declared it, and when."""

    def withdraw(self, bookings: Set[BookingId]) -> None: ...

    def tell_town(self, news: Sequence[AbsenceNews]) -> None:
        """By the next night (X2)."""

    def absent(self, structure: StructureId, day: date) -> tuple[Absent, ...]:
        """Of every family, by activity, hour and declaration."""
