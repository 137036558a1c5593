"""Requests that wait for the town's answer (B17), as its agents see them (S3)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from domain.activities.model import Activity, ActivityId
from domain.bookings.model import Booking
from domain.families.model import Child, ChildId

LONGEST_REASON: Final = 200  # characters
MOST_AT_ONCE: Final = 500  # answered by one confirmation; the rest is gathered again


class Verdict(StrEnum):
    ACCEPT = "accept"
    REFUSE = "refuse"
    WAITLIST = "waitlist"


class Pile(StrEnum):
    NEW = "new"  # nobody answered yet
    ASIDE = "aside"  # the town let them wait, and is to take them up again


@dataclass(frozen=True, slots=True)
class Query:
    """Which requests of a structure; None is any."""

    pile: Pile = Pile.NEW
    activity: ActivityId | None = None
    day: date | None = None
    child: ChildId | None = None


@dataclass(frozen=True, slots=True)
class Request:
    booking: Booking
    child: Child


@dataclass(frozen=True, slots=True)
class RequestPage:
    """The oldest first."""

    query: Query
    rows: tuple[Request, ...]
    page: int  # from 1
    pages: int
    count: int  # of all pages


@dataclass(frozen=True, slots=True)
class Asked:
    """What the database knows of one request. ``by``: a guardian's full name, None once erased."""

    request: Request
    at: datetime
    by: str | None
    in_debt: bool
    waiting: int  # in the queue of that activity and day
    like_day: int  # requests of its pile for the same activity and day, itself among them
    like_child: int  # the same of the same child and activity, on any day


@dataclass(frozen=True, slots=True)
class RequestView:
    asked: Asked
    activity: Activity
    left: int | None  # places, of the pools that the child draws on; None: without a limit
    pile: Pile
    has_begun: bool = False  # its service: it can only be refused


class Outcome(StrEnum):
    """What became of one request when it was answered."""

    DONE = "done"
    SAME = "same"  # had that answer already: a second tap, or a colleague
    ANSWERED = "answered"  # a colleague answered otherwise meanwhile
    GONE = "gone"  # withdrawn by the family
    NO_PLACE = "no_place"  # of those set aside: none is left
    CLASH = "clash"  # likewise: the child has another place at these hours now
    NO_QUEUE = "no_queue"  # the activity has no waitlist
    DAY_OVER = "day_over"  # its service began: it can only be refused


@dataclass(frozen=True, slots=True)
class Answered:
    """``request`` as it stands after."""

    request: Request
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Decision:
    verdict: Verdict
    lines: tuple[Answered, ...]

    def count(self, outcome: Outcome) -> int:
        return sum(line.outcome is outcome for line in self.lines)
