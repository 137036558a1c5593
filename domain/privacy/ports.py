from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.accounts.model import SessionId
from domain.audit.ports import AuditLog
from domain.families.model import FamilyId, GuardianId
from domain.notices.model import Notice
from domain.privacy.events import Happened
from domain.privacy.model import Aged, Limit, Section
from domain.sessions.model import Ended


class Exports(AuditLog, Protocol):
    def lock_guardian(self, guardian: GuardianId) -> None:
        """Nobody else changes this account, or counts its exports, until this unit ends."""

    def exports(self, guardian: GuardianId, since: datetime) -> tuple[Happened, ...]:
        """Oldest first."""

    def personal_data(self, guardian: GuardianId, family: FamilyId) -> tuple[Section, ...]:
        """Every part, empty ones too. Of the family's other guardians first names and what they
        did; of a child's other family nothing; no hash, no index, no token.
        """


class Erasures(AuditLog, Protocol):
    def lock_guardian(self, guardian: GuardianId) -> None: ...

    def withdraw_opt_in(self, guardian: GuardianId) -> Mapping[str, str | int] | None:
        """Of what was agreed to about Telegram: what to note of it. None: nothing to withdraw."""

    def take_sessions(self, guardian: GuardianId, since: datetime) -> tuple[Ended, ...]:
        """All that there ever were, with what reaches their chats; the live ones are answered,
        with the messages sent from ``since`` on.
        """

    def erase(self, guardian: GuardianId, at: datetime, password_hash: str) -> None:
        """What the town need not keep; ``password_hash`` is of what nobody knows."""

    def post(self, notices: Sequence[Notice]) -> None: ...


class OwnData(Exports, Erasures, Protocol):
    """Both at once."""


class OldScreens(Protocol):
    """Messages that were shown to somebody who wants them deleted in time (A12)."""

    def due(
        self, sent_until: datetime, limit: int
    ) -> Mapping[SessionId, tuple[int, Sequence[int]]]:
        """Chat and messages of those who asked for it: the ``limit`` oldest messages."""

    def forget(self, session: SessionId, messages: Sequence[int]) -> None: ...

    def forget_sent_until(self, instant: datetime) -> None:
        """Everybody's: Telegram deletes them no more."""


class Aging(Protocol):
    """What the years announced have passed for."""

    def has_aged(self, aged: Aged, before: Limit) -> bool: ...

    def forget_aged(self, aged: Aged, before: Limit, most: int) -> int:
        """How many have gone, or say less now; oldest first. Fewer than ``most``: that was all."""


class Chats(Protocol):
    async def delete_many(self, chat_id: int, message_ids: Sequence[int]) -> bool:
        """At most a hundred. False when Telegram could not be asked, or refused; never raises."""
