"""What a link of a letter or of a mail does when it is opened (A3, A7)."""

from dataclasses import dataclass
from datetime import datetime

from domain.accounts.access import AccessTx
from domain.accounts.errors import ConnectedAsAnother, LinkRefused
from domain.accounts.events import Event
from domain.accounts.login import enter, may_try
from domain.accounts.model import Credentials, Identity
from domain.accounts.tokens import Link, LinkId, Purpose
from domain.audit.model import Actor, Entry
from domain.clock import Clock
from domain.families.model import GuardianId
from domain.work import Transaction


@dataclass(frozen=True, slots=True)
class ResetOpened:
    """A new password may be chosen; the link is used up once it is."""

    link: LinkId


Opened = Identity | ResetOpened


@dataclass(frozen=True, slots=True)
class OpenLink:
    """An invitation logs in, once. Raises LinkRefused, TooManyAttempts(until=): a wrong link is
    counted as a wrong password of that Telegram user. ConnectedAsAnother leaves it as it is.
    """

    access: Transaction[AccessTx]
    clock: Clock

    async def __call__(
        self, token: str, telegram_user: int, connected: GuardianId | None
    ) -> Opened:
        now = self.clock()

        def work(tx: AccessTx) -> Opened | LinkRefused:
            may_try(tx.attempts(telegram_user, None, lock=True)[0], now)
            link = tx.find_link(token, telegram_user)
            if link is None or not link.lets_in(now):
                return _refuse(tx, link, telegram_user, now)
            if connected not in (None, link.guardian_id):
                raise ConnectedAsAnother
            if link.purpose is Purpose.RESET:
                return ResetOpened(link.id)
            if not tx.use_link(link.id, now):
                return _refuse(tx, link, telegram_user, now)
            return _enter(tx, link, telegram_user, now)

        opened = await self.access.write(work)
        if isinstance(opened, LinkRefused):
            raise opened  # outside of the work: what it counted stays
        return opened


def _enter(tx: AccessTx, link: Link, telegram_user: int, now: datetime) -> Identity:
    account = tx.account(link.guardian_id)
    found = Credentials(link.guardian_id, "", (account.structure_id,))
    tx.forget_failures(telegram_user, None)
    who = enter(tx, found, telegram_user, now)
    details = {"link": link.id}
    used = Entry(now, Actor.GUARDIAN, Event.LINK_USED, link.guardian_id, telegram_user, details)
    tx.note(used)
    return who


def _refuse(tx: AccessTx, link: Link | None, telegram_user: int, now: datetime) -> LinkRefused:
    tx.count_failure(telegram_user, None, now)
    whose = None if link is None else link.guardian_id
    details = {} if link is None else {"link": link.id}
    tx.note(Entry(now, Actor.STRANGER, Event.LINK_REFUSED, whose, telegram_user, details))
    return LinkRefused()
