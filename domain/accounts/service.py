"""Who is there: login, sessions, and the guardian's own choices (A2, A8-A10)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.accounts import rules
from domain.accounts.errors import TooManyAttempts, WrongCredentials
from domain.accounts.model import Credentials, Identity
from domain.accounts.ports import Accounts, Passwords
from domain.clock import Clock
from domain.families.model import Display
from domain.work import Transaction

TOUCH_EVERY = timedelta(minutes=15)  # how exact "last seen" needs to be


@dataclass(frozen=True, slots=True)
class Identify:
    """The live session of this Telegram user; None without one, or when it sat idle too long."""

    accounts: Transaction[Accounts]
    clock: Clock
    idle: timedelta = timedelta(days=30)

    async def __call__(self, telegram_user: int) -> Identity | None:
        who = await self.accounts.read(lambda tx: tx.identity(telegram_user))
        if who is None:
            return None
        now = self.clock()
        if now - who.seen_at > self.idle:
            await self.accounts.write(lambda tx: tx.end_session(who.session_id, now))
            return None
        if now - who.seen_at > TOUCH_EVERY:
            await self.accounts.write(lambda tx: tx.touch(who.session_id, now))
        return who


@dataclass(frozen=True, slots=True)
class LogIn:
    """Raises WrongCredentials, the same for an unknown identifier, a wrong password and an
    identifier that takes no new device; TooManyAttempts(until=) for a Telegram user who must wait.
    """

    accounts: Transaction[Accounts]
    passwords: Passwords
    clock: Clock

    async def __call__(self, identifier: str, password: str, telegram_user: int) -> Identity:
        now = self.clock()
        mine, theirs = await self.accounts.read(lambda tx: tx.attempts(telegram_user, identifier))
        until = rules.may_try_from(mine)
        if until is not None and now < until:
            raise TooManyAttempts(until=until)
        found = await self.accounts.read(lambda tx: tx.credentials(identifier))
        usable = found if found is not None and not rules.takes_no_device(theirs) else None
        # The same work whatever was found (A8).
        right = await self.passwords.verify(password, usable.password_hash if usable else None)
        if usable is None or not right:
            await self.accounts.write(lambda tx: tx.count_failure(telegram_user, identifier, now))
            raise WrongCredentials
        return await self._enter(usable, identifier, password, telegram_user, now)

    async def _enter(
        self,
        found: Credentials,
        identifier: str,
        password: str,
        telegram_user: int,
        now: datetime,
    ) -> Identity:
        renewed = None
        if self.passwords.outdated(found.password_hash):
            renewed = await self.passwords.hash(password)

        def work(tx: Accounts) -> Identity | None:
            if renewed is not None:
                tx.replace_hash(found.guardian_id, renewed)
            tx.forget_failures(telegram_user, identifier)
            tx.open_session(found.guardian_id, found.structure_ids[0], telegram_user, now)
            return tx.identity(telegram_user)

        who = await self.accounts.write(work)
        if who is None:
            raise LookupError("a session was opened and cannot be read")
        return who


@dataclass(frozen=True, slots=True)
class LogOut:
    accounts: Transaction[Accounts]
    clock: Clock

    async def __call__(self, who: Identity) -> None:
        now = self.clock()
        await self.accounts.write(lambda tx: tx.end_session(who.session_id, now))


@dataclass(frozen=True, slots=True)
class SetLocale:
    accounts: Transaction[Accounts]

    async def __call__(self, who: Identity, locale: str) -> None:
        await self.accounts.write(lambda tx: tx.set_locale(who.guardian.id, locale))


@dataclass(frozen=True, slots=True)
class SetDisplay:
    accounts: Transaction[Accounts]

    async def __call__(self, who: Identity, display: Display) -> None:
        await self.accounts.write(lambda tx: tx.set_display(who.guardian.id, display))
