from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from domain.calendar.instants import instant
from domain.calendar.model import PARIS


@pytest.mark.parametrize(
    ("day", "at", "expected"),
    [
        pytest.param(date(2026, 1, 15), time(9), "15, 08:00", id="winter"),
        pytest.param(date(2026, 7, 15), time(9), "15, 07:00", id="summer"),
        pytest.param(date(2026, 10, 25), time(1, 59), "24, 23:59", id="before"),
        pytest.param(date(2026, 10, 25), time(3), "25, 02:00", id="after"),
        pytest.param(date(2027, 3, 28), time(1, 59), "28, 00:59", id="spring"),
        pytest.param(date(2027, 3, 28), time(3), "28, 01:00", id="sprung"),
    ],
)
def test_a_wall_clock_in_paris_is_one_or_two_hours_ahead(day, at, expected):
    assert f"{instant(day, at, PARIS):%d, %H:%M}" == expected


def test_a_time_that_comes_twice_is_its_second_passage():
    found = instant(date(2026, 10, 25), time(2, 30), PARIS)

    assert found == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert f"{found.astimezone(PARIS):%H:%M}" == "02:30"


def test_a_time_that_never_comes_is_moved_forward_by_the_skipped_hour():
    found = instant(date(2027, 3, 28), time(2, 30), PARIS)

    assert found == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert f"{found.astimezone(PARIS):%H:%M}" == "03:30"


def test_the_zone_is_the_town_s_own():
    found = instant(date(2026, 7, 15), time(9), ZoneInfo("Indian/Reunion"))

    assert found == datetime(2026, 7, 15, 5, tzinfo=UTC)
