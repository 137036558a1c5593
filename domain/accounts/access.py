"""Getting in, in one transaction: links, chosen passwords, who is told, and the audit log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.accounts.model import SessionId
from domain.accounts.ports import Accounts
from domain.accounts.tokens import Link, LinkId, Purpose
from domain.activities.model import StructureId
from domain.audit.ports import AuditLog
from domain.families.model import Guardian, GuardianId
from domain.notices.model import Notice


@dataclass(frozen=True, slots=True)
class About:
    """What a password is judged against. ``words``: names of persons and of structures."""

    persons: tuple[str, ...]  # identifier, own names, names of the family's children
    structures: tuple[str, ...]
    password_hash: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A new password that was typed once."""

    password_hash: str
    chosen_at: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """``structures``: names, by key."""

    guardian: Guardian
    identifier: str
    structure_id: StructureId  # the first of theirs
    structure: str


class Links(Protocol):
    """With None for a guardian the same work is done, for nobody (A7)."""

    def issue_link(
        self,
        guardian: GuardianId | None,
        purpose: Purpose,
        token: str,
        *,
        telegram_user: int | None,
        at: datetime,
        until: datetime,
    ) -> None:
        """Revokes those of before with the same purpose. ``telegram_user``: who alone may open
        it; None is anybody.
        """

    def links_issued(self, guardian: GuardianId | None, purpose: Purpose, since: datetime) -> int:
        """Spent ones too."""

    def find_link(self, token: str, telegram_user: int) -> Link | None: ...

    def link(self, link: LinkId, telegram_user: int) -> Link | None:
        """By its number: a conversation keeps no token."""

    def use_link(self, link: LinkId, at: datetime) -> bool:
        """In one statement; False when it was used, revoked or expired meanwhile."""

    def revoke_links(self, guardian: GuardianId, at: datetime) -> None: ...


class Choosing(Protocol):
    def about(self, guardian: GuardianId) -> About: ...

    def choice(self, guardian: GuardianId) -> Choice | None: ...

    def put_choice(self, guardian: GuardianId, choice: Choice) -> None: ...

    def forget_choice(self, guardian: GuardianId) -> None: ...

    def take_choice(self, guardian: GuardianId, choice: Choice) -> bool:
        """Forgets that one, once; False when it is not there any more."""

    def set_password(
        self, guardian: GuardianId, password_hash: str, *, temporary_until: datetime | None
    ) -> None:
        """With an instant it is a temporary one, which must be changed (A4)."""

    def end_sessions(
        self, guardian: GuardianId, at: datetime, *, but: SessionId | None = None
    ) -> int:
        """Answers how many."""


class AccessTx(Accounts, Links, Choosing, AuditLog, Protocol):
    """Locked in one order: attempts, guardian, links, choice, sessions."""

    def lock_account(self, identifier: str) -> Account | None:
        """Found as by ``credentials``; nobody else changes it until this unit ends."""

    def account(self, guardian: GuardianId) -> Account: ...

    def without_letter(self, now: datetime) -> tuple[GuardianId, ...]:
        """Who never connected, and holds no invitation that still lets in; in key order."""

    def everybody(self) -> tuple[GuardianId, ...]: ...

    def resets_asked(self, telegram_user: int, since: datetime) -> tuple[datetime, ...]:
        """Oldest first."""

    def tell(self, guardian: GuardianId | None, notices: Sequence[Notice]) -> None:
        """As ``Outbox.post``. By Telegram only where another device than ``params["session"]``
        is connected; with None the same work is done, for nobody.
        """
