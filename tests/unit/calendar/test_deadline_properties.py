"""B9, on any rule and any calendar."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar.deadlines import (
    DayOfPreviousMonth,
    DaysBefore,
    HoursBefore,
    NoDeadline,
    PerWeekday,
    WeekdayBefore,
    WeekdayOfPreviousWeek,
    from_data,
    limit,
    to_data,
)
from domain.calendar.model import PARIS, DateRange, SchoolCalendar

calm = settings(deadline=None)  # nothing here is a measure of time

days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))
weekdays = st.integers(0, 6)
plain_days_before = st.builds(DaysBefore, st.integers(0, 60), clocks)
days_before = st.builds(
    DaysBefore,
    st.integers(0, 60),
    clocks,
    skip_weekends=st.booleans(),
    skip_public_holidays=st.booleans(),
    skip_school_holidays=st.booleans(),
    skip_weekdays=st.frozensets(st.integers(0, 4), max_size=4),
)
simple_rules = st.one_of(
    days_before,
    st.builds(HoursBefore, st.integers(0, 24 * 60)),
    st.builds(WeekdayBefore, weekdays, clocks),
    st.builds(WeekdayOfPreviousWeek, weekdays, clocks, st.integers(1, 2)),
    st.builds(DayOfPreviousMonth, st.integers(1, 31), clocks),
    st.just(NoDeadline()),
)
rules = simple_rules | st.builds(PerWeekday, st.tuples(*[simple_rules] * 7))
ranges = st.builds(
    lambda first, length: DateRange(first, first + timedelta(days=length)),
    days,
    st.integers(0, 60),
)
calendars = st.builds(
    SchoolCalendar, st.frozensets(days, max_size=30), st.lists(ranges, max_size=3).map(tuple)
)


def limit_of(rule, day, calendar, starts_at=time(7, 30)) -> datetime:
    return limit(rule, day=day, starts_at=starts_at, calendar=calendar, zone=PARIS)


@calm
@given(rules, days, clocks, calendars)
def test_a_limit_never_falls_after_the_service_starts(rule, day, starts_at, calendar):
    start = limit_of(NoDeadline(), day, calendar, starts_at)

    assert limit_of(rule, day, calendar, starts_at) <= start


@calm
@given(simple_rules, days, st.integers(1, 400), calendars)
def test_a_later_day_never_has_an_earlier_limit(rule, day, gap, calendar):
    later = day + timedelta(days=gap)

    assert limit_of(rule, day, calendar) <= limit_of(rule, later, calendar)


@calm
@given(days_before.filter(lambda rule: rule.days > 0), days, calendars)
def test_exactly_n_eligible_days_lie_from_the_limit_to_the_eve(rule, day, calendar):
    last_day = limit_of(rule, day, calendar).astimezone(PARIS).date()

    between = [last_day + timedelta(days=nth) for nth in range((day - last_day).days)]
    assert sum(is_eligible(rule, one, calendar) for one in between) == rule.days
    assert is_eligible(rule, last_day, calendar)


def is_eligible(rule: DaysBefore, day: date, calendar: SchoolCalendar) -> bool:
    """The rule once more, in other words."""
    return not any(
        (
            rule.skip_weekends and f"{day:%a}" in ("Sat", "Sun"),
            rule.skip_public_holidays and day in calendar.public_holidays,
            rule.skip_school_holidays
            and any(one.first <= day <= one.last for one in calendar.school_holidays),
            day.isoweekday() - 1 in rule.skip_weekdays,
        )
    )


@calm
@given(plain_days_before, days)
def test_a_limit_is_shown_by_the_clock_that_the_rule_names_or_an_hour_later(rule, day):
    found = limit_of(rule, day, SchoolCalendar(), time(23, 59)).astimezone(PARIS)

    assert found.tzinfo is not None
    shown = found.replace(tzinfo=None)
    named = datetime.combine(day - timedelta(days=rule.days), rule.at)
    assert shown - named in (timedelta(0), timedelta(hours=1))


@calm
@given(st.builds(HoursBefore, st.integers(0, 24 * 60)), days)
def test_hours_before_really_pass(rule, day):
    start = limit_of(NoDeadline(), day, SchoolCalendar())

    assert start - limit_of(rule, day, SchoolCalendar()) == timedelta(hours=rule.hours)


@calm
@given(st.builds(WeekdayOfPreviousWeek, weekdays, clocks, st.integers(1, 2)), days)
def test_a_week_before_is_counted_in_iso_weeks(rule, day):
    found = limit_of(rule, day, SchoolCalendar()).astimezone(PARIS).date()

    week_before = (day - timedelta(weeks=rule.weeks)).isocalendar()
    assert found.isocalendar()[:2] == week_before[:2]
    assert found.weekday() == rule.weekday


@calm
@given(rules, days, calendars)
def test_a_limit_is_in_utc_so_that_it_compares_well(rule, day, calendar):
    assert limit_of(rule, day, calendar).tzinfo is UTC


@calm
@given(rules)
def test_a_rule_survives_being_written_and_read(rule):
    assert from_data(to_data(rule)) == rule


@pytest.mark.parametrize("night", [date(2026, 10, 25), date(2027, 3, 28)])
@calm
@given(simple_rules, simple_rules)
def test_clock_changes_never_swap_the_limits_of_two_days(night, rule, other):
    around = [night + timedelta(days=nth) for nth in (-1, 0, 1, 2)]

    for one in (rule, other):
        found = [limit_of(one, day, SchoolCalendar()) for day in around]
        assert found == sorted(found)
