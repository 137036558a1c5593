"""Who is there: sessions, and the guardian's own choices (A9, A10)."""

from dataclasses import dataclass
from datetime import timedelta

from domain.accounts.errors import SessionIdle
from domain.accounts.model import Identity
from domain.accounts.ports import Accounts
from domain.clock import Clock
from domain.families.model import Display
from domain.work import Transaction

TOUCH_EVERY = timedelta(minutes=15)  # how exact "last seen" needs to be


@dataclass(frozen=True, slots=True)
class Identify:
    """The live session of this Telegram user; None without one.

    Raises SessionIdle, once, when it sat idle too long: it is ended then.
    """

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
            raise SessionIdle
        if now - who.seen_at > TOUCH_EVERY:
            await self.accounts.write(lambda tx: tx.touch(who.session_id, now))
        return who


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


@dataclass(frozen=True, slots=True)
class GiveUpTables:
    """Telegram refused a table: whoever is connected in that chat has texts again."""

    accounts: Transaction[Accounts]

    async def __call__(self, telegram_user: int) -> None:
        def work(tx: Accounts) -> None:
            who = tx.identity(telegram_user)
            if who is not None:
                tx.set_display(who.guardian.id, Display.CLASSIC)

        await self.accounts.write(work)
