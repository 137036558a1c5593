from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from domain.absences.model import AbsenceNews
from domain.activities.model import StructureId
from domain.bookings.model import Movement, State
from domain.families.model import FamilyId

TransmissionId = NewType("TransmissionId", int)


@dataclass(frozen=True, slots=True)
class Transmission:
    """One night's hand-over of one structure to the town's back office (X2)."""

    id: TransmissionId
    structure_id: StructureId
    night: date  # the business date: one transmission a structure and night, ever
    number: int  # 1, 2, 3... per structure
    claimed_at: datetime
    movements: int
    checksum: str | None = None  # SHA-256 of the movements' CSV, once it is on disk
    written_at: datetime | None = None
    taken_at: datetime | None = None  # the back office said so


class Handover(StrEnum):
    """What is seen of the files of a transmission, where they were put."""

    WAITS = "waits"
    SIGNED = "signed"  # acknowledged; whether rightly shows only beside its contents
    TAKEN = "taken"  # acknowledged, with a right checksum
    MISREAD = "misread"  # acknowledged, with another one
    LOST = "lost"  # gone before it was acknowledged


@dataclass(frozen=True, slots=True)
class TownCodes:
    """The town's own codes of what a line is about; None where it was not imported."""

    family: str | None = None
    child: str | None = None
    activity: str | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """A movement with the state of its booking at the night's cut."""

    movement: Movement
    state: State
    codes: TownCodes = TownCodes()


@dataclass(frozen=True, slots=True)
class ReportedAbsence:
    news: AbsenceNews
    codes: TownCodes = TownCodes()


@dataclass(frozen=True, slots=True)
class ReportedPayment:
    """Money that was paid online, as the town hears of it: no payer is named.

    ``reference`` is the order's, ``provider_reference`` the provider's own for this payment.
    """

    family_id: FamilyId
    structure_id: StructureId
    wallet: str
    day: date
    at: datetime  # credited
    amount: Decimal
    mode: str
    provider: str
    reference: str
    provider_reference: str
    family_code: str | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What one transmission has claimed; the same for ever."""

    movements: Sequence[Reported]
    absences: Sequence[ReportedAbsence] = ()
    payments: Sequence[ReportedPayment] = ()


@dataclass(frozen=True, slots=True)
class FamilyReport:
    """What a family reads in the morning (N2). Counts are of what the family asked."""

    family_id: FamilyId
    structure_id: StructureId
    night: date
    booked: int
    cancelled: int
    changed: int  # other hours for what is booked (B6)
    lines: tuple[Reported, ...]
