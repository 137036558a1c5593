"""Wrong passwords slow down, then lock out new devices (A8)."""

from datetime import datetime, timedelta

from domain.accounts.model import Attempts

FREE_TRIES = 3
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=24)
FAILURES_TO_LOCK = 10


def may_try_from(attempts: Attempts) -> datetime | None:
    """From when this Telegram user may try again; None is now. The wait doubles each time."""
    if attempts.failures < FREE_TRIES or attempts.last_at is None:
        return None
    doublings = min(attempts.failures - FREE_TRIES, 20)
    wait: timedelta = FIRST_WAIT * (1 << doublings)
    return attempts.last_at + min(wait, LONGEST_WAIT)


def takes_no_device(attempts: Attempts) -> bool:
    """After so many failures for one identifier, connected devices work on, new ones do not."""
    return attempts.failures >= FAILURES_TO_LOCK
