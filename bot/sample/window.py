"""The stretch of time that the sample town knows, laid around an instant."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.calendar.model import PARIS

MONTHS_AHEAD = 5


@dataclass(frozen=True, slots=True)
class Window:
    """From a Monday to the end of a month, both included; ``today`` as the town's clocks say."""

    first: date
    today: date
    last: date

    def days(self) -> Iterator[date]:
        for nth in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=nth)


def around(now: datetime) -> Window:
    """The whole of last month, with the week that it starts in, to five months ahead."""
    today = now.astimezone(PARIS).date()
    last_month = months_after(today, -1)
    return Window(
        first=last_month - timedelta(days=last_month.weekday()),
        today=today,
        last=months_after(today, MONTHS_AHEAD + 1) - timedelta(days=1),
    )


def months_after(day: date, months: int) -> date:
    """The first day of the month that many months later, or earlier."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)
