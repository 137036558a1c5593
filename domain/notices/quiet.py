"""Quiet hours: what is not urgent waits until they are over (N7). Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar.instants import instant
from domain.notices.choosing import CHOOSABLE
from domain.notices.model import URGENT, Channel, Kind

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """From one time of day to another, mostly of the next morning; ``until`` is not quiet."""

    start: time
    until: time

    def __post_init__(self) -> None:
        if self.start == self.until:
            raise ValueError("quiet hours that begin when they end")

    def holds(self, at: time) -> bool:
        if self.start < self.until:
            return self.start <= at < self.until
        return at >= self.start or at < self.until


def due_at(
    kind: Kind, channel: Channel, at: datetime, quiet: Quiet | None, zone: ZoneInfo
) -> datetime:
    """A mail wakes nobody; what is urgent, or guards the account, does not wait."""
    waits = channel is Channel.TELEGRAM and kind in CHOOSABLE and kind not in URGENT
    return not_before(at, quiet, zone) if waits else at


def not_before(at: datetime, quiet: Quiet | None, zone: ZoneInfo) -> datetime:
    """``at`` itself outside of the quiet hours, else the instant at which they end.

    They follow the clocks of ``zone``. On the night when an hour comes twice they last until its
    second passage is over; on the one when an hour is skipped they end with it.
    """
    if quiet is None:
        return at
    local = at.astimezone(zone)
    if not quiet.holds(local.time()):
        return at
    day = local.date()
    end = instant(day, quiet.until, zone)
    return end if end > at else instant(day + ONE_DAY, quiet.until, zone)
