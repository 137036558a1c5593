"""What is known of a person and their family, as it is given to them (A12, GDPR art. 15)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from domain.sessions.model import Ended

Row = Mapping[str, object]
"""By field: text, numbers, dates, hours, instants, amounts, choices, or what JSON holds."""


class Part(StrEnum):
    """In the order of the paper; each has a heading in words."""

    ACCOUNT = "account"
    STRUCTURES = "structures"
    FAMILY = "family"
    GUARDIANS = "guardians"
    CHILDREN = "children"
    QUOTIENTS = "quotients"
    ENROLMENTS = "enrolments"
    WALLETS = "wallets"
    ENTRIES = "entries"
    PAYMENTS = "payments"
    ORDERS = "orders"
    BOOKINGS = "bookings"
    MOVEMENTS = "movements"
    ABSENCES = "absences"
    ABSENCES_TOLD = "absences_told"
    DRAFTS = "drafts"
    DRAFT_LINES = "draft_lines"
    DRAFT_HOURS = "draft_hours"
    FILTERS = "filters"
    RECEIPTS = "receipts"
    CONSENTS = "consents"
    SIGNATURES = "signatures"
    DEVICES = "devices"
    SHOWN_MESSAGES = "shown_messages"
    CONVERSATIONS = "conversations"
    REMINDERS = "reminders"
    NOTICE_CHOICES = "notice_choices"
    NOTICES = "notices"
    ANNOUNCEMENTS = "announcements"
    ADDRESSES_WAITING = "addresses_waiting"
    LINKS = "links"
    PASSWORD_CHOICES = "password_choices"  # noqa: S105 - no password
    WRONG_PASSWORDS = "wrong_passwords"
    EVENTS = "events"


@dataclass(frozen=True, slots=True)
class Section:
    """``fields`` in the order of the paper; each row has exactly these."""

    part: Part
    fields: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PersonalData:
    at: datetime
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Retention:
    """For how many years the town keeps what it must: its own figures, not the law's text."""

    bookings: int = 10
    payments: int = 10
    signatures: int = 5


USUAL_RETENTION: Final = Retention()


class Aged(StrEnum):
    """In this order: what refers to something goes before it."""

    ABSENCES_TOLD = "absences_told"  # to the back office
    ABSENCES = "absences"
    MOVEMENTS = "movements"
    BOOKINGS = "bookings"  # but those below
    DEBITED = "debited"  # stay, as the ledger's entries refer to them; who asked, and why, goes
    REMINDERS = "reminders"
    RECEIPTS = "receipts"
    NOTICES = "notices"
    EVENTS = "events"
    PAYMENTS = "payments"
    STRAYS = "strays"  # money that no wallet could take, once settled
    # From when the text was replaced: one in force is still signed.
    SIGNATURES = "signatures"
    CONSENTS = "consents"
    FAMILIES = "families"  # who has left: names and addresses


@dataclass(frozen=True, slots=True)
class Limit:
    """What lies before it has aged: the first day that is kept, and the instant it begins."""

    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Erased:
    """``ended``: the chats that were connected, and what can still be deleted in them."""

    ended: tuple[Ended, ...]
