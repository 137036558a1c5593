"""The tables of a small town in memory, and the words to fill them.

The fakes read and write them; the storage tests load the same data into real databases, so that
one contract suite runs over all three.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time
from decimal import Decimal

from domain.absences.model import Absence, AbsenceNews
from domain.accounts.access import Choice
from domain.accounts.model import Attempts
from domain.accounts.tokens import LinkId, Purpose
from domain.activities.catalogue import Catalogue
from domain.activities.model import ActivityId, Opening, PoolId, StructureId
from domain.activities.tariffs import Quotient
from domain.announcements.model import Announcement, AnnouncementId
from domain.audit.model import Entry
from domain.bookings.filters import Filters
from domain.bookings.model import (
    Booking,
    BookingId,
    Draft,
    DraftId,
    DraftLine,
    Movement,
    Places,
    Receipt,
    Slot,
    State,
)
from domain.bookings.ports import Hours
from domain.choices.model import Choices
from domain.documents.model import ConsentState, DocumentId, LegalDocument, Signature
from domain.emails.model import Pending
from domain.families.model import (
    Child,
    ChildId,
    Enrolment,
    FamilyId,
    Guardian,
    GuardianId,
    Wallet,
    WalletId,
)
from domain.notices.model import Delivery, Notice
from domain.reminders.model import Reminder, ReminderId
from domain.reports.model import Transmission, TransmissionId
from domain.staff.model import Role, StaffId, StaffSessionId


@dataclass(frozen=True, slots=True)
class StoredMovement:
    """``id`` is the order of request; ``void``: erased before anybody heard of it (B15)."""

    id: int
    movement: Movement
    transmission: TransmissionId | None = None
    void: bool = False

    @property
    def awaits_night(self) -> bool:
        return self.transmission is None and not self.void

    @property
    def ticket(self) -> tuple[ActivityId, date, int]:
        slot = self.movement.slot
        return slot.activity_id, slot.day, self.movement.ticket


@dataclass(frozen=True, slots=True)
class StoredNews:
    news: AbsenceNews
    transmission: TransmissionId | None = None


@dataclass(frozen=True, slots=True)
class StoredNotice:
    id: int
    notice: Notice
    state: Delivery = Delivery.PENDING
    due: datetime | None = None  # of a retry, or the end of a lease; None is the notice's ``at``
    attempts: int = 0
    why: str | None = None


@dataclass(frozen=True, slots=True)
class StoredSession:
    guardian_id: GuardianId
    structure_id: StructureId
    telegram_user: int
    seen_at: datetime
    ended_at: datetime | None = None
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredAnnouncement:
    announcement: Announcement
    structure_id: StructureId
    ends_at: datetime | None = None
    activity_id: ActivityId | None = None
    file: bytes | None = None


@dataclass(frozen=True, slots=True)
class StoredLink:
    guardian_id: GuardianId
    purpose: Purpose
    token: str
    telegram_user: int | None
    issued_at: datetime
    expires_at: datetime
    spent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredMember:
    name: str
    role: Role
    structures: tuple[StructureId, ...]
    locale: str
    created_at: datetime
    disabled_at: datetime | None = None
    in_tables: bool = False


@dataclass(frozen=True, slots=True)
class StoredStaffSession:
    staff_id: StaffId
    structure_id: StructureId
    telegram_user: int
    opened_at: datetime
    seen_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredInvitation:
    staff_id: StaffId
    expires_at: datetime
    spent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredReminder:
    reminder: Reminder
    silenced_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredJob:
    lease_until: datetime
    done_at: datetime | None = None


@dataclass(slots=True)
class TownData:
    catalogue: Catalogue
    guardians: dict[GuardianId, Guardian] = field(default_factory=dict)
    logins: dict[str, tuple[GuardianId, str]] = field(default_factory=dict)
    children: dict[ChildId, Child] = field(default_factory=dict)
    kinship: set[tuple[FamilyId, ChildId]] = field(default_factory=set)
    enrolments: list[Enrolment] = field(default_factory=list)
    openings: dict[tuple[ActivityId, date], Opening] = field(default_factory=dict)
    places: dict[tuple[PoolId, date], Places] = field(default_factory=dict)
    debt_threshold: Decimal = Decimal(0)
    living_elsewhere: set[FamilyId] = field(default_factory=set)  # not residents (B1)
    wallets: dict[WalletId, Wallet] = field(default_factory=dict)
    quotients: list[tuple[FamilyId, Quotient]] = field(default_factory=list)
    drafts: dict[DraftId, Draft] = field(default_factory=dict)
    lines: dict[tuple[DraftId, Slot], tuple[DraftLine, datetime]] = field(default_factory=dict)
    hours: dict[tuple[DraftId, ChildId, ActivityId], Hours] = field(default_factory=dict)
    filters: dict[DraftId, Filters] = field(default_factory=dict)
    receipts: dict[tuple[DraftId, int], Receipt] = field(default_factory=dict)
    bookings: dict[BookingId, Booking] = field(default_factory=dict)
    movements: dict[int, StoredMovement] = field(default_factory=dict)
    absence_news: list[StoredNews] = field(default_factory=list)
    transmissions: dict[TransmissionId, Transmission] = field(default_factory=dict)
    jobs: dict[tuple[str, date], StoredJob] = field(default_factory=dict)
    notices: dict[str, StoredNotice] = field(default_factory=dict)
    chats_gone: dict[int, str] = field(default_factory=dict)
    members: dict[StaffId, StoredMember] = field(default_factory=dict)
    staff_sessions: dict[StaffSessionId, StoredStaffSession] = field(default_factory=dict)
    invitations: dict[str, StoredInvitation] = field(default_factory=dict)  # by token
    documents: dict[DocumentId, LegalDocument] = field(default_factory=dict)
    consents: dict[tuple[GuardianId, DocumentId], ConsentState] = field(default_factory=dict)
    signatures: dict[tuple[FamilyId, ChildId, DocumentId], Signature] = field(default_factory=dict)
    sessions: dict[int, StoredSession] = field(default_factory=dict)
    failures: dict[str, Attempts] = field(default_factory=dict)
    temporary: dict[GuardianId, datetime] = field(default_factory=dict)  # until when
    links: dict[LinkId, StoredLink] = field(default_factory=dict)
    chosen: dict[GuardianId, Choice] = field(default_factory=dict)
    audit: dict[int, Entry] = field(default_factory=dict)
    choices: dict[GuardianId, Choices] = field(default_factory=dict)
    messages: dict[tuple[int, int], datetime] = field(default_factory=dict)  # session, message
    staff_messages: dict[tuple[int, int], datetime] = field(default_factory=dict)
    pending: dict[tuple[GuardianId, str], tuple[Pending, str]] = field(default_factory=dict)
    announcements: list[StoredAnnouncement] = field(default_factory=list)
    absences: dict[BookingId, Absence] = field(default_factory=dict)
    reminders: dict[ReminderId, StoredReminder] = field(default_factory=dict)

    def snapshot(self) -> "TownData":
        """Rows are frozen: copying the tables is enough."""
        twin = copy(self)
        for table in fields(self):
            setattr(twin, table.name, copy(getattr(self, table.name)))
        return twin

    def restore(self, snapshot: "TownData") -> None:
        for table in fields(self):
            setattr(self, table.name, getattr(snapshot, table.name))

    # -- filling -------------------------------------------------------------------------------
    def family(
        self,
        family: int,
        *,
        guardians: Iterable[int] = (),
        children: Iterable[int] = (),
        quotient: str | None = None,
    ) -> FamilyId:
        """A family; each guardian has a draft per structure, see ``draft_of``."""
        key = FamilyId(family)
        for guardian in guardians:
            self.guardian(Guardian(GuardianId(guardian), key, "Mme", f"Anne{guardian}", "DUPONT"))
        for child in children:
            self.child(key, child)
        if quotient is not None:
            self.quotient(family, quotient, date(2000, 1, 1))
        return key

    def quotient(
        self, family: int, value: str, valid_from: date, valid_to: date | None = None
    ) -> None:
        whole = Quotient(valid_from, valid_to, Decimal(value))
        self.quotients.append((FamilyId(family), whole))

    def guardian(self, guardian: Guardian) -> None:
        self.guardians[guardian.id] = guardian
        for structure in self.catalogue.structures:
            draft = draft_of(guardian.id, structure)
            self.drafts[draft] = Draft(draft, guardian.id, structure, round=1)

    def child(self, family: FamilyId, child: int) -> Child:
        """A child, or one more family of a child that is already there (A11)."""
        key = ChildId(child)
        self.kinship.add((family, key))
        return self.children.setdefault(key, Child(key, f"Paul{child}", "DUPONT"))

    def enrol(
        self,
        child: int,
        activity: int,
        *,
        valid_from: date = date(2026, 1, 1),
        valid_to: date = date(2027, 12, 31),
        group: str | None = None,
    ) -> None:
        self.enrolments.append(
            Enrolment(ChildId(child), ActivityId(activity), valid_from, valid_to, group)
        )

    def open(
        self,
        activity: int,
        *days: date,
        is_open: bool = True,
        arrival: time | None = None,
        departure: time | None = None,
    ) -> None:
        """Opening rows; pools without a row on that day get an unlimited one."""
        about = self.catalogue.activities[ActivityId(activity)]
        for day in days:
            self.openings[about.id, day] = Opening(
                about.id, day, is_open, arrival or about.arrival, departure or about.departure
            )
            for draw in about.draws:
                self.places.setdefault((draw.pool_id, day), Places(draw.pool_id, day, None, 0))

    def capacity(self, pool: int, *days: date, capacity: int | None) -> None:
        for day in days:
            key = PoolId(pool), day
            there = self.places.get(key, Places(key[0], day, None, 0))
            self.places[key] = replace(there, capacity=capacity)

    def line(self, guardian: int, structure: int, line: DraftLine, at: datetime) -> DraftId:
        draft = draft_of(GuardianId(guardian), StructureId(structure))
        self.lines[draft, line.slot] = line, at
        return draft

    def login(self, guardian: int, identifier: str, password_hash: str) -> None:
        self.logins[identifier.strip().casefold()] = GuardianId(guardian), password_hash

    def wallet(self, wallet: int, family: int, structure: int, name: str, balance: str) -> None:
        key = WalletId(wallet)
        self.wallets[key] = Wallet(
            key, FamilyId(family), StructureId(structure), name, Decimal(balance)
        )

    def announce(
        self,
        number: int,
        starts_at: datetime,
        *,
        structure: int = 1,
        ends_at: datetime | None = None,
        activity: int | None = None,
        file: tuple[str, bytes] | None = None,
    ) -> None:
        name, content = file or (None, None)
        told = Announcement(AnnouncementId(number), f"Titre {number}", "Texte", starts_at, name)
        about = None if activity is None else ActivityId(activity)
        self.announcements.append(
            StoredAnnouncement(told, StructureId(structure), ends_at, about, content)
        )

    # -- looking -------------------------------------------------------------------------------
    def live(self) -> list[Booking]:
        found = (b for b in self.bookings.values() if b.state is not State.CANCELLED)
        return [self.with_transmission(booking) for booking in found]

    def with_transmission(self, booking: Booking) -> Booking:
        """A booking is transmitted when no movement of it waits for a night."""
        ticket = booking.slot.activity_id, booking.slot.day, booking.ticket
        awaited = any(m.awaits_night and m.ticket == ticket for m in self.movements.values())
        return replace(booking, transmitted=not awaited)

    def enrolment(self, slot: Slot) -> Enrolment | None:
        """The one that covers that day; the latest to start, if several do."""
        covering = [
            e
            for e in self.enrolments
            if (e.child_id, e.activity_id) == (slot.child_id, slot.activity_id)
            and e.covers(slot.day)
        ]
        return max(covering, key=lambda e: e.valid_from, default=None)


def draft_of(guardian: GuardianId, structure: StructureId) -> DraftId:
    """In the first structure it is the guardian's own number, as in ``tests.builders``."""
    return DraftId(guardian + 1000 * (structure - 1))
