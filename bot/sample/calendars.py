"""French public holidays and school holidays, as rows that the town may then edit."""

from collections.abc import Iterable
from datetime import date, timedelta

import holidays
from holidays.constants import PUBLIC, SCHOOL

from bot.sample.window import Window
from domain.calendar.model import DateRange, SchoolCalendar

ZONE = "Zone B"
ONE_DAY = timedelta(days=1)


def calendar_of(window: Window) -> SchoolCalendar:
    """What touches the window. A year without known school holidays simply has none."""
    return SchoolCalendar(
        public_holidays=frozenset(_known(PUBLIC, window)),
        school_holidays=tuple(_ranges(_known(SCHOOL, window))),
    )


def _known(category: str, window: Window) -> list[date]:
    """A year more on both sides, so that no holiday is cut at the window's edge."""
    years = range(window.first.year - 1, window.last.year + 2)
    known = holidays.country_holidays("FR", subdiv=ZONE, years=years, categories=(category,))
    return sorted(day for day in known if _is_near(day, window))


def _is_near(day: date, window: Window) -> bool:
    margin = timedelta(days=70)  # longer than the longest holidays
    return window.first - margin <= day <= window.last + margin


def _ranges(days: Iterable[date]) -> list[DateRange]:
    """Days in a row, sorted, become one range: the Christmas holidays span two years."""
    ranges: list[DateRange] = []
    for day in days:
        if ranges and ranges[-1].last + ONE_DAY == day:
            ranges[-1] = DateRange(ranges[-1].first, day)
        else:
            ranges.append(DateRange(day, day))
    return ranges
