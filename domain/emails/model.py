"""E-mail addresses of a guardian: each is proved by a code before anything goes there (H3)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Pending:
    """An address that waits for its code. ``position``: in the list as it was typed, from 0."""

    address: str
    position: int
    replaces: bool  # those of before go when the first of these is proved
    sent_at: datetime
    expires_at: datetime
    tries: int = 0  # wrong codes


@dataclass(frozen=True, slots=True)
class Addresses:
    """``verified`` in the guardian's order: the first one gets the receipts."""

    verified: tuple[str, ...]
    pending: tuple[Pending, ...] = ()  # by position


class Event(StrEnum):
    """What the audit log tells of addresses; never which."""

    CHANGED = "emails_changed"
    CODE_FAILED = "email_code_failed"
