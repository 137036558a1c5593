"""The words in which the sample activities are written down."""

from dataclasses import dataclass
from datetime import time, timedelta
from decimal import Decimal
from enum import StrEnum

from bot.sample.structures import Place
from domain.activities.absence_billing import ALWAYS_BILLED, AbsenceBilling
from domain.activities.hours_model import Choosing
from domain.activities.model import Waitlist
from domain.activities.tariffs import DayKind, PerDay, Unit
from domain.calendar.deadlines import Rule

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = range(6)
SCHOOL_WEEK = (MONDAY, TUESDAY, THURSDAY, FRIDAY)
WORKING_WEEK = (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)


class Key(StrEnum):
    """What the other modules call an activity."""

    CANTEEN = "canteen"
    MORNING = "morning"
    EVENING = "evening"
    TIMED_MORNING = "timed_morning"
    APS_MORNING = "aps_morning"
    APS_EVENING = "aps_evening"
    WEDNESDAY = "wednesday"
    WEDNESDAY_MORNING = "wednesday_morning"
    SMALL_WEDNESDAY = "small_wednesday"
    HOLIDAYS = "holidays"
    CIRCUS = "circus"
    MUSIC = "music"
    CHOIR = "choir"


class Age(StrEnum):
    """The age groups of the holiday centre."""

    SMALL = "3-4 ans"
    MIDDLE = "5-6 ans"
    BIG = "6-12 ans"


@dataclass(frozen=True, slots=True)
class Share:
    """Places that one or more activities draw on (B8). ``capacity`` None is unlimited."""

    pool: str
    capacity: int | None
    age: Age | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """EUR a unit, for quotients from ``low`` included to ``high`` excluded."""

    amount: str
    low: int | None = None
    high: int | None = None
    unit: Unit = PerDay()  # noqa: RUF009 - frozen
    day_kind: DayKind = DayKind.ANY

    @property
    def each(self) -> Decimal:
        return Decimal(self.amount)

    @property
    def bracket(self) -> tuple[Decimal | None, Decimal | None]:
        low, high = (None if end is None else Decimal(end) for end in (self.low, self.high))
        return low, high


@dataclass(frozen=True, slots=True)
class Offer:
    """One activity. ``in_holidays``: open in the school holidays instead of outside them."""

    key: Key
    name: str
    hours: tuple[time, time]
    weekdays: tuple[int, ...]
    book_by: Rule
    cancel_by: Rule
    shares: tuple[Share, ...]
    rates: tuple[Rate, ...]
    waitlist: Waitlist = Waitlist.NONE
    approval: bool = False
    choosing: Choosing | None = None
    residents_first: timedelta | None = None  # how much later the others may book (B1)
    in_holidays: bool = False
    place: Place = Place.TOWN_HALL
    absences: AbsenceBilling = ALWAYS_BILLED
