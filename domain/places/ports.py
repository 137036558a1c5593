from collections.abc import Sequence
from datetime import date
from typing import Protocol

from domain.activities.model import ActivityId
from domain.audit.ports import AuditLog
from domain.bookings.ports import BookingTx
from domain.places.model import DayCounts, Turn, Waiter


class PlacesTx(BookingTx, AuditLog, Protocol):
    """Bookings as families have them, and what only the town asks and writes."""

    def day_counts(self, activity: ActivityId, first: date, last: date) -> tuple[DayCounts, ...]:
        """Days that have an opening, by day. A fixed number of statements."""

    def waiters(self, activity: ActivityId, day: date) -> tuple[Waiter, ...]:
        """By rank."""

    def reopen(self, activity: ActivityId, day: date) -> None: ...

    def put_turns(self, turns: Sequence[Turn]) -> None:
        """In one statement."""
