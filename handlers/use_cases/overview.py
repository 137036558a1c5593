"""Several activities on one day (B4)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from domain.accounts.model import Identity
from domain.activities.model import ActivityId
from domain.bookings.overview import DaySheetView, OverviewView
from domain.bookings.week import WeekView
from domain.families.model import ChildId


class MarkOnSheet(Protocol):
    async def __call__(
        self, who: Identity, child_id: ChildId, activity_id: ActivityId, day: date, *, wanted: bool
    ) -> DaySheetView: ...


@dataclass(frozen=True, slots=True)
class Overview:
    show_overview: Callable[[Identity, ChildId, date], Awaitable[OverviewView]]
    show_day_sheet: Callable[[Identity, ChildId, date], Awaitable[DaySheetView]]
    mark_on_sheet: MarkOnSheet
    show_week: Callable[[Identity, date], Awaitable[WeekView]]
    repeat_week: Callable[[Identity, date], Awaitable[WeekView]]
