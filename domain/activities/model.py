from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import NewType
from zoneinfo import ZoneInfo

from domain.activities.absence_billing import ALWAYS_BILLED, AbsenceBilling
from domain.activities.hours_model import Choosing
from domain.activities.tariffs import Tariff
from domain.calendar.deadlines import Rule
from domain.calendar.model import SchoolCalendar

StructureId = NewType("StructureId", int)
ActivityId = NewType("ActivityId", int)
PoolId = NewType("PoolId", int)


class Waitlist(StrEnum):
    """What happens when no place is left, and how a freed one is given (B16)."""

    NONE = "none"
    AUTOMATIC = "automatic"
    OFFERED = "offered"


@dataclass(frozen=True, slots=True)
class Structure:
    """The organisation: owns activities, wallets, documents, announcements."""

    id: StructureId
    name: str
    welcome: str
    zone: ZoneInfo
    calendar: SchoolCalendar
    updated_at: datetime  # when the town's data was last updated (A9)
    draft_hours: int = 24  # how long an untouched draft is kept (B7)
    debt_reminder_days: int = 14  # a wallet below nothing is told of no more often (N6)

    def today(self, now: datetime) -> date:
        """The day it is there, at this instant."""
        return now.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Draw:
    """An activity takes places from this pool; for one age group only, when ``group`` is set."""

    pool_id: PoolId
    group: str | None = None


@dataclass(frozen=True, slots=True)
class BookingPeriod:
    """When an activity takes requests at all; cancelling is always possible (B1)."""

    opens_at: datetime | None = None
    opens_residents_at: datetime | None = None  # None: with everybody else
    closes_at: datetime | None = None  # an instant at which it is still open

    def opens(self, *, resident: bool) -> datetime | None:
        sooner = self.opens_residents_at if resident else None
        return sooner or self.opens_at

    def shuts(self, now: datetime, *, resident: bool) -> datetime | None:
        """The instant from, or until, which it takes requests, where it takes none now."""
        opens = self.opens(resident=resident)
        if opens is not None and now < opens:
            return opens
        return self.closes_at if self.closes_at is not None and now > self.closes_at else None


@dataclass(frozen=True, slots=True)
class Activity:
    id: ActivityId
    structure_id: StructureId
    name: str
    arrival: time
    departure: time
    weekdays: frozenset[int]  # Monday is 0; shown only, what is open is ``Opening``
    book_by: Rule
    cancel_by: Rule
    draws: tuple[Draw, ...]
    wallet: str  # the name of the wallet that pays it
    tariffs: tuple[Tariff, ...] = ()
    waitlist: Waitlist = Waitlist.NONE
    approval: bool = False  # B17: the town answers each request
    offer_minutes: int = 720  # how long an offered place waits for an answer
    may_overlap: bool = False  # B10
    excludes: frozenset[ActivityId] = frozenset()
    hours: Choosing | None = None  # B6; None: those of the opening
    period: BookingPeriod = BookingPeriod()
    absence_billing: AbsenceBilling = ALWAYS_BILLED  # B19


@dataclass(frozen=True, slots=True)
class Opening:
    """One activity on one day. Hours are the activity's unless that day has its own."""

    activity_id: ActivityId
    day: date
    is_open: bool
    arrival: time
    departure: time
