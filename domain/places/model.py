"""What an agent sees of an activity's days: places, who holds one, who waits (S5)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.activities.model import Activity
from domain.bookings.model import Booking, BookingId, Places
from domain.families.model import Child


@dataclass(frozen=True, slots=True)
class PoolDay:
    """A pool's places that day; ``name`` is the town's own."""

    places: Places
    name: str


@dataclass(frozen=True, slots=True)
class DayCounts:
    """An activity on a day; ``pools`` are those it draws on, of all age groups."""

    day: date
    is_open: bool
    pools: tuple[PoolDay, ...]
    booked: int  # who holds a place: accepted, pending, offered
    pending: int  # of those: who waits for the town's answer
    waiting: int

    @property
    def tightest(self) -> PoolDay | None:
        """Of the pools that are limited, the one with least left."""
        limited = [pool for pool in self.pools if pool.places.left is not None]
        return min(limited, key=lambda pool: pool.places.left or 0, default=None)


@dataclass(frozen=True, slots=True)
class Waiter:
    """``rank`` from 1. ``turn``: what the town's hand has put in order, see ``Booking.order``."""

    booking: Booking
    child: Child
    rank: int
    is_moved: bool
    in_debt: bool  # passed over while it lasts (B1)


@dataclass(frozen=True, slots=True)
class MonthOfPlaces:
    activity: Activity
    first: date
    days: tuple[DayCounts, ...]
    today: date


@dataclass(frozen=True, slots=True)
class DayOfPlaces:
    activity: Activity
    counts: DayCounts
    is_over: bool  # nothing of it can be changed any more


@dataclass(frozen=True, slots=True)
class QueueView:
    activity: Activity
    day: date
    waiters: tuple[Waiter, ...]


@dataclass(frozen=True, slots=True)
class CapacityPreview:
    """``after`` is what it would be: never fewer than are taken. ``served``: bookings of the
    queue that would get a place, or be offered one; ``families`` of them would hear it.
    """

    activity: Activity
    pool: PoolDay
    wanted: int | None
    after: Places
    served: int
    families: int

    @property
    def is_too_few(self) -> bool:
        return self.after.capacity != self.wanted


@dataclass(frozen=True, slots=True)
class ClosingPreview:
    """``bookings`` end, of which ``held`` a place; ``families`` hear it; ``refund`` is no longer
    expected of them, in EUR.
    """

    activity: Activity
    day: date
    bookings: int
    held: int
    families: int
    refund: Decimal


@dataclass(frozen=True, slots=True)
class MoveAsked:
    """To which rank, from 1, of the queue as it is under the locks. ``reason``: 3 to 200
    characters in the agent's own words.
    """

    booking: BookingId
    rank: int
    reason: str


@dataclass(frozen=True, slots=True)
class Turn:
    booking: BookingId
    turn: int
