"""Known dates of Zone B, so that a library that changes its mind is noticed."""

from datetime import date, datetime

import pytest

from bot.sample.calendars import calendar_of
from bot.sample.window import Window, around
from domain.calendar.model import PARIS, DateRange

SCHOOL_YEAR = Window(date(2026, 8, 31), date(2026, 11, 23), date(2027, 8, 31))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param(date(2026, 10, 17), date(2026, 11, 1), id="Toussaint"),
        pytest.param(date(2026, 12, 19), date(2027, 1, 3), id="Noël"),
        pytest.param(date(2027, 2, 20), date(2027, 3, 7), id="hiver"),
        pytest.param(date(2027, 4, 17), date(2027, 5, 2), id="printemps"),
        pytest.param(date(2027, 5, 6), date(2027, 5, 9), id="pont de l'Ascension"),
    ],
)
def test_school_holidays_of_2026_2027_are_the_published_ones(first, last):
    calendar = calendar_of(SCHOOL_YEAR)

    assert DateRange(first, last) in calendar.school_holidays


def test_school_starts_on_the_first_of_september_2026():
    calendar = calendar_of(SCHOOL_YEAR)

    assert calendar.is_school_holiday(date(2026, 8, 31))
    assert not calendar.is_school_holiday(date(2026, 9, 1))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 11),
        date(2026, 12, 25),
        date(2027, 1, 1),
        date(2027, 3, 29),
        date(2027, 5, 6),
        date(2027, 5, 17),
        date(2027, 7, 14),
    ],
)
def test_public_holidays_are_the_french_ones(day):
    assert calendar_of(SCHOOL_YEAR).is_public_holiday(day)


def test_an_ordinary_friday_is_no_holiday():
    calendar = calendar_of(SCHOOL_YEAR)

    assert not calendar.is_public_holiday(date(2026, 11, 27))
    assert not calendar.is_school_holiday(date(2026, 11, 27))


def test_a_year_without_known_school_holidays_has_none_and_does_not_fail():
    calendar = calendar_of(around(datetime(2012, 3, 1, tzinfo=PARIS)))

    assert calendar.school_holidays == ()
    assert calendar.is_public_holiday(date(2012, 4, 9))


def test_the_window_runs_from_last_month_to_five_months_ahead():
    window = around(datetime(2026, 12, 31, 23, 30, tzinfo=PARIS))

    assert window == Window(date(2026, 10, 26), date(2026, 12, 31), date(2027, 5, 31))
