"""The kinds of deadline that a town can choose (B9). Weekdays count from Monday = 0."""

from collections.abc import Set
from dataclasses import KW_ONLY, dataclass
from datetime import time
from typing import TypeAlias

WEEKDAYS = frozenset(range(7))
WEEKEND = frozenset({5, 6})
LONGEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class DaysBefore:
    """``days`` eligible days before the service, at ``at``; 0 is the day itself, skipped or not.

    Only eligible days count, so the limit always falls on one: for Monday 16 March 2026, two days
    before without the weekend is Thursday 12 March.
    """

    days: int
    at: time
    _: KW_ONLY
    skip_weekends: bool = False
    skip_public_holidays: bool = False
    skip_school_holidays: bool = False
    skip_weekdays: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        _check_range("days", self.days, 0, LONGEST_DAYS)
        _check_time(self.at)
        _check_weekdays(self.skip_weekdays)
        if self.skipped_weekdays == WEEKDAYS:
            raise ValueError("skip_weekdays: every day of the week is skipped")

    @property
    def skipped_weekdays(self) -> Set[int]:
        return self.skip_weekdays | WEEKEND if self.skip_weekends else self.skip_weekdays


@dataclass(frozen=True, slots=True)
class HoursBefore:
    """Hours that really pass before the service starts, whatever the clocks do meanwhile."""

    hours: int

    def __post_init__(self) -> None:
        _check_range("hours", self.hours, 0, LONGEST_DAYS * 24)


@dataclass(frozen=True, slots=True)
class WeekdayBefore:
    """The last such weekday before the day, never the day itself."""

    weekday: int
    at: time

    def __post_init__(self) -> None:
        _check_range("weekday", self.weekday, 0, 6)
        _check_time(self.at)


@dataclass(frozen=True, slots=True)
class WeekdayOfPreviousWeek:
    """That weekday in the week before the day's own (``weeks=1``) or the one before (``weeks=2``).

    Weeks run from Monday to Sunday: a Sunday belongs to the week that ends with it.
    """

    weekday: int
    at: time
    weeks: int = 1

    def __post_init__(self) -> None:
        _check_range("weekday", self.weekday, 0, 6)
        _check_range("weeks", self.weeks, 1, 2)
        _check_time(self.at)


@dataclass(frozen=True, slots=True)
class DayOfPreviousMonth:
    """That day of the month before, or its last day where the month is shorter."""

    day: int
    at: time

    def __post_init__(self) -> None:
        _check_range("day", self.day, 1, 31)
        _check_time(self.at)


@dataclass(frozen=True, slots=True)
class NoDeadline:
    """In time until the service starts."""


DayRule: TypeAlias = DaysBefore | WeekdayBefore | WeekdayOfPreviousWeek | DayOfPreviousMonth
SimpleRule: TypeAlias = DayRule | HoursBefore | NoDeadline


@dataclass(frozen=True, slots=True)
class PerWeekday:
    """One rule for each weekday of the service, Monday first, as many towns publish them."""

    rules: tuple[SimpleRule, ...]

    def __post_init__(self) -> None:
        if len(self.rules) != len(WEEKDAYS):
            raise ValueError(f"rules: seven are needed, Monday first, not {len(self.rules)}")
        if any(isinstance(rule, PerWeekday) for rule in self.rules):
            raise ValueError("rules: a weekday's rule cannot depend on the weekday again")


Rule: TypeAlias = SimpleRule | PerWeekday


def _check_range(name: str, value: int, lowest: int, highest: int) -> None:
    if not lowest <= value <= highest:
        raise ValueError(f"{name}: {value} is not between {lowest} and {highest}")


def _check_time(at: time) -> None:
    if at.tzinfo is not None or at.second or at.microsecond:
        raise ValueError(f"at: {at} is not a local time in whole minutes")


def _check_weekdays(weekdays: Set[int]) -> None:
    for weekday in weekdays:
        _check_range("skip_weekdays", weekday, 0, 6)
