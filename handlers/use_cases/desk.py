"""What the agents' two daily screens ask of the domain (S3, S4)."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from conversations.printed import Printed
from conversations.tables import Format, Table
from domain.activities.model import ActivityId
from domain.bookings.model import BookingId
from domain.requests.model import Decision, Pile, Query, Request, RequestPage, RequestView, Verdict
from domain.sheets.model import Order, Sheet
from domain.sheets.service import Use
from domain.staff.model import StaffIdentity


class ListOldest(Protocol):
    async def __call__(
        self, member: StaffIdentity, query: Query, page: int
    ) -> tuple[RequestPage, Mapping[tuple[Pile, ActivityId], int]]: ...


class Decide(Protocol):
    async def __call__(
        self,
        member: StaffIdentity,
        numbers: Iterable[BookingId],
        verdict: Verdict,
        reason: str = "",
    ) -> Decision: ...


class ReadSheet(Protocol):
    async def __call__(
        self,
        member: StaffIdentity,
        day: date | None,
        activity: ActivityId | None = None,
        order: Order = Order.NAME,
        use: Use = Use.SCREEN,
    ) -> Sheet: ...


@dataclass(frozen=True, slots=True)
class StaffRequests:
    count: Callable[[StaffIdentity], Awaitable[int]]
    list_oldest: ListOldest
    show: Callable[[StaffIdentity, BookingId], Awaitable[RequestView]]
    gather: Callable[[StaffIdentity, Query | Iterable[BookingId]], Awaitable[tuple[Request, ...]]]
    decide: Decide


@dataclass(frozen=True, slots=True)
class StaffSheets:
    read: ReadSheet
    print_paper: Callable[[Printed], Awaitable[bytes]]
    write_table: Callable[[Table, Format], Awaitable[bytes]]
