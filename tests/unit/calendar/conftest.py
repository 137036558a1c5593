from collections.abc import Callable
from datetime import date, datetime, time

import pytest

from domain.calendar.deadlines import Rule, limit
from domain.calendar.model import PARIS, SchoolCalendar


@pytest.fixture
def ends() -> Callable[..., str]:
    """The limit of a rule as a parent in Paris reads it."""

    def ends(
        rule: Rule,
        day: date,
        *,
        starts_at: time = time(7, 30),
        calendar: SchoolCalendar = SchoolCalendar(),  # noqa: B008 - frozen
    ) -> str:
        found: datetime = limit(rule, day=day, starts_at=starts_at, calendar=calendar, zone=PARIS)
        return f"{found.astimezone(PARIS):%a %Y-%m-%d %H:%M}"

    return ends


@pytest.fixture
def limit_utc() -> Callable[[Rule, date], str]:
    """The limit for a service at 07:30 as a clock in UTC shows it."""

    def limit_utc(rule: Rule, day: date) -> str:
        found = limit(rule, day=day, starts_at=time(7, 30), calendar=SchoolCalendar(), zone=PARIS)
        return f"{found:%H:%M}"

    return limit_utc


@pytest.fixture
def paris() -> Callable[..., datetime]:
    def paris(*parts: int, fold: int = 0) -> datetime:
        return datetime(*parts, tzinfo=PARIS, fold=fold)

    return paris
