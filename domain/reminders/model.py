"""A deadline that comes near with nothing asked for it (N3, H2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NewType

from domain.activities.model import ActivityId, Opening, StructureId
from domain.bookings.model import Slot
from domain.families.model import ChildId, FamilyId

ReminderId = NewType("ReminderId", int)


@dataclass(frozen=True, slots=True)
class FreeDay:
    """An open day on which this child of this family is enrolled; nobody booked it for the child,
    no guardian of the family has it in a draft, and the family did not silence its deadline.
    """

    family_id: FamilyId
    child_id: ChildId
    opening: Opening

    @property
    def slot(self) -> Slot:
        return Slot(self.child_id, self.opening.activity_id, self.opening.day)


@dataclass(frozen=True, slots=True)
class Usual:
    """A weekday (Monday is 0) for which this family usually books this child there."""

    family_id: FamilyId
    child_id: ChildId
    activity_id: ActivityId
    weekday: int


@dataclass(frozen=True, slots=True)
class Held:
    """Where a child is, or waits to be, whichever family asked."""

    child_id: ChildId
    activity_id: ActivityId
    day: date
    arrival: time
    departure: time
    held_by: FamilyId | None = None  # whose accepted booking it is


@dataclass(frozen=True, slots=True)
class Deadline:
    """What one family is told of once."""

    family_id: FamilyId
    structure_id: StructureId
    limit: datetime


@dataclass(frozen=True, slots=True)
class Reminder:
    """A deadline that a family was told of, with the days that it was about."""

    id: ReminderId
    deadline: Deadline
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class PastBooking:
    """``usual_hours``: those of the opening that day; another is a choice of the family's."""

    slot: Slot
    arrival: time
    departure: time
    opening: Opening


Missing = Mapping[Deadline, Sequence[Slot]]
"""By deadline, the days that usually are booked and are not."""
