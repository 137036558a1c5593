from datetime import date

import pytest

from domain.calendar.model import DateRange, SchoolCalendar

AUTUMN = DateRange(date(2026, 10, 17), date(2026, 11, 1))
CALENDAR = SchoolCalendar(frozenset({date(2026, 11, 11)}), (AUTUMN,))


@pytest.mark.parametrize("day", [AUTUMN.first, date(2026, 10, 25), AUTUMN.last])
def test_holidays_hold_their_first_and_last_day(day):
    assert CALENDAR.is_school_holiday(day)


@pytest.mark.parametrize("day", [date(2026, 10, 16), date(2026, 11, 2)])
def test_the_days_around_the_holidays_are_school_days(day):
    assert not CALENDAR.is_school_holiday(day)


def test_a_public_holiday_is_known_by_its_date():
    assert CALENDAR.is_public_holiday(date(2026, 11, 11))
    assert not CALENDAR.is_public_holiday(date(2027, 11, 11))


def test_a_range_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match=r"^last:"):
        DateRange(AUTUMN.last, AUTUMN.first)
