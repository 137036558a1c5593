"""An activity's days, for the town (S5)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from domain.activities.model import Activity, ActivityId, PoolId
from domain.places.model import (
    CapacityPreview,
    ClosingPreview,
    DayOfPlaces,
    MonthOfPlaces,
    MoveAsked,
    QueueView,
)
from domain.staff.model import StaffIdentity


class GiveCapacity(Protocol):
    async def __call__(
        self,
        member: StaffIdentity,
        activity: ActivityId,
        day: date,
        pool: PoolId,
        capacity: int | None,
        *,
        before: int | None,
    ) -> None: ...


class CloseTheDay(Protocol):
    async def __call__(
        self, member: StaffIdentity, activity: ActivityId, day: date, *, bookings: int
    ) -> int: ...


@dataclass(frozen=True, slots=True)
class StaffPlaces:
    list_places: Callable[[StaffIdentity], Awaitable[tuple[Activity, ...]]]
    show_month: Callable[[StaffIdentity, ActivityId, date | None], Awaitable[MonthOfPlaces]]
    show_day: Callable[[StaffIdentity, ActivityId, date], Awaitable[DayOfPlaces]]
    show_queue: Callable[[StaffIdentity, ActivityId, date], Awaitable[QueueView]]
    preview_capacity: Callable[
        [StaffIdentity, ActivityId, date, PoolId, int | None], Awaitable[CapacityPreview]
    ]
    set_capacity: GiveCapacity
    preview_closing: Callable[[StaffIdentity, ActivityId, date], Awaitable[ClosingPreview]]
    close_day: CloseTheDay
    reopen_day: Callable[[StaffIdentity, ActivityId, date], Awaitable[None]]
    move: Callable[[StaffIdentity, ActivityId, date, MoveAsked], Awaitable[None]]
