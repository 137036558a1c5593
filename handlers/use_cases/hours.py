"""Choosing hours (B6)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from domain.accounts.model import Identity
from domain.activities.model import ActivityId
from domain.bookings.hours import HoursView
from domain.bookings.ports import Hours
from domain.families.model import ChildId


@dataclass(frozen=True, slots=True)
class ChoosingHours:
    show_hours: Callable[[Identity, ChildId, ActivityId, date | None], Awaitable[HoursView]]
    set_hours: Callable[[Identity, ChildId, ActivityId, date | None, Hours], Awaitable[None]]
