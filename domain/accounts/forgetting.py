"""A forgotten password: one answer and the same work, whether or not anything matches (A7)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from domain.accounts import notices, tokens
from domain.accounts.access import AccessTx, Account
from domain.accounts.errors import TooManyResets
from domain.accounts.events import Event
from domain.accounts.tokens import Purpose
from domain.audit.model import Actor, Entry
from domain.clock import Clock
from domain.work import Transaction

MAILS_AN_HOUR = 3  # to one account
ASKED_A_DAY = 10  # by one Telegram user
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AskReset:
    """Queues the mail, or nothing. Raises TooManyResets(until=), which tells of the Telegram user
    alone.
    """

    access: Transaction[AccessTx]
    clock: Clock
    new_token: Callable[[], str] = tokens.new_token

    async def __call__(self, identifier: str, address: str, telegram_user: int) -> None:
        now, token = self.clock(), self.new_token()

        def work(tx: AccessTx) -> None:
            tx.attempts(telegram_user, None, lock=True)  # one after the other
            asked = tx.resets_asked(telegram_user, now - A_DAY)
            if len(asked) >= ASKED_A_DAY:
                raise TooManyResets(until=asked[-ASKED_A_DAY] + A_DAY)
            account = tx.lock_account(identifier)
            known = _known(account, address)
            whose = account.guardian.id if account and known else None
            if tx.links_issued(whose, Purpose.RESET, now - AN_HOUR) >= MAILS_AN_HOUR:
                whose = None
            tx.issue_link(
                whose,
                Purpose.RESET,
                token,
                telegram_user=telegram_user,
                at=now,
                until=now + tokens.RESET_FOR,
            )
            tx.tell(whose, [notices.reset_link(account, known or address, token, now)])
            tx.note(Entry(now, Actor.STRANGER, Event.RESET_ASKED, whose, telegram_user))

        await self.access.write(work)


def _known(account: Account | None, address: str) -> str | None:
    """As the town has it: what was typed may only look the same."""
    wanted = address.strip().casefold()
    theirs = account.guardian.emails if account is not None else ()
    return next((one for one in theirs if one.strip().casefold() == wanted), None)
