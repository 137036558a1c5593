"""From a wall clock to an instant, on the two nights of the year when that is not obvious."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which the clocks of ``zone`` show ``at`` on ``day``.

    Always the later of the two readings, so that a doubt is worth an hour more to the family and
    never one less. A time that comes twice (25 October 2026, 02:30) is its second passage; a time
    that never comes (28 March 2027, 02:30) is moved forward by the hour that was skipped (03:30).

    UTC because Python compares and subtracts two datetimes of one zone by their wall clocks,
    which is an hour wrong on those nights.
    """
    wall = datetime.combine(day, at, zone)
    return max(wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC))
