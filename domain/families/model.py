from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from domain.activities.model import ActivityId, StructureId

FamilyId = NewType("FamilyId", int)
GuardianId = NewType("GuardianId", int)
ChildId = NewType("ChildId", int)
WalletId = NewType("WalletId", int)


class Display(StrEnum):
    CLASSIC = "classic"
    RICH = "rich"


@dataclass(frozen=True, slots=True)
class Child:
    """``school_class``: as the town names it; None also where nobody asked for it."""

    id: ChildId
    first_name: str
    last_name: str
    school_class: str | None = None


@dataclass(frozen=True, slots=True)
class Guardian:
    """A person with a login; several per family (A11)."""

    id: GuardianId
    family_id: FamilyId
    civility: str  # "M.", "Mme", or empty
    first_name: str
    last_name: str
    emails: tuple[str, ...] = ()
    locale: str = "fr"
    display: Display = Display.CLASSIC


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Child x activity x validity, both ends included. No enrolment, no booking."""

    child_id: ChildId
    activity_id: ActivityId
    valid_from: date
    valid_to: date
    group: str | None = None  # the age group, where pools have limits of their own (B8)

    def covers(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to


@dataclass(frozen=True, slots=True)
class Wallet:
    id: WalletId
    family_id: FamilyId
    structure_id: StructureId
    name: str
    balance: Decimal  # EUR; credit is positive
    closed: bool = False  # nothing is paid into it any more
