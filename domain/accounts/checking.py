"""The password asked again, of somebody connected, before what matters most (H3)."""

from dataclasses import dataclass

from domain.accounts.access import AccessTx
from domain.accounts.errors import WrongPassword
from domain.accounts.events import Event
from domain.accounts.login import may_try
from domain.accounts.model import Identity, Login
from domain.accounts.passwords import normalised
from domain.accounts.ports import Passwords
from domain.audit.model import Actor, Entry
from domain.clock import Clock
from domain.work import Transaction


@dataclass(frozen=True, slots=True)
class CheckPassword:
    """Raises WrongPassword, and TooManyAttempts(until=): a connected phone in other hands must not
    be a way to guess. Counted as a login is, but not against the identifier: who is connected
    cannot lock other devices out.
    """

    access: Transaction[AccessTx]
    passwords: Passwords
    clock: Clock

    async def __call__(self, who: Identity, password: str, telegram_user: int) -> None:
        now, guardian = self.clock(), who.guardian.id

        def attempt(tx: AccessTx) -> Login:
            may_try(tx.attempts(telegram_user, None, lock=True)[0], now)
            tx.count_failure(telegram_user, None, now)
            return tx.login(guardian)

        login = await self.access.write(attempt)
        if await self.passwords.verify(normalised(password), login.password_hash):
            await self.access.write(lambda tx: tx.forget_failures(telegram_user, None))
            return
        wrong = Entry(now, Actor.GUARDIAN, Event.CHECK_FAILED, guardian, telegram_user)
        await self.access.write(lambda tx: tx.note(wrong))
        raise WrongPassword
