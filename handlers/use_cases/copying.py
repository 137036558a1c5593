"""Copying drafted days (B5)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from domain.accounts.model import Identity
from domain.activities.model import ActivityId
from domain.bookings.copying import CopyView, SourcesView
from domain.families.model import ChildId

What = tuple[ChildId, ActivityId]


@dataclass(frozen=True, slots=True)
class Copying:
    list_sources: Callable[[Identity, ChildId, ActivityId, date], Awaitable[SourcesView]]
    copy_days: Callable[[Identity, What, What, date | None], Awaitable[CopyView]]
