from collections.abc import Collection, Mapping
from datetime import date
from typing import Protocol

from domain.activities.model import ActivityId, PoolId, StructureId
from domain.audit.ports import AuditLog
from domain.bookings.model import BookingId, Places
from domain.bookings.ports import BookingTx
from domain.requests.model import Asked, Pile, Query, Request, RequestPage


class RequestsTx(BookingTx, AuditLog, Protocol):
    """What waits for the town's answer; of one structure, whatever is asked."""

    def requests(
        self, structure: StructureId, query: Query, *, page: int, per_page: int
    ) -> RequestPage:
        """The oldest first. A page that does not exist is answered by the nearest that does."""

    def gathered(self, structure: StructureId, query: Query, most: int) -> tuple[Request, ...]: ...

    def numbered(
        self, structure: StructureId, numbers: Collection[BookingId]
    ) -> tuple[Request, ...]:
        """In whatever state they are, the oldest first; those of other structures left out."""

    def asked(self, structure: StructureId, number: BookingId) -> Asked | None: ...

    def piles(self, structure: StructureId) -> Mapping[tuple[Pile, ActivityId], int]:
        """How many wait; none is left out."""

    def places(self, pools: Collection[PoolId], day: date) -> tuple[Places, ...]:
        """Read without a lock: for a screen only."""
