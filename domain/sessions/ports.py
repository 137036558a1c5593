from datetime import datetime
from typing import Protocol

from domain.accounts.model import SessionId
from domain.audit.ports import AuditLog
from domain.families.model import GuardianId
from domain.sessions.model import Device


class Sessions(AuditLog, Protocol):
    def live(self, guardian: GuardianId) -> tuple[Device, ...]:
        """Last seen first; none of them is marked as the one that asks."""

    def end(self, guardian: GuardianId, session: SessionId, at: datetime) -> int | None:
        """Answers the Telegram user, whose private chat has the same number; None for a session
        that is not theirs. Ending it again changes nothing and answers the same.
        """

    def remember_message(self, telegram_user: int, message: int, at: datetime) -> None:
        """For the live session of this user, in one statement; nothing without a session."""

    def remember_staff_message(self, telegram_user: int, message: int, at: datetime) -> None:
        """The same for an agent's live session."""

    def take_messages(self, session: SessionId, since: datetime) -> tuple[int, ...]:
        """Those sent from ``since`` on, in order; all of this session's are forgotten."""
