"""What an agent reads before answering (S3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from domain.activities.catalogue import Catalogue
from domain.activities.model import ActivityId
from domain.activities.ports import Catalogues
from domain.bookings import rules
from domain.bookings.model import BookingId, State
from domain.clock import Clock
from domain.errors import NotFound
from domain.requests.model import (
    MOST_AT_ONCE,
    Asked,
    Pile,
    Query,
    Request,
    RequestPage,
    RequestView,
)
from domain.requests.ports import RequestsTx
from domain.staff.model import Right, StaffIdentity
from domain.work import Transaction

PER_PAGE: Final = 8
"""A row of buttons holds eight numbers."""


@dataclass(frozen=True, slots=True)
class ListOldest:
    """A page of those that wait, the oldest first; and how many wait in each pile.

    Raises NotFound for an activity of another structure.
    """

    requests: Transaction[RequestsTx]
    catalogues: Catalogues

    async def __call__(
        self, member: StaffIdentity, query: Query, page: int, per_page: int = PER_PAGE
    ) -> tuple[RequestPage, Mapping[tuple[Pile, ActivityId], int]]:
        member.check(Right.READ_REQUESTS, member.structure_id)
        _check(query, member, await self.catalogues(member.catalogue_version))
        here = member.structure_id
        return await self.requests.read(
            lambda tx: (
                tx.requests(here, query, page=page, per_page=per_page),
                tx.piles(here),
            )
        )


@dataclass(frozen=True, slots=True)
class CountRequests:
    """How many nobody has answered yet."""

    requests: Transaction[RequestsTx]

    async def __call__(self, member: StaffIdentity) -> int:
        member.check(Right.READ_REQUESTS, member.structure_id)
        piles = await self.requests.read(lambda tx: tx.piles(member.structure_id))
        return sum(count for (pile, _), count in piles.items() if pile is Pile.NEW)


@dataclass(frozen=True, slots=True)
class ShowRequest:
    """Raises NotFound for what waits no more, and for what is of another structure."""

    requests: Transaction[RequestsTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, member: StaffIdentity, number: BookingId) -> RequestView:
        member.check(Right.READ_REQUESTS, member.structure_id)
        catalogue = await self.catalogues(member.catalogue_version)

        def read(tx: RequestsTx) -> tuple[Asked, int | None]:
            asked = tx.asked(member.structure_id, number)
            if asked is None:
                raise NotFound
            slot = asked.request.booking.slot
            pools = catalogue.pools(slot.activity_id, asked.request.booking.group)
            lefts = (places.left for places in tx.places(pools, slot.day))
            return asked, min((left for left in lefts if left is not None), default=None)

        asked, left = await self.requests.read(read)
        booking = asked.request.booking
        return RequestView(
            asked=asked,
            activity=catalogue.activities[booking.slot.activity_id],
            left=left,
            pile=Pile.NEW if booking.state is State.PENDING else Pile.ASIDE,
            has_begun=self.clock() >= catalogue.limits(rules.opening_of(booking)).start,
        )


@dataclass(frozen=True, slots=True)
class GatherRequests:
    """Those that would be answered together: all that a query finds, or these numbers alone.

    Of the numbers, those that wait no more are left out. Raises NotFound for an activity of
    another structure.
    """

    requests: Transaction[RequestsTx]
    catalogues: Catalogues

    async def __call__(
        self, member: StaffIdentity, which: Query | Iterable[BookingId]
    ) -> tuple[Request, ...]:
        member.check(Right.READ_REQUESTS, member.structure_id)
        here = member.structure_id
        if isinstance(which, Query):
            query = which
            _check(query, member, await self.catalogues(member.catalogue_version))
            return await self.requests.read(lambda tx: tx.gathered(here, query, MOST_AT_ONCE))
        numbers = frozenset(which)
        found = await self.requests.read(lambda tx: tx.numbered(here, numbers))
        return tuple(x for x in found if x.booking.state is State.PENDING or x.booking.set_aside)


def _check(query: Query, member: StaffIdentity, catalogue: Catalogue) -> None:
    if query.activity is None:
        return
    activity = catalogue.activities.get(query.activity)
    if activity is None or activity.structure_id != member.structure_id:
        raise NotFound
