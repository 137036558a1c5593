"""Identifier and password (A2), guarded against guessing (A8).

An attempt is counted before it is tried, under a lock, and forgotten when it was right: of any
number at once, no more reach the hash than the rules let.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.accounts import notices, rules
from domain.accounts.access import AccessTx
from domain.accounts.errors import PasswordExpired, TooManyAttempts, WrongCredentials
from domain.accounts.events import Event
from domain.accounts.model import Attempts, Credentials, Identity
from domain.accounts.passwords import normalised
from domain.accounts.ports import Passwords
from domain.audit.model import Actor, Entry
from domain.clock import Clock
from domain.families.model import GuardianId
from domain.work import Transaction


@dataclass(frozen=True, slots=True)
class Tried:
    """An attempt that was let through. ``number``: of those for this identifier, from 1."""

    number: int
    found: Credentials | None

    @property
    def usable(self) -> Credentials | None:
        """None as well where the identifier takes no new device."""
        return None if self.number > rules.FAILURES_TO_LOCK else self.found

    @property
    def guardian_id(self) -> GuardianId | None:
        return None if self.found is None else self.found.guardian_id


@dataclass(frozen=True, slots=True)
class LogIn:
    """Raises WrongCredentials, the same after the same work for an unknown identifier, a wrong
    password and an identifier that takes no new device; TooManyAttempts(until=) for a Telegram
    user who must wait; PasswordExpired to who knows a temporary password that is too old.
    """

    access: Transaction[AccessTx]
    passwords: Passwords
    clock: Clock

    async def __call__(self, identifier: str, password: str, telegram_user: int) -> Identity:
        now, meant = self.clock(), normalised(password)
        tried = await self.access.write(lambda tx: _try(tx, identifier, telegram_user, now))
        found = tried.usable
        right = await self.passwords.verify(meant, found.password_hash if found else None)
        if found is None or not right:
            await self.access.write(lambda tx: _fail(tx, tried, telegram_user, now))
            raise WrongCredentials
        if found.password_until is not None and found.password_until < now:
            await self.access.write(lambda tx: _expire(tx, found, identifier, telegram_user, now))
            raise PasswordExpired
        renewed = None
        if self.passwords.outdated(found.password_hash):
            renewed = await self.passwords.hash(meant)
        return await self.access.write(
            lambda tx: _enter(tx, found, identifier, telegram_user, renewed, now)
        )


def may_try(attempts: Attempts, now: datetime) -> None:
    """Raises TooManyAttempts."""
    until = rules.may_try_from(attempts)
    if until is not None and now < until:
        raise TooManyAttempts(until=until)


def enter(tx: AccessTx, found: Credentials, telegram_user: int, now: datetime) -> Identity:
    """A session. If this device is new, the others and the mailbox are told (N6)."""
    known = tx.knows_device(found.guardian_id, telegram_user)
    tx.open_session(found.guardian_id, found.structure_ids[0], telegram_user, now)
    who = tx.identity(telegram_user)
    if who is None:
        raise LookupError("a session was opened and cannot be read")
    if not known:
        told = notices.new_device(found.guardian_id, who.structure_id, who.session_id, now)
        tx.tell(found.guardian_id, told)
    return who


def _try(tx: AccessTx, identifier: str, telegram_user: int, now: datetime) -> Tried:
    mine, theirs = tx.attempts(telegram_user, identifier, lock=True)
    may_try(mine, now)
    tx.count_failure(telegram_user, identifier, now)
    return Tried(theirs.failures + 1, tx.credentials(identifier))


def _fail(tx: AccessTx, tried: Tried, telegram_user: int, now: datetime) -> None:
    """The same statements for an identifier that nobody has."""
    whose = tried.guardian_id
    tx.note(Entry(now, Actor.STRANGER, Event.LOGIN_FAILED, whose, telegram_user))
    if tried.number == rules.FAILURES_TO_LOCK:
        tx.note(Entry(now, Actor.SYSTEM, Event.LOCKED, whose, telegram_user))
        tx.tell(whose, notices.account_locked(tried.found, now))


def _expire(
    tx: AccessTx, found: Credentials, identifier: str, telegram_user: int, now: datetime
) -> None:
    tx.forget_failures(telegram_user, identifier)
    whose = found.guardian_id
    tx.note(Entry(now, Actor.STRANGER, Event.LOGIN_EXPIRED, whose, telegram_user))


def _enter(
    tx: AccessTx,
    found: Credentials,
    identifier: str,
    telegram_user: int,
    renewed: str | None,
    now: datetime,
) -> Identity:
    tx.forget_failures(telegram_user, identifier)
    if renewed is not None:
        tx.replace_hash(found.guardian_id, renewed)
    who = enter(tx, found, telegram_user, now)
    tx.note(Entry(now, Actor.GUARDIAN, Event.LOGGED_IN, found.guardian_id, telegram_user))
    return who
