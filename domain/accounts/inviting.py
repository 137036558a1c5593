"""The town's letter: a link and a temporary password, each for thirty days (A3, A4).

Nobody but the letter ever knows them: only hashes are kept.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from domain.accounts import tokens
from domain.accounts.access import AccessTx, Account
from domain.accounts.events import Event
from domain.accounts.ports import Passwords
from domain.accounts.tokens import Purpose
from domain.audit.model import Actor, Entry
from domain.clock import Clock
from domain.errors import NotFound
from domain.families.model import GuardianId
from domain.staff.acts import noted
from domain.staff.model import StaffIdentity
from domain.work import Transaction


@dataclass(frozen=True, slots=True)
class Letter:
    """What is printed for one guardian. ``password`` and ``token`` are secrets."""

    account: Account
    password: str
    token: str
    until: datetime


Deliver = Callable[[Letter], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Invite:
    """A new letter for one guardian: whatever they had before no longer lets in, devices included.

    ``deliver`` prints it, before anything changes: a letter that could not be written has locked
    nobody out.
    """

    access: Transaction[AccessTx]
    passwords: Passwords
    clock: Clock
    new_password: Callable[[], str] = tokens.new_temporary_password
    new_token: Callable[[], str] = tokens.new_token

    async def __call__(
        self, guardian: GuardianId, deliver: Deliver, by: StaffIdentity | None = None
    ) -> None:
        """``by``: the agent, where it is one (S6)."""
        now = self.clock()
        account = await self.access.read(lambda tx: tx.account(guardian))
        until = now + tokens.INVITATION_FOR
        letter = Letter(account, self.new_password(), self.new_token(), until)
        password_hash = await self.passwords.hash(letter.password)
        await deliver(letter)
        await self.access.write(lambda tx: _invite(tx, letter, password_hash, now, by))


@dataclass(frozen=True, slots=True)
class FindGuardian:
    """By identifier. Raises NotFound."""

    access: Transaction[AccessTx]

    async def __call__(self, identifier: str) -> GuardianId:
        found = await self.access.read(lambda tx: tx.credentials(identifier))
        if found is None:
            raise NotFound
        return found.guardian_id


@dataclass(frozen=True, slots=True)
class ListForLetters:
    """Who never connected and holds no letter that still lets in; or ``everybody``."""

    access: Transaction[AccessTx]
    clock: Clock

    async def __call__(self, *, everybody: bool) -> tuple[GuardianId, ...]:
        now = self.clock()
        return await self.access.read(
            lambda tx: tx.everybody() if everybody else tx.without_letter(now)
        )


@dataclass(frozen=True, slots=True)
class Unlock:
    """An identifier takes new devices again (A8). Raises NotFound."""

    access: Transaction[AccessTx]
    clock: Clock

    async def __call__(self, identifier: str, by: StaffIdentity | None = None) -> None:
        """``by``: the agent, where it is one (S6)."""
        now = self.clock()

        def work(tx: AccessTx) -> None:
            tx.forget_failures(None, identifier)
            found = tx.credentials(identifier)
            if found is None:
                raise NotFound
            tx.note(_entry(Event.UNLOCKED, found.guardian_id, now, by))

        await self.access.write(work)


def _invite(
    tx: AccessTx, letter: Letter, password_hash: str, now: datetime, by: StaffIdentity | None
) -> None:
    guardian = letter.account.guardian.id
    tx.forget_failures(None, letter.account.identifier)
    tx.set_password(guardian, password_hash, temporary_until=letter.until)
    tx.revoke_links(guardian, now)
    tx.issue_link(
        guardian,
        Purpose.INVITATION,
        letter.token,
        telegram_user=None,
        at=now,
        until=letter.until,
    )
    tx.forget_choice(guardian)
    tx.end_sessions(guardian, now)
    tx.note(_entry(Event.INVITED, guardian, now, by))


def _entry(event: Event, guardian: GuardianId, at: datetime, by: StaffIdentity | None) -> Entry:
    if by is not None:
        return noted(by, event, at, guardian=guardian)
    return Entry(at, Actor.STAFF, event, guardian)
