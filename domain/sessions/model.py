from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.accounts.model import SessionId


@dataclass(frozen=True, slots=True)
class Device:
    """A Telegram account that is connected. No name of it is kept: dates must do (A9, A12)."""

    session_id: SessionId
    opened_at: datetime
    seen_at: datetime
    is_this: bool = False  # the one that asks


@dataclass(frozen=True, slots=True)
class Ended:
    """A session that is over; ``messages`` of that chat can still be deleted."""

    chat: int
    messages: tuple[int, ...] = ()


class Event(StrEnum):
    """What the audit log tells of sessions."""

    ENDED = "session_ended"
