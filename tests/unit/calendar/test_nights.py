"""X2: once per night, whatever restarts and whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar.model import PARIS
from domain.calendar.nights import business_date, next_night, nights_due

CLOCK_CHANGES = [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)]
NIGHT_HOURS = [time(0), time(2), time(2, 30), time(3), time(3, 15), time(23, 45)]
instants = st.integers(0, 6 * 366 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def minutes_around(change: date) -> list[datetime]:
    noon_before = datetime.combine(change, time(12), UTC) - timedelta(days=1)
    return [noon_before + timedelta(minutes=nth) for nth in range(48 * 60)]


def test_a_night_is_due_from_its_very_instant_on(paris):
    assert business_date(paris(2026, 11, 24, 3, 14)) == date(2026, 11, 23)
    assert business_date(paris(2026, 11, 24, 3, 15)) == date(2026, 11, 24)
    assert business_date(paris(2026, 11, 25, 0, 30)) == date(2026, 11, 24)


def test_the_date_is_the_one_of_the_town_and_not_of_utc():
    assert business_date(datetime(2026, 7, 14, 23, tzinfo=UTC)) == date(2026, 7, 14)
    assert business_date(
        datetime(2026, 7, 14, 22, 30, tzinfo=UTC), night_hour=time(0, 15)
    ) == date(2026, 7, 15)


def test_at_the_first_start_the_latest_night_alone_is_due(paris):
    assert nights_due(None, paris(2026, 11, 24, 8)) == [date(2026, 11, 24)]


def test_nothing_is_due_again_on_the_same_day(paris):
    assert nights_due(date(2026, 11, 24), paris(2026, 11, 24, 23, 59)) == []


@pytest.mark.parametrize("missed", [1, 3, 10])
def test_missed_nights_are_caught_up_in_order(paris, missed):
    last_done = date(2026, 11, 24) - timedelta(days=missed)

    due = nights_due(last_done, paris(2026, 11, 24, 8))

    assert due == [last_done + timedelta(days=nth + 1) for nth in range(missed)]
    assert due[-1] == date(2026, 11, 24)


def test_a_clock_set_back_makes_no_night_due(paris):
    assert nights_due(date(2026, 11, 24), paris(2026, 11, 20, 8)) == []


def test_the_next_night_is_today_or_tomorrow(paris):
    assert next_night(paris(2026, 11, 24, 1)) == paris(2026, 11, 24, 3, 15)
    assert next_night(paris(2026, 11, 24, 3, 15)) == paris(2026, 11, 25, 3, 15)


def test_a_naive_now_is_refused(paris):
    with pytest.raises(ValueError, match=r"^now:"):
        business_date(paris(2026, 11, 24, 8).replace(tzinfo=None))


@pytest.mark.parametrize("night_hour", NIGHT_HOURS)
@pytest.mark.parametrize("change", CLOCK_CHANGES)
def test_two_days_around_a_clock_change_hold_two_nights_each_once(change, night_hour):
    done: list[date] = [business_date(minutes_around(change)[0], night_hour=night_hour)]
    before = done[0]

    for now in minutes_around(change):
        done += nights_due(done[-1], now, night_hour=night_hour)

    assert done == [before + timedelta(days=nth) for nth in range(3)]


@pytest.mark.parametrize(
    ("change", "expected"), [(date(2026, 10, 25), "02:15"), (date(2027, 3, 28), "01:15")]
)
def test_a_quarter_past_three_comes_once_on_both_clock_change_nights(change, expected):
    eve = datetime.combine(change, time(0), UTC)

    assert f"{next_night(eve):%H:%M}" == expected


@settings(deadline=None)
@given(instants, st.sampled_from(NIGHT_HOURS))
def test_the_next_night_is_due_when_it_comes_and_not_before(now, night_hour):
    struck = next_night(now, zone=PARIS, night_hour=night_hour)
    last_done = business_date(now, night_hour=night_hour)

    assert struck > now
    assert nights_due(last_done, struck - timedelta(microseconds=1), night_hour=night_hour) == []
    assert nights_due(last_done, struck, night_hour=night_hour) == [last_done + timedelta(days=1)]
