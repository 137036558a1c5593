"""Who comes on a day, by activity and class or group (S4). No health, no address: names, hours."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeAlias

from domain.absences.model import Reason
from domain.activities.model import Activity, ActivityId
from domain.bookings.model import BookingId
from domain.families.model import Child


class Order(StrEnum):
    CLASS = "class"  # then by name; by name alone where no class is known
    NAME = "name"
    ARRIVAL = "arrival"
    DEPARTURE = "departure"


@dataclass(frozen=True, slots=True)
class Missing:
    """A declared absence, as far as it concerns whoever counts the children (B19)."""

    since: datetime
    reason: Reason | None
    has_certificate: bool


@dataclass(frozen=True, slots=True)
class SheetRow:
    """``group``: the age group, where the activity has some. ``is_sure``: accepted, not asked."""

    booking_id: BookingId
    activity_id: ActivityId
    child: Child
    arrival: time
    departure: time
    group: str | None
    is_sure: bool
    missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class HeadCount:
    expected: int  # accepted, whether declared absent or not
    absent: int

    @property
    def present(self) -> int:
        return self.expected - self.absent


@dataclass(frozen=True, slots=True)
class Half:
    """Half an hour from then on, and how many children are there in it."""

    start: time
    present: int


Counted: TypeAlias = tuple[tuple[str, HeadCount], ...]
"""By name, in the order in which they are called."""


@dataclass(frozen=True, slots=True)
class ActivitySheet:
    """``rows`` are those that are sure, in the order asked for within their group; ``asking``
    wait for the town's answer.
    """

    activity: Activity
    rows: tuple[SheetRow, ...]
    asking: tuple[SheetRow, ...]
    total: HeadCount
    groups: Counted  # empty where there are none
    halves: tuple[Half, ...]  # empty where all have the same hours

    @property
    def undecided(self) -> int:
        return len(self.asking)


@dataclass(frozen=True, slots=True)
class Sheet:
    """``activities``: those where somebody is expected, or asks to come.

    ``classes``: the children of each class, once each whatever they come to, NO_CLASS for those
    without; empty where no class is known. ``school_class``: the one that is told alone.
    """

    day: date
    today: date
    activities: tuple[ActivitySheet, ...]
    order: Order
    read_at: datetime
    chosen: Activity | None = None
    classes: Counted = ()
    school_class: str | None = None
