"""B9, by examples that a town hall can check on a paper calendar."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.calendar.deadlines import (
    DayOfPreviousMonth,
    DaysBefore,
    HoursBefore,
    NoDeadline,
    NoEligibleDay,
    PerWeekday,
    WeekdayBefore,
    WeekdayOfPreviousWeek,
    in_time,
)
from domain.calendar.model import DateRange, SchoolCalendar

MONDAY = date(2026, 3, 16)
NINE = time(9)
WEDNESDAY, FRIDAY, SATURDAY, SUNDAY = 2, 4, 5, 6


def test_days_before_counts_calendar_days(ends):
    assert ends(DaysBefore(2, NINE), MONDAY) == "Sat 2026-03-14 09:00"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (1, "Fri 2026-03-13 09:00"),
        (2, "Thu 2026-03-12 09:00"),
        (5, "Mon 2026-03-09 09:00"),
        (6, "Fri 2026-03-06 09:00"),
    ],
)
def test_days_before_without_the_weekend_counts_working_days(ends, days, expected):
    assert ends(DaysBefore(days, NINE, skip_weekends=True), MONDAY) == expected


def test_days_before_skips_a_public_holiday(ends):
    calendar = SchoolCalendar(frozenset({date(2026, 11, 11)}))
    rule = DaysBefore(1, NINE, skip_public_holidays=True)

    assert ends(rule, date(2026, 11, 12), calendar=calendar) == "Tue 2026-11-10 09:00"


def test_days_before_counts_a_public_holiday_unless_told_otherwise(ends):
    calendar = SchoolCalendar(frozenset({date(2026, 11, 11)}))

    assert ends(DaysBefore(1, NINE), date(2026, 11, 12), calendar=calendar) == (
        "Wed 2026-11-11 09:00"
    )


def test_days_before_counts_school_holidays_unless_told_otherwise(ends):
    autumn = DateRange(date(2026, 10, 17), date(2026, 11, 1))
    calendar = SchoolCalendar(school_holidays=(autumn,))
    rule = DaysBefore(1, NINE, skip_weekends=True)

    assert ends(rule, date(2026, 11, 2), calendar=calendar) == "Fri 2026-10-30 09:00"


def test_the_last_school_day_before_the_holidays_decides_the_day_of_return(ends):
    autumn = DateRange(date(2026, 10, 17), date(2026, 11, 1))
    rule = DaysBefore(1, NINE, skip_weekends=True, skip_school_holidays=True)

    found = ends(rule, date(2026, 11, 2), calendar=SchoolCalendar(school_holidays=(autumn,)))

    assert found == "Fri 2026-10-16 09:00"


def test_days_before_skips_the_weekdays_when_nobody_works(ends):
    rule = DaysBefore(2, NINE, skip_weekends=True, skip_weekdays=frozenset({WEDNESDAY}))

    assert ends(rule, date(2026, 3, 13)) == "Tue 2026-03-10 09:00"


def test_all_the_reasons_to_skip_a_day_add_up(ends):
    calendar = SchoolCalendar(
        frozenset({date(2026, 11, 11)}), (DateRange(date(2026, 10, 17), date(2026, 11, 1)),)
    )
    rule = DaysBefore(
        4, NINE, skip_weekends=True, skip_public_holidays=True, skip_school_holidays=True
    )

    assert ends(rule, date(2026, 11, 5), calendar=calendar) == "Fri 2026-10-16 09:00"


def test_zero_days_before_is_the_day_itself_even_when_it_is_skipped(ends):
    rule = DaysBefore(0, time(6), skip_weekends=True)

    assert ends(rule, date(2026, 3, 15)) == "Sun 2026-03-15 06:00"


def test_a_week_with_every_weekday_skipped_is_refused():
    with pytest.raises(ValueError, match=r"^skip_weekdays:"):
        DaysBefore(1, NINE, skip_weekdays=frozenset(range(7)))


def test_a_week_with_every_weekday_skipped_by_two_settings_is_refused():
    with pytest.raises(ValueError, match=r"^skip_weekdays:"):
        DaysBefore(1, NINE, skip_weekends=True, skip_weekdays=frozenset(range(5)))


def test_a_calendar_that_leaves_no_day_is_an_error_and_not_an_endless_search(ends):
    always = SchoolCalendar(school_holidays=(DateRange(date(2020, 1, 1), date(2030, 1, 1)),))

    with pytest.raises(NoEligibleDay):
        ends(DaysBefore(1, NINE, skip_school_holidays=True), MONDAY, calendar=always)


def test_a_year_of_weekly_days_is_no_endless_search(ends):
    rule = DaysBefore(60, NINE, skip_weekdays=frozenset(range(6)))

    assert ends(rule, MONDAY) == "Sun 2025-01-26 09:00"


def test_hours_before_count_from_the_start_of_the_service(ends):
    assert ends(HoursBefore(48), MONDAY) == "Sat 2026-03-14 07:30"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2026, 10, 25), "Sat 2026-10-24 08:30", id="25 hours in the day"),
        pytest.param(date(2027, 3, 28), "Sat 2027-03-27 06:30", id="23 hours in the day"),
    ],
)
def test_hours_before_are_hours_that_really_pass(ends, day, expected):
    assert ends(HoursBefore(24), day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(MONDAY, "Fri 2026-03-13 09:00", id="monday"),
        pytest.param(date(2026, 3, 19), "Fri 2026-03-13 09:00", id="thursday"),
        pytest.param(date(2026, 3, 20), "Fri 2026-03-13 09:00", id="a friday looks a week back"),
        pytest.param(date(2026, 3, 21), "Fri 2026-03-20 09:00", id="saturday"),
    ],
)
def test_weekday_before_is_the_last_one_strictly_before(ends, day, expected):
    assert ends(WeekdayBefore(FRIDAY, NINE), day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2026, 3, 9), "Wed 2026-03-04 09:00", id="monday"),
        pytest.param(date(2026, 3, 14), "Wed 2026-03-04 09:00", id="saturday"),
        pytest.param(date(2026, 3, 15), "Wed 2026-03-04 09:00", id="sunday, same week"),
        pytest.param(date(2026, 3, 16), "Wed 2026-03-11 09:00", id="the next monday"),
    ],
)
def test_a_weekday_of_the_previous_week_is_the_same_for_the_whole_week(ends, day, expected):
    assert ends(WeekdayOfPreviousWeek(WEDNESDAY, NINE), day) == expected


@pytest.mark.parametrize(
    ("weekday", "expected"),
    [(0, "Mon 2026-02-23 09:00"), (SUNDAY, "Sun 2026-03-01 09:00")],
)
def test_two_weeks_before_is_the_week_before_the_previous_one(ends, weekday, expected):
    rule = WeekdayOfPreviousWeek(weekday, NINE, weeks=2)

    assert ends(rule, date(2026, 3, 15)) == expected


def test_a_previous_week_can_lie_in_the_year_before(ends):
    assert ends(WeekdayOfPreviousWeek(FRIDAY, NINE), date(2027, 1, 1)) == "Fri 2026-12-25 09:00"


@pytest.mark.parametrize(
    ("wanted", "day", "expected"),
    [
        pytest.param(20, MONDAY, "Fri 2026-02-20 09:00", id="a plain day"),
        pytest.param(31, MONDAY, "Sat 2026-02-28 09:00", id="a short month"),
        pytest.param(31, date(2028, 3, 1), "Tue 2028-02-29 09:00", id="a leap year"),
        pytest.param(15, date(2027, 1, 31), "Tue 2026-12-15 09:00", id="the year before"),
    ],
)
def test_a_day_of_the_previous_month_is_clipped_to_its_length(ends, wanted, day, expected):
    assert ends(DayOfPreviousMonth(wanted, NINE), day) == expected


def test_no_deadline_means_until_the_service_starts(ends):
    assert ends(NoDeadline(), MONDAY) == "Mon 2026-03-16 07:30"


def test_each_weekday_can_have_its_own_rule(ends):
    friday = WeekdayBefore(FRIDAY, NINE)
    rule = PerWeekday((friday, friday, *[DaysBefore(1, NINE)] * 4, NoDeadline()))

    found = [ends(rule, MONDAY + timedelta(days=nth)) for nth in (0, 1, 2, 6)]

    assert found == [
        "Fri 2026-03-13 09:00",
        "Fri 2026-03-13 09:00",
        "Tue 2026-03-17 09:00",
        "Sun 2026-03-22 07:30",
    ]


def test_a_limit_after_the_start_ends_with_the_start(ends):
    assert ends(DaysBefore(0, time(10)), MONDAY) == "Mon 2026-03-16 07:30"


@pytest.mark.parametrize(
    ("at", "expected"), [(time(2, 30), "01:30"), (time(1, 30), "23:30"), (time(3, 30), "02:30")]
)
def test_on_the_autumn_night_a_doubtful_limit_is_the_later_one(at, expected, limit_utc):
    assert limit_utc(DaysBefore(1, at), date(2026, 10, 26)) == expected


@pytest.mark.parametrize(
    ("at", "expected"), [(time(2, 30), "01:30"), (time(1, 30), "00:30"), (time(3, 30), "01:30")]
)
def test_on_the_spring_night_a_skipped_limit_comes_after_the_gap(at, expected, limit_utc):
    assert limit_utc(DaysBefore(1, at), date(2027, 3, 29)) == expected


def test_the_very_instant_of_the_limit_is_in_time():
    nine = datetime(2026, 3, 12, 9, tzinfo=UTC)

    assert in_time(nine, nine)
    assert not in_time(nine, nine + timedelta(microseconds=1))


def test_the_two_half_past_two_of_autumn_are_an_hour_apart(paris):
    first, second = paris(2026, 10, 25, 2, 30, fold=0), paris(2026, 10, 25, 2, 30, fold=1)

    assert in_time(second, first)
    assert not in_time(first, second)


def test_a_naive_instant_is_never_compared():
    aware = datetime(2026, 3, 12, 9, tzinfo=UTC)

    with pytest.raises(ValueError, match="aware"):
        in_time(aware, aware.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: DaysBefore(-1, NINE), "days"),
        (lambda: DaysBefore(367, NINE), "days"),
        (lambda: DaysBefore(1, time(9, 0, 1)), "at"),
        (lambda: DaysBefore(1, time(9, tzinfo=UTC)), "at"),
        (lambda: DaysBefore(1, NINE, skip_weekdays=frozenset({7})), "skip_weekdays"),
        (lambda: HoursBefore(-1), "hours"),
        (lambda: WeekdayBefore(7, NINE), "weekday"),
        (lambda: WeekdayOfPreviousWeek(0, NINE, weeks=3), "weeks"),
        (lambda: DayOfPreviousMonth(32, NINE), "day"),
        (lambda: PerWeekday((NoDeadline(),)), "rules"),
        (lambda: PerWeekday((PerWeekday((NoDeadline(),) * 7),) * 7), "rules"),
    ],
)
def test_a_rule_that_means_nothing_is_refused_by_its_field(make, field):
    with pytest.raises(ValueError, match=f"^{field}:"):
        make()
