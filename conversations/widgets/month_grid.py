"""Eight columns: seven days and the week's arrow; seven where nothing goes by groups.

What a day looks like is the caller's business.
A row to turn the months, a row of weekdays with the month's arrow, then 4 to 6 weeks.
"""

from calendar import Calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from conversations.home.routes import NOTHING
from conversations.screen import Button, Row

MONDAY_FIRST: Final = Calendar(firstweekday=0)
WEEKS_FROM, WHOLE_MONTH, GROUPS = 7, 13, 14
BLANK: Final = Button("\u2800", NOTHING)  # a blank that Telegram does not trim away
WEEK, MONTH = "◂", "▦"


@dataclass(frozen=True, slots=True)
class Group:
    """The days of the shown month that one arrow stands for."""

    first: date
    last: date
    weekday: int | None
    number: int  # 0-6 the weekdays, from 7 the weeks, then the month


@dataclass(frozen=True, slots=True)
class Week:
    """None for the days of other months."""

    days: tuple[date | None, ...]
    group: Group


@dataclass(frozen=True, slots=True)
class Cells:
    """How each cell is drawn."""

    month: Callable[[str, date], Button]  # label, first day of the month to show
    day: Callable[[date], Button]
    group: Callable[[str, Group], Button] | None = None  # label before its sign; None: no arrows


def rows(first: date, title: str, weekdays: tuple[str, ...], cells: Cells) -> tuple[Row, ...]:
    """``first`` is the first day of the month."""
    last = last_of(first)
    turn = (
        cells.month("‹", (first - timedelta(days=1)).replace(day=1)),
        cells.month(title, first),
        cells.month("›", last + timedelta(days=1)),
    )
    group = cells.group
    if group is None:
        names: Row = tuple(Button(name, NOTHING) for name in weekdays)
        return (turn, names, *(_days(week, cells) for week in weeks(first)))
    arrows = [
        group(name, Group(first, last, number, number)) for number, name in enumerate(weekdays)
    ]
    return (
        turn,
        (*arrows, group(MONTH, Group(first, last, None, WHOLE_MONTH))),
        *((*_days(week, cells), group(WEEK, week.group)) for week in weeks(first)),
    )


def _days(week: Week, cells: Cells) -> Row:
    return tuple([BLANK if day is None else cells.day(day) for day in week.days])


@lru_cache(maxsize=256)
def weeks(first: date) -> tuple[Week, ...]:
    last = last_of(first)
    return tuple(
        Week(
            tuple(day if first <= day <= last else None for day in week),
            Group(max(week[0], first), min(week[-1], last), None, WEEKS_FROM + number),
        )
        for number, week in enumerate(MONDAY_FIRST.monthdatescalendar(first.year, first.month))
    )


def last_of(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
