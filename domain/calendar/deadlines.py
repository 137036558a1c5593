"""Until when a day can be booked or cancelled (B9). The only door: import deadlines from here."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from domain.calendar.deadline_data import from_data, to_data
from domain.calendar.deadline_rules import (
    DayOfPreviousMonth,
    DayRule,
    DaysBefore,
    HoursBefore,
    NoDeadline,
    PerWeekday,
    Rule,
    SimpleRule,
    WeekdayBefore,
    WeekdayOfPreviousWeek,
)
from domain.calendar.instants import instant
from domain.calendar.model import SchoolCalendar

__all__ = [
    "DayOfPreviousMonth",
    "DaysBefore",
    "HoursBefore",
    "NoDeadline",
    "NoEligibleDay",
    "PerWeekday",
    "Rule",
    "SimpleRule",
    "WeekdayBefore",
    "WeekdayOfPreviousWeek",
    "from_data",
    "in_time",
    "limit",
    "to_data",
]

ONE_DAY = timedelta(days=1)
LONGEST_PAUSE = 366  # days in a row without an eligible one: then the calendar is wrong, not long


class NoEligibleDay(ValueError):
    """The rule and the calendar together leave no day on which the deadline could fall."""


def limit(
    rule: Rule, *, day: date, starts_at: time, calendar: SchoolCalendar, zone: ZoneInfo
) -> datetime:
    """The last instant, in UTC, at which a request for ``day`` is still in time.

    Never after the service starts: a rule that says later (the same day at 10:00 for a service
    at 07:30) ends with the start. Clock changes: see ``instant``. Raises NoEligibleDay.
    """
    start = instant(day, starts_at, zone)
    if isinstance(rule, PerWeekday):
        rule = rule.rules[day.weekday()]
    match rule:
        case NoDeadline():
            return start
        case HoursBefore():
            return start - timedelta(hours=rule.hours)
        case _:
            return min(start, instant(_last_day(rule, day, calendar), rule.at, zone))


def in_time(limit: datetime, now: datetime) -> bool:
    """Equality is in time. Both are aware, of any zone: ValueError otherwise."""
    if limit.utcoffset() is None or now.utcoffset() is None:
        raise ValueError("a deadline is compared with aware datetimes only")
    return now.astimezone(UTC) <= limit.astimezone(UTC)


def _last_day(rule: DayRule, day: date, calendar: SchoolCalendar) -> date:
    match rule:
        case DaysBefore():
            return _eligible_days_before(rule, day, calendar)
        case WeekdayBefore():
            return day - timedelta(days=(day.weekday() - rule.weekday - 1) % 7 + 1)
        case WeekdayOfPreviousWeek():
            monday = day - timedelta(days=day.weekday())
            return monday - timedelta(weeks=rule.weeks) + timedelta(days=rule.weekday)
        case DayOfPreviousMonth():
            last = day.replace(day=1) - ONE_DAY
            return last.replace(day=min(rule.day, monthrange(last.year, last.month)[1]))
        case _:
            assert_never(rule)


def _eligible_days_before(rule: DaysBefore, day: date, calendar: SchoolCalendar) -> date:
    for _ in range(rule.days):
        day = _eligible_day_before(rule, day, calendar)
    return day


def _eligible_day_before(rule: DaysBefore, day: date, calendar: SchoolCalendar) -> date:
    skipped = rule.skipped_weekdays
    for _ in range(LONGEST_PAUSE):
        day -= ONE_DAY
        if day.weekday() not in skipped and not _is_skipped_holiday(rule, day, calendar):
            return day
    raise NoEligibleDay(f"no eligible day in the {LONGEST_PAUSE} days from {day}")


def _is_skipped_holiday(rule: DaysBefore, day: date, calendar: SchoolCalendar) -> bool:
    if rule.skip_public_holidays and calendar.is_public_holiday(day):
        return True
    return rule.skip_school_holidays and calendar.is_school_holiday(day)
