from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

from domain.families.model import Child, Display, FamilyId, GuardianId

NoticeId = NewType("NoticeId", int)


class Channel(StrEnum):
    TELEGRAM = "telegram"
    MAIL = "mail"


class Kind(StrEnum):
    PLACE_GIVEN = "place_given"  # N1: a waitlisted request was accepted
    PLACE_OFFERED = "place_offered"  # N1, with an answer expected
    OFFER_LAPSED = "offer_lapsed"
    REQUEST_ACCEPTED = "request_accepted"  # B17
    REQUEST_REFUSED = "request_refused"
    REQUEST_WAITLISTED = "request_waitlisted"
    DAY_CLOSED = "day_closed"  # N5
    NIGHTLY_REPORT = "nightly_report"  # N2
    DRAFT_LAPSED = "draft_lapsed"  # B7
    DEADLINE_REMINDER = "deadline_reminder"  # N3
    WAITING_REMINDER = "waiting_reminder"  # B16: a place that may matter no more
    PAYMENT_RECEIPT = "payment_receipt"  # N6, M4
    PAYMENT_REMINDER = "payment_reminder"  # N6: a wallet is below nothing
    ANNOUNCEMENT = "announcement"  # N4: its mails; chats are told apart from notices
    EMAIL_CODE = "email_code"  # H3: to the address that is to be proved
    EMAIL_CHANGED = "email_changed"  # N6: to the addresses of before and of now
    RESET_LINK = "reset_link"  # A7
    PASSWORD_CHANGED = "password_changed"  # N6 # noqa: S105 - no password
    NEW_DEVICE = "new_device"  # N6: to the other devices
    ACCOUNT_LOCKED = "account_locked"  # A8
    ACCESS_ERASED = "access_erased"  # N6: by mail alone, as no chat is left (A12)


URGENT = frozenset({Kind.PLACE_GIVEN, Kind.PLACE_OFFERED, Kind.DAY_CLOSED})
"""These ignore quiet hours (N7)."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to one person on one channel; ``key`` is unique, so it is queued once (N7).

    ``params`` holds facts, JSON-safe: ids, dates, amounts; never words or names, which come when
    it is sent. ``secret``: what only the addressee may read (a link's token, a code, ``to``: an
    address that is not theirs yet, or one of several); sealed at rest, and wiped when the notice
    is done. ``params["session"]``: the device that caused it, and is not told.
    """

    key: str
    guardian_id: GuardianId
    channel: Channel
    kind: Kind
    params: Mapping[str, Any]
    at: datetime
    secret: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class FamilyNotice:
    """The same message to every guardian of a family, on the channels of its kind."""

    key: str
    family_id: FamilyId
    kind: Kind
    params: Mapping[str, Any]
    at: datetime


BY_MAIL_TOO = frozenset(Kind) - {
    Kind.DRAFT_LAPSED,
    Kind.DEADLINE_REMINDER,
    Kind.WAITING_REMINDER,
    Kind.PAYMENT_REMINDER,
    Kind.ANNOUNCEMENT,
}
"""Kinds that go by mail as well as by Telegram; the others by mail only where no chat is left."""

TO_FIRST_ADDRESS = frozenset({Kind.PAYMENT_RECEIPT})
"""Mails for one of several addresses, the first (M4)."""

LAPSING = frozenset({Kind.DEADLINE_REMINDER})
"""Told before ``params["until"]``, or not at all."""


def is_too_late(notice: Notice, now: datetime) -> bool:
    if notice.kind not in LAPSING:
        return False
    return datetime.fromisoformat(notice.params["until"]) < now


class Delivery(StrEnum):
    PENDING = "pending"
    SENDING = "sending"  # claimed; a crash here leaves it to be claimed again after its lease
    SENT = "sent"
    UNCERTAIN = "uncertain"  # the answer never came: it may have arrived
    FAILED = "failed"  # refused for good, or tried too often


@dataclass(frozen=True, slots=True)
class Due:
    """A claimed notice, with where it goes. ``chats`` is empty when nobody is connected."""

    id: NoticeId
    notice: Notice
    attempts: int
    locale: str
    display: Display
    chats: tuple[int, ...] = ()
    emails: tuple[str, ...] = ()
    addressee: str = ""  # "M. DUPONT Jean-Paul"
    offers: tuple[tuple[int, int], ...] = ()  # chat and message that offer what is paid now
    children: tuple[Child, ...] = ()
