"""Which nights are due (X2). A night is named by the date on which its hour strikes.

The hour stays outside 02:00-03:00, which comes twice in October and never in March.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar.instants import instant
from domain.calendar.model import PARIS

NIGHT_HOUR = time(3, 15)
ONE_DAY = timedelta(days=1)


def business_date(now: datetime, *, zone: ZoneInfo = PARIS, night_hour: time = NIGHT_HOUR) -> date:
    """The date of the latest night whose hour has struck, that very instant included."""
    today = _local_date(now, zone)
    return today if instant(today, night_hour, zone) <= now.astimezone(UTC) else today - ONE_DAY


def nights_due(
    last_done: date | None,
    now: datetime,
    *,
    zone: ZoneInfo = PARIS,
    night_hour: time = NIGHT_HOUR,
) -> list[date]:
    """The nights after ``last_done`` whose hour has struck, oldest first.

    ``None`` (nothing was ever done) makes the latest night due, alone. A clock that was set back
    makes none due.
    """
    latest = business_date(now, zone=zone, night_hour=night_hour)
    first = latest if last_done is None else last_done + ONE_DAY
    return [first + timedelta(days=nth) for nth in range((latest - first).days + 1)]


def next_night(
    now: datetime, *, zone: ZoneInfo = PARIS, night_hour: time = NIGHT_HOUR
) -> datetime:
    """When the hour of the next night strikes, in UTC; always after ``now``."""
    latest = business_date(now, zone=zone, night_hour=night_hour)
    return instant(latest + ONE_DAY, night_hour, zone)


def _local_date(now: datetime, zone: ZoneInfo) -> date:
    if now.utcoffset() is None:
        raise ValueError("now: an aware datetime is needed")
    return now.astimezone(zone).date()
