from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Protocol

from domain.activities.model import ActivityId, Opening, PoolId, StructureId
from domain.audit.ports import AuditLog
from domain.bookings.filters import Filters, Query
from domain.bookings.model import (
    Booking,
    BookingId,
    DayFacts,
    Draft,
    DraftId,
    DraftLine,
    Movement,
    Places,
    PlainDay,
    Receipt,
    Slot,
)
from domain.families.model import Child, ChildId, Enrolment, FamilyId, GuardianId, Wallet
from domain.notices.model import FamilyNotice, Notice

Hours = tuple[time, time]
"""Arrival and departure."""


@dataclass(frozen=True, slots=True)
class MonthFacts:
    days: tuple[DayFacts, ...]
    drafted: int  # wishes in the whole draft, all children and activities
    hours: Hours | None = None  # chosen once for all days (B6)


@dataclass(frozen=True, slots=True)
class OverviewFacts:
    """What some children have to do with, by child then activity; the days of each in order."""

    days: Mapping[tuple[ChildId, ActivityId], tuple[DayFacts, ...]]
    drafted: int  # wishes in the whole draft
    hours: Mapping[tuple[ChildId, ActivityId], Hours] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outline:
    """The days of one child at one activity, with no more of each than its mark needs.

    In no order. Days that are not open to the child, and have nothing of its, are absent.
    """

    plain: Sequence[PlainDay]
    whole: Sequence[DayFacts]  # those with a booking or a line


@dataclass(frozen=True, slots=True)
class OutlineFacts:
    days: Mapping[tuple[ChildId, ActivityId], Outline]
    drafted: int  # wishes in the whole draft


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """What decides one line of a draft, besides places and bookings."""

    own_child: bool  # the child is of the acting family
    opening: Opening | None
    enrolled: bool
    group: str | None
    quotient: Decimal | None  # valid on the day of the service; None is unknown
    left: int | None = None  # as it was when read, without a lock: for the recap only
    waiting: int = 0  # likewise


@dataclass(frozen=True, slots=True)
class DraftFacts:
    draft: Draft
    family_id: FamilyId
    facts: Mapping[Slot, SlotFacts]


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that one unit of work writes, applied together.

    ``movements`` of kind CANCELLATION erase what of their booking was not yet transmitted, and are
    erased with it when the request itself was not: nobody hears of either, both stay in the
    history (B15).
    """

    places: Sequence[Places] = ()  # as they are after; ``capacity`` included
    added: Sequence[Booking] = ()  # ``id`` is not read
    changed: Sequence[Booking] = ()  # state, offer_until, reason, hours are written
    movements: Sequence[Movement] = ()
    notices: Sequence[FamilyNotice] = ()
    receipt: Receipt | None = None  # also ends the draft's round and empties it


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    booking: Booking
    waiting: int
    rank: int | None
    absent: bool = False  # declared so, and still booked (B19)


@dataclass(frozen=True, slots=True)
class FollowUpPage:
    rows: tuple[FollowUpRow, ...]
    page: int  # from 1
    pages: int
    accepted_total: Decimal  # EUR, of all pages
    count: int = 0  # of all pages


@dataclass(frozen=True, slots=True)
class PendingRequest:
    booking: Booking
    child: Child


class BookingTx(AuditLog, Protocol):
    """Bookings, drafts, places and movements, inside one transaction.

    Lock order, everywhere: draft, then places by (day, pool), then children by id.
    """

    # -- screens ---------------------------------------------------------------------------
    def month(
        self,
        draft: DraftId,
        child: ChildId,
        activity: ActivityId,
        first: date,
        last: date,
    ) -> MonthFacts:
        """One round trip. Days without an opening row are absent. Ordered by day.

        Bookings of the draft's own family only: of the other family's it is told that they are,
        and no more (A11).
        """

    def overview(
        self,
        draft: DraftId,
        children: Set[ChildId],
        structure: StructureId,
        first: date,
        last: date,
    ) -> OverviewFacts:
        """As ``month``, of every activity of the structure that a child is enrolled in or has
        booked. One round trip.
        """

    def outline(
        self,
        draft: DraftId,
        children: Set[ChildId],
        structure: StructureId,
        first: date,
        last: date,
    ) -> OutlineFacts:
        """As ``overview``, for a mark a day: a fifth of the time, where there are hundreds."""

    def enrolments(self, children: Set[ChildId], first: date, last: date) -> tuple[Enrolment, ...]:
        """Those that touch the period."""

    def wallets(self, family: FamilyId) -> tuple[Wallet, ...]: ...

    def quotient(self, family: FamilyId, day: date) -> Decimal | None: ...

    def guardians(self, family: FamilyId) -> Mapping[GuardianId, str]:
        """Their first names, to tell who did what (A11)."""

    def follow_up(
        self, family: FamilyId, structure: StructureId, query: Query, *, page: int, per_page: int
    ) -> FollowUpPage:
        """Live bookings of one structure, by day, activity, child. A page that does not exist is
        answered by the nearest that does.
        """

    def filters(self, draft: DraftId) -> Filters:
        """What this guardian wants to see in this structure (F1)."""

    def put_filters(self, draft: DraftId, filters: Filters) -> None: ...

    # -- drafts ----------------------------------------------------------------------------
    def lock_draft(self, draft: DraftId) -> None:
        """Whoever else writes to it waits from here on, and what is read after this is as they
        left it. ``draft_facts(lock=True)`` alone may have waited with lines that it read before.
        """

    def draft_facts(self, draft: DraftId, *, lock: bool) -> DraftFacts:
        """The draft with its lines (KEEP left out) and what decides them, in one round trip."""

    def put_lines(self, draft: DraftId, lines: Sequence[DraftLine], at: datetime) -> None:
        """Insert or replace, in one statement."""

    def put_hours(
        self, draft: DraftId, child: ChildId, activity: ActivityId, hours: Hours
    ) -> None:
        """For all days of this child and activity from now on; the drafted ones stay."""

    def link_siblings(self, draft: DraftId, *, wanted: bool) -> None:
        """Until the draft is confirmed or emptied (B16)."""

    def empty_draft(self, draft: DraftId) -> None: ...

    def stale_drafts(self, structure: StructureId, before: datetime) -> tuple[Draft, ...]:
        """With at least one wish, and no line touched since; locked, with their lines."""

    def receipt(self, draft: DraftId, round_: int) -> Receipt | None: ...

    # -- places ----------------------------------------------------------------------------
    def lock_places(
        self, pools: Set[PoolId], days: Set[date]
    ) -> Mapping[tuple[PoolId, date], Places]:
        """Locks and reads; writers of the same places wait here, in one order."""

    def lock_children(
        self, children: Set[ChildId], activities: Set[ActivityId], days: Set[date]
    ) -> None:
        """Locks these children and those who wait for these activities on these days."""

    def bookings_around(
        self, children: Set[ChildId], activities: Set[ActivityId], days: Set[date]
    ) -> tuple[Booking, ...]:
        """Live bookings on these days: of these children; those WAITLISTED for these activities;
        and all others of the children who wait there. Not the holders: there may be hundreds.
        Here alone those who wait are told to be ``barred``.
        """

    def booking(self, booking: BookingId) -> Booking | None: ...

    def linked(self, booking: Booking) -> tuple[Booking, ...]:
        """The live bookings of the siblings that it was asked for together with, by ticket; itself
        among them (B16).
        """

    def pending(self, structure: StructureId) -> tuple[PendingRequest, ...]:
        """What waits for the town's answer, the oldest request first (S3)."""

    def queues(self, since: date) -> tuple[tuple[ActivityId, date], ...]:
        """Where somebody waits, from that day on; by day and activity."""

    def lapsed_offers(self, now: datetime) -> tuple[Booking, ...]: ...

    def holders(self, activity: ActivityId, day: date) -> tuple[Booking, ...]:
        """Every live booking of one activity and day, by ticket."""

    def opening(self, activity: ActivityId, day: date) -> Opening | None: ...

    def close_opening(self, activity: ActivityId, day: date) -> None: ...

    def apply(self, changes: Changes) -> None: ...

    def post_to_families(self, notices: Sequence[FamilyNotice]) -> None:
        """As ``Outbox.post_to_families``, in this transaction: what was told is not told again."""

    def post(self, notices: Sequence[Notice]) -> None:
        """As ``Outbox.post``, in this transaction."""
