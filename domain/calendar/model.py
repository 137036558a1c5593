"""The town's calendar: which days are holidays. Data of the town, never constants in code."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class DateRange:
    """From ``first`` to ``last``, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"last: {self.last} is before {self.first}")


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    public_holidays: frozenset[date] = frozenset()
    school_holidays: tuple[DateRange, ...] = ()

    def is_public_holiday(self, day: date) -> bool:
        return day in self.public_holidays

    def is_school_holiday(self, day: date) -> bool:
        return any(one.first <= day <= one.last for one in self.school_holidays)
