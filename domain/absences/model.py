"""A child that will not come although it is booked, and too late to cancel (B19)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final

from domain.activities.model import Activity, ActivityId, StructureId
from domain.bookings.model import Booking, BookingId, Slot
from domain.families.model import Child, ChildId, FamilyId, GuardianId

LONGEST_NOTE: Final = 200  # characters
BIGGEST_CERTIFICATE: Final = 10 * 2**20  # bytes


class Reason(StrEnum):
    """Few and discreet: nobody is asked what a child suffers from (A12)."""

    ILL = "ill"
    VISIT = "visit"  # an appointment
    OTHER = "other"


class CertificateKind(StrEnum):
    PHOTO = "photo"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Certificate:
    """``file``: by which Telegram finds it again; the message itself stays in the chat."""

    file: str
    kind: CertificateKind


@dataclass(frozen=True, slots=True)
class Absence:
    """One a booking, which keeps its place. ``billed``: what the family was told."""

    booking_id: BookingId
    guardian_id: GuardianId
    declared_at: datetime
    billed: bool
    reason: Reason | None  # None once whoever declared it had their access erased
    note: str | None = None
    certificate: Certificate | None = None


class News(StrEnum):
    DECLARED = "declared"
    CHANGED = "changed"  # it is billed, or proved, otherwise than was told before
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class AbsenceNews:
    """What the town's back office hears of an absence (X2); never why the child is absent.

    ``ticket`` names the booking, with activity and day.
    """

    what: News
    slot: Slot
    ticket: int
    family_id: FamilyId
    structure_id: StructureId
    at: datetime
    billed: bool
    certified: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """What is declared: one activity of a child's day, or the whole day."""

    child_id: ChildId
    day: date
    activity_id: ActivityId | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """``cancel_until``: while it can still be cancelled, which costs nothing."""

    booking: Booking
    activity: Activity
    absence: Absence | None
    cancel_until: datetime | None = None

    @property
    def can_declare(self) -> bool:
        return self.absence is None and self.cancel_until is None


@dataclass(frozen=True, slots=True)
class DayOfChild:
    """What a child is booked for on one day, by hour."""

    child: Child
    day: date
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Absent:
    """A row of the town's list."""

    child: Child
    activity_id: ActivityId
    arrival: time
    departure: time
    absence: Absence
