"""``domain.bookings.ports.BookingTx`` on SQL."""

from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection

from domain.activities.model import ActivityId, Opening, PoolId, StructureId
from domain.bookings.filters import Filters, Query
from domain.bookings.model import Booking, BookingId, Draft, DraftId, DraftLine, Places, Receipt
from domain.bookings.ports import (
    Changes,
    DraftFacts,
    FollowUpPage,
    Hours,
    MonthFacts,
    OutlineFacts,
    OverviewFacts,
    PendingRequest,
)
from domain.families.model import ChildId, Enrolment, FamilyId, GuardianId, Wallet
from domain.notices.model import FamilyNotice, Notice
from storage.audit import SqlAuditLog
from storage.bookings import (
    drafts,
    families,
    followup,
    lookups,
    month,
    overview,
    places,
    receipts,
    records,
    writing_postgresql,
    writing_sqlite,
)
from storage.bookings import lines as draft_lines
from storage.columns import keyring_of
from storage.outbox import SqlOutbox


class SqlBookings(SqlAuditLog):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keyring = keyring_of(connection.dialect)

    # -- screens -------------------------------------------------------------------------------
    def month(
        self, draft: DraftId, child: ChildId, activity: ActivityId, first: date, last: date
    ) -> MonthFacts:
        return month.read_month(self._connection, draft, child, activity, first, last)

    def overview(
        self,
        draft: DraftId,
        children: Set[ChildId],
        structure: StructureId,
        first: date,
        last: date,
    ) -> OverviewFacts:
        return overview.read_overview(self._connection, draft, children, structure, first, last)

    def outline(
        self,
        draft: DraftId,
        children: Set[ChildId],
        structure: StructureId,
        first: date,
        last: date,
    ) -> OutlineFacts:
        return overview.read_outline(self._connection, draft, children, structure, first, last)

    def enrolments(self, children: Set[ChildId], first: date, last: date) -> tuple[Enrolment, ...]:
        return families.read_enrolments(self._connection, children, first, last)

    def wallets(self, family: FamilyId) -> tuple[Wallet, ...]:
        return families.read_wallets(self._connection, family)

    def quotient(self, family: FamilyId, day: date) -> Decimal | None:
        return families.read_quotient(self._connection, family, day)

    def guardians(self, family: FamilyId) -> Mapping[GuardianId, str]:
        return families.read_guardians(self._connection, family)

    def follow_up(
        self, family: FamilyId, structure: StructureId, query: Query, *, page: int, per_page: int
    ) -> FollowUpPage:
        return followup.read_follow_up(
            self._connection, family, structure, query, page=page, per_page=per_page
        )

    def filters(self, draft: DraftId) -> Filters:
        return followup.read_filters(self._connection, draft)

    def put_filters(self, draft: DraftId, filters: Filters) -> None:
        followup.put_filters(self._connection, draft, filters)

    # -- drafts --------------------------------------------------------------------------------
    def lock_draft(self, draft: DraftId) -> None:
        draft_lines.lock_draft(self._connection, draft)

    def draft_facts(self, draft: DraftId, *, lock: bool) -> DraftFacts:
        return drafts.read_facts(self._connection, draft, lock=lock)

    def put_lines(self, draft: DraftId, lines: Sequence[DraftLine], at: datetime) -> None:
        draft_lines.put_lines(self._connection, draft, lines, at)

    def put_hours(
        self, draft: DraftId, child: ChildId, activity: ActivityId, hours: Hours
    ) -> None:
        draft_lines.put_hours(self._connection, draft, child, activity, hours)

    def link_siblings(self, draft: DraftId, *, wanted: bool) -> None:
        draft_lines.link_siblings(self._connection, draft, wanted=wanted)

    def empty_draft(self, draft: DraftId) -> None:
        draft_lines.empty_draft(self._connection, draft)

    def stale_drafts(self, structure: StructureId, before: datetime) -> tuple[Draft, ...]:
        return draft_lines.lock_stale(self._connection, structure, before)

    def receipt(self, draft: DraftId, round_: int) -> Receipt | None:
        return receipts.read_receipt(self._connection, draft, round_)

    # -- places --------------------------------------------------------------------------------
    def lock_places(
        self, pools: Set[PoolId], days: Set[date]
    ) -> Mapping[tuple[PoolId, date], Places]:
        return places.lock_places(self._connection, pools, days)

    def lock_children(
        self, children: Set[ChildId], activities: Set[ActivityId], days: Set[date]
    ) -> None:
        places.lock_children(self._connection, children, activities, days)

    def bookings_around(
        self, children: Set[ChildId], activities: Set[ActivityId], days: Set[date]
    ) -> tuple[Booking, ...]:
        return places.read_around(self._connection, children, activities, days)

    def booking(self, booking: BookingId) -> Booking | None:
        return lookups.read_booking(self._connection, booking)

    def linked(self, booking: Booking) -> tuple[Booking, ...]:
        return lookups.read_linked(self._connection, booking)

    def pending(self, structure: StructureId) -> tuple[PendingRequest, ...]:
        return lookups.read_pending(self._connection, structure)

    def queues(self, since: date) -> tuple[tuple[ActivityId, date], ...]:
        return lookups.read_queues(self._connection, since)

    def lapsed_offers(self, now: datetime) -> tuple[Booking, ...]:
        return lookups.read_lapsed_offers(self._connection, now)

    def holders(self, activity: ActivityId, day: date) -> tuple[Booking, ...]:
        return lookups.read_holders(self._connection, activity, day)

    def opening(self, activity: ActivityId, day: date) -> Opening | None:
        return lookups.read_opening(self._connection, activity, day)

    def close_opening(self, activity: ActivityId, day: date) -> None:
        lookups.close_opening(self._connection, activity, day)

    # -- writing -------------------------------------------------------------------------------
    def apply(self, changes: Changes) -> None:
        """Raises StaleRecap when the draft has moved on, or a day was closed, since they were
        read; every other mismatch is a defect, and nothing of it is kept.
        """
        records.check(changes)
        if self._connection.dialect.name == "postgresql":
            writing_postgresql.apply(self._connection, changes)
        else:
            writing_sqlite.apply(self._connection, changes)
        if changes.notices:
            SqlOutbox(self._connection).post_to_families(changes.notices)

    def post_to_families(self, notices: Sequence[FamilyNotice]) -> None:
        SqlOutbox(self._connection).post_to_families(notices)

    def post(self, notices: Sequence[Notice]) -> None:
        SqlOutbox(self._connection).post(notices)
