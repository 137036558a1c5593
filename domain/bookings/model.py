from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple, NewType

from domain.activities.model import ActivityId, Opening, PoolId, StructureId
from domain.families.model import ChildId, FamilyId, GuardianId

BookingId = NewType("BookingId", int)
DraftId = NewType("DraftId", int)


TURNS: Final = 1 << 20
"""From one ticket to the next, in turns: moved to the same spot twenty times, there is room."""


class State(StrEnum):
    ACCEPTED = "accepted"
    PENDING = "pending"  # waits for the town's answer; holds a place
    WAITLISTED = "waitlisted"
    OFFERED = "offered"  # a freed place is held until the family answers
    REFUSED = "refused"
    CANCELLED = "cancelled"


HOLDING = frozenset({State.ACCEPTED, State.PENDING, State.OFFERED})
"""What takes a place (B8)."""


class Wish(StrEnum):
    BOOK = "book"
    CANCEL = "cancel"
    KEEP = "keep"  # a line taken back: kept as a row, so that a tap is one statement


class DayState(StrEnum):
    """The eight states of a day with one activity chosen (spec, calendar states)."""

    CLOSED = "closed"
    FULL = "full"
    AVAILABLE = "available"
    WAITLIST_ONLY = "waitlist_only"
    BOOKED = "booked"
    WAITING = "waiting"  # waitlisted, offered, pending or refused; can cancel
    BOOKED_LOCKED = "booked_locked"
    WAITING_LOCKED = "waiting_locked"  # the day is locked, but leaving a queue is always allowed


class Result(StrEnum):
    """What became of one line at confirmation (B13)."""

    ACCEPTED = "accepted"
    WAITLISTED = "waitlisted"
    PENDING = "pending"
    CHANGED = "changed"  # other hours, same place and same rank (B6)
    CANCELLED = "cancelled"
    NOT_PROCESSED = "not_processed"


class Reason(StrEnum):
    CLOSED = "closed"
    LATE = "late"
    FULL = "full"
    NOT_ENROLLED = "not_enrolled"
    CLASH = "clash"
    ALREADY_BOOKED = "already_booked"
    NOTHING_TO_CANCEL = "nothing_to_cancel"
    LOCKED = "locked"
    NO_TARIFF = "no_tariff"
    HOURS = "hours"  # that day does not take these hours (B6)
    DEBT = "debt"  # the family account is in debt (B1)
    PERIOD = "period"  # the activity takes no requests now (B1)
    UNSIGNED = "unsigned"  # the house rules wait (A6)
    OTHER_FAMILY = "other_family"  # the child's other family asked for the same slot (A11)
    TOGETHER = "together"  # a sibling who is linked to this one could not be asked for (B16)


@dataclass(frozen=True, slots=True)
class Slot:
    """One child, one activity, one day: what a booking, a line and a movement are about."""

    child_id: ChildId
    activity_id: ActivityId
    day: date


@dataclass(frozen=True, slots=True)
class Places:
    """A pool on one day. ``capacity`` None is unlimited, 0 is nothing left: never the same."""

    pool_id: PoolId
    day: date
    capacity: int | None
    taken: int
    next_ticket: int = 1

    @property
    def left(self) -> int | None:
        return places_left(self.capacity, self.taken)


def places_left(capacity: int | None, taken: int) -> int | None:
    return None if capacity is None else max(capacity - taken, 0)


def smallest(lefts: Iterable[int | None]) -> int | None:
    """Of the limits that apply; None when nothing limits (B8)."""
    return min((left for left in lefts if left is not None), default=None)


@dataclass(frozen=True, slots=True)
class Booking:
    """``ticket`` is its place in the order of requests: (activity, day, ticket) is unique."""

    id: BookingId
    slot: Slot
    family_id: FamilyId
    guardian_id: GuardianId | None
    state: State
    ticket: int
    arrival: time
    departure: time
    price: Decimal  # EUR, as it was at booking (B11)
    group: str | None = None
    offer_until: datetime | None = None
    reason: str | None = None
    transmitted: bool = False
    together: int | None = None  # siblings who wait together share it, per activity and day (B16)
    barred: bool = False  # it waits, and its family may take no place now: a debt (B1)
    turn: int | None = None  # where the town moved it in its queue (S5); None: by its ticket

    @property
    def order(self) -> int:
        """Lower is served first. Between two tickets there is room for those who are moved."""
        return self.ticket * TURNS if self.turn is None else self.turn

    @property
    def set_aside(self) -> bool:
        """The town itself put it in the queue, and said why (B17). No other has a reason there."""
        return self.state is State.WAITLISTED and self.reason is not None


@dataclass(frozen=True, slots=True)
class DraftLine:
    slot: Slot
    wish: Wish
    arrival: time
    departure: time


@dataclass(frozen=True, slots=True)
class Draft:
    """A guardian's own basket for one structure; ``round`` counts its confirmations."""

    id: DraftId
    guardian_id: GuardianId
    structure_id: StructureId
    round: int
    lines: tuple[DraftLine, ...] = ()
    together: bool = False  # siblings who ask for the same are served together (B16)

    @property
    def wishes(self) -> tuple[DraftLine, ...]:
        return tuple(line for line in self.lines if line.wish is not Wish.KEEP)


@dataclass(frozen=True, slots=True)
class DayFacts:
    """What the database knows of one child, activity and day when a calendar is drawn."""

    opening: Opening
    places: tuple[Places, ...]  # the pools that this child draws on
    enrolled: bool
    booking: Booking | None = None
    line: DraftLine | None = None
    waiting: int = 0  # how many wait in this activity's queue that day
    rank: int | None = None  # this booking's place in it, from 1
    elsewhere: bool = False  # asked for by the child's other family, whose booking it is (A11)

    @property
    def left(self) -> int | None:
        return smallest([places.left for places in self.places])


class PlainDay(NamedTuple):
    """A day that is open to a child, with nothing booked nor drafted: what its state needs.

    A tuple, since a month over all activities is made of hundreds.
    """

    activity_id: ActivityId
    day: date
    arrival: time  # from which its deadlines count
    left: int | None  # as ``DayFacts.left``
    waiting: int


@dataclass(frozen=True, slots=True)
class DayView:
    """One day as a parent may see it, before any word or mark is chosen."""

    day: date
    state: DayState
    wish: Wish | None  # BOOK or CANCEL when drafted
    left: int | None
    book_limit: datetime | None  # last instant to book; None when the day is not open
    cancel_limit: datetime | None
    late: bool = False  # open, but past the booking limit
    booking: Booking | None = None
    rank: int | None = None
    elsewhere: bool = False  # asked for by the child's other family: CLOSED to this one (A11)
    hours: tuple[time, time] | None = None  # drafted, else booked
    shut: datetime | None = None  # outside the booking period: until, or since when (B1)

    @property
    def changes_hours(self) -> bool:
        """Booked already, and drafted with other hours (B6)."""
        return self.booking is not None and self.wish is Wish.BOOK

    @property
    def changeable(self) -> bool:
        """Bookable in the guide's sense: group buttons act on these and no others (B3)."""
        return self.state in {DayState.AVAILABLE, DayState.BOOKED}

    @property
    def counts_as_booked(self) -> bool:
        if self.state is DayState.BOOKED:
            return self.wish is not Wish.CANCEL
        return self.wish is Wish.BOOK


@dataclass(frozen=True, slots=True)
class Span:
    """The days that one button stands for: a day, a week, a weekday of a month, or a month."""

    first: date
    last: date
    weekday: int | None = None  # Monday is 0
    single: bool = False  # a tap on one day, which may join a waitlist; a group never does (B3)
    month: date | None = None  # the month to show, when it is not that of ``first``

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last and self.weekday in {None, day.weekday()}

    @property
    def shown(self) -> date:
        return (self.month or self.first).replace(day=1)


@dataclass(frozen=True, slots=True)
class LineOutcome:
    slot: Slot
    wish: Wish
    result: Result
    arrival: time
    departure: time
    price: Decimal
    rank: int | None = None
    reason: Reason | None = None
    limit: datetime | None = None  # the limit that was passed, for LATE and LOCKED


@dataclass(frozen=True, slots=True)
class Receipt:
    """The kept answer to one confirmation: the same key always gives the same receipt."""

    draft_id: DraftId
    round: int
    digest: str
    at: datetime
    outcomes: tuple[LineOutcome, ...] = field(default=())


class MovementKind(StrEnum):
    BOOKING = "booking"
    CANCELLATION = "cancellation"
    CHANGE = "change"  # of hours: the place and the rank stay (B6)
    # What the town or the queue decided: transmitted, but never counted as asked by the family.
    PROMOTION = "promotion"  # a place was given, or an offered one taken
    APPROVAL = "approval"  # the town said yes (B17)
    REFUSAL = "refusal"
    WAITLISTING = "waitlisting"  # the town let it wait instead of answering (B17)
    CLOSURE = "closure"
    LAPSE = "lapse"


ASKED = frozenset({MovementKind.BOOKING, MovementKind.CANCELLATION, MovementKind.CHANGE})


@dataclass(frozen=True, slots=True)
class Movement:
    """What was asked or decided; never changed once written, but for its transmission."""

    slot: Slot
    ticket: int
    kind: MovementKind
    family_id: FamilyId
    guardian_id: GuardianId | None
    structure_id: StructureId
    at: datetime
    state: State  # the booking's state right after
    arrival: time
    departure: time
    price: Decimal
