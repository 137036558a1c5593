"""Quiet hours, on ordinary nights and on the two of the clock changes (N7)."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.model import PARIS
from domain.notices.model import Channel, Kind
from domain.notices.quiet import Quiet, due_at, not_before

NIGHT = Quiet(time(22), time(7))
NAP = Quiet(time(13), time(15))
REPORT = Kind.NIGHTLY_REPORT


def paris(month: int, day: int, hour: int, minute: int = 0, *, fold: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS, fold=fold)


@pytest.mark.parametrize(
    ("quiet", "at", "expected"),
    [
        (NIGHT, paris(11, 23, 21, 59), paris(11, 23, 21, 59)),
        (NIGHT, paris(11, 23, 22), paris(11, 24, 7)),
        (NIGHT, paris(11, 24, 3, 15), paris(11, 24, 7)),
        (NIGHT, paris(11, 24, 6, 59), paris(11, 24, 7)),
        (NIGHT, paris(11, 24, 7), paris(11, 24, 7)),
        (NAP, paris(11, 23, 14), paris(11, 23, 15)),
        (NAP, paris(11, 23, 3), paris(11, 23, 3)),
        (None, paris(11, 23, 3), paris(11, 23, 3)),
    ],
)
def test_what_falls_in_the_quiet_hours_waits_for_their_end(quiet, at, expected):
    assert not_before(at, quiet, PARIS) == expected


def test_an_hour_that_comes_twice_is_quiet_both_times():
    """25 October 2026: 02:00 to 03:00 comes twice in Paris."""
    quiet = Quiet(time(1), time(2, 30))
    first, second = paris(10, 25, 2, 10), paris(10, 25, 2, 10, fold=1)

    ends = [not_before(at, quiet, PARIS) for at in (first, second)]

    assert ends == [datetime(2026, 10, 25, 1, 30, tzinfo=UTC)] * 2  # the second 02:30


def test_an_hour_that_is_skipped_ends_the_quiet_hours_with_it():
    """28 March 2027: 02:00 to 03:00 never comes in Paris."""
    at = datetime(2027, 3, 28, 1, 45, tzinfo=PARIS)

    end = not_before(at, Quiet(time(23), time(2, 30)), PARIS)

    assert end == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)  # 03:30


def test_they_follow_the_clocks_of_the_town():
    noumea = ZoneInfo("Pacific/Noumea")

    assert not_before(paris(11, 23, 14), NIGHT, noumea) == datetime(2026, 11, 23, 20, tzinfo=UTC)


@given(
    after=st.integers(0, 2 * 365 * 24 * 60),  # minutes
    start=st.times(),
    until=st.times(),
)
def test_a_notice_waits_less_than_a_day_and_an_hour_and_ends_outside(after, start, until):
    if start.replace(fold=0) == until.replace(fold=0):
        return
    quiet = Quiet(start.replace(fold=0), until.replace(fold=0))
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=after)

    due = not_before(at, quiet, PARIS)

    assert at <= due <= at + timedelta(hours=25)
    assert due == at or not_before(due, quiet, PARIS) == due


def test_hours_that_begin_when_they_end_are_none():
    with pytest.raises(ValueError, match="begin when they end"):
        Quiet(time(7), time(7))


@pytest.mark.parametrize(
    ("kind", "channel", "waits"),
    [
        (REPORT, Channel.TELEGRAM, True),
        (REPORT, Channel.MAIL, False),
        (Kind.PLACE_OFFERED, Channel.TELEGRAM, False),
        (Kind.DAY_CLOSED, Channel.TELEGRAM, False),
        (Kind.EMAIL_CHANGED, Channel.TELEGRAM, False),
    ],
)
def test_only_telegram_waits_and_nothing_urgent_or_of_the_account(kind, channel, waits):
    at = paris(11, 24, 3)

    assert (due_at(kind, channel, at, NIGHT, PARIS) > at) is waits
