"""Where a child cannot be: in two places at once, or in what the town excludes (B10). Pure."""

from dataclasses import dataclass
from datetime import time
from typing import Protocol

from domain.activities.catalogue import Catalogue
from domain.bookings.model import Slot


class Held(Protocol):
    """A booking, or a line that asks for one."""

    @property
    def slot(self) -> Slot: ...
    @property
    def arrival(self) -> time: ...
    @property
    def departure(self) -> time: ...


@dataclass(frozen=True, slots=True)
class Asked:
    slot: Slot
    arrival: time
    departure: time


def clash(catalogue: Catalogue, one: Held, other: Held) -> bool:
    """Of one child: waiting elsewhere is the caller's to leave out. The same slot never does."""
    if (one.slot.child_id, one.slot.day) != (other.slot.child_id, other.slot.day):
        return False
    if one.slot == other.slot:
        return False
    mine = catalogue.activities[one.slot.activity_id]
    theirs = catalogue.activities[other.slot.activity_id]
    if theirs.id in mine.excludes or mine.id in theirs.excludes:
        return True
    if mine.may_overlap or theirs.may_overlap:
        return False
    return one.arrival < other.departure and other.arrival < one.departure
