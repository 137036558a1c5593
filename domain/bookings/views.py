"""What the use cases answer: facts for a screen, without a word or a mark."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from domain.activities.model import Activity, Structure
from domain.bookings.filters import EVERYTHING, Filters
from domain.bookings.model import Booking, DayView, DraftLine, Reason, Slot
from domain.bookings.ports import Hours
from domain.families.model import Child


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that was asked and left as it is; ``limit`` when it was too late."""

    day: date
    reason: Reason
    limit: datetime | None = None


@dataclass(frozen=True, slots=True)
class MonthView:
    child: Child
    activity: Activity
    structure: Structure
    first: date  # the first day of the month
    days: tuple[DayView, ...]  # open days only, by day
    drafted: int  # wishes in the whole draft, all children and activities
    skipped: tuple[Skipped, ...] = ()  # by the tap that led here
    unchanged: bool = False  # nothing to do: an old button pressed again
    hours: Hours | None = None  # chosen once for all days (B6)
    asks_hours: bool = False  # the tapped day needs hours before it can be asked for


@dataclass(frozen=True, slots=True)
class ActivityChoice:
    activity: Activity
    drafted: int
    opens: date  # the first day of the month that its calendar opens on


@dataclass(frozen=True, slots=True)
class RecapLine:
    slot: Slot
    child: Child
    activity: Activity
    line: DraftLine
    price: Decimal
    quotient_missing: bool = False
    full: bool = False  # no place at this instant: it would join the waitlist
    doubt: Reason | None = None  # why it would not be processed at this instant
    changed: Booking | None = None  # what is booked, and asked for at other hours (B6)


@dataclass(frozen=True, slots=True)
class Effect:
    """What confirming would do to the estimated balance of one wallet (B12)."""

    wallet: str
    balance: Decimal
    change: Decimal  # negative when the family will owe more


@dataclass(frozen=True, slots=True)
class RecapView:
    structure: Structure
    round: int
    digest: str
    bookings: tuple[RecapLine, ...]
    cancellations: tuple[RecapLine, ...]
    effects: tuple[Effect, ...]
    changes: tuple[RecapLine, ...] = ()  # other hours for what is booked (B6)
    together: bool | None = None  # whether siblings are linked; None: none ask for the same (B16)

    @property
    def booked_total(self) -> Decimal:
        return sum((line.price for line in self.bookings), Decimal(0))

    @property
    def lines(self) -> tuple[RecapLine, ...]:
        return (*self.bookings, *self.changes, *self.cancellations)

    @property
    def cancelled_total(self) -> Decimal:
        return sum((line.price for line in self.cancellations), Decimal(0))


@dataclass(frozen=True, slots=True)
class DetailsView:
    """ "Détails de l'activité" (B7): hours, weekdays, price, deadlines."""

    child: Child
    activity: Activity
    first: date  # the month to go back to
    price: Decimal | None
    quotient_missing: bool
    per_slice_minutes: int | None
    next_days: tuple[DayView, ...]  # the coming open days, with their exact limits


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    booking: Booking
    child: Child
    activity: Activity
    rank: int | None
    waiting: int
    can_cancel: bool
    cancel_limit: datetime | None
    asked_by: str | None = None  # the first name, where the family has several guardians (A11)
    absent: bool = False  # declared so, and still booked (B19)


@dataclass(frozen=True, slots=True)
class FollowUpView:
    lines: tuple[FollowUpLine, ...]
    page: int
    pages: int
    accepted_total: Decimal
    filters: Filters = EVERYTHING
    today: date = date.min  # from which "à venir" counts
    count: int = 0  # of all pages
