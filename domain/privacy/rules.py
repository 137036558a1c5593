"""How often somebody may have their data. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from domain.privacy.errors import ExportUnderWay, TooManyExports
from domain.privacy.events import Event, Happened

A_DAY: Final = timedelta(days=1)
MOST_A_DAY: Final = 3
LONGEST: Final = timedelta(minutes=5)  # of making one; after that whoever made it has died


def check_export(log: Sequence[Happened], now: datetime) -> None:
    """``log``: of the last day, oldest first. One that failed does not count against them.

    Raises ExportUnderWay, TooManyExports(until=).
    """
    if log and log[-1].what is Event.EXPORT_BEGUN and now - log[-1].at < LONGEST:
        raise ExportUnderWay
    begun = [entry.at for entry in log if entry.what is Event.EXPORT_BEGUN]
    failed = sum(entry.what is Event.EXPORT_FAILED for entry in log)
    if len(begun) - failed >= MOST_A_DAY:
        raise TooManyExports(until=begun[-MOST_A_DAY] + A_DAY)
