"""PayFiP as the domain wants a provider: an address to send the parent to, and what it answers.

Nothing that comes to us is believed: a notification holds an idOp and no signature, so what was
paid is only ever read back from the service, which is asked by us.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

import structlog

from bot.payfip.client import Detail, Operation, PayFipClient, Refused
from bot.payfip.returning import Returns
from domain.calendar.model import PARIS
from domain.clock import Clock
from domain.families.model import GuardianId
from domain.payments.errors import ProviderAway
from domain.payments.model import Answer, Order, Paid, Provider, Word
from domain.payments.tokens import TokensTx
from domain.work import Transaction

NOTIFY: Final = "/payments/payfip/notify"
SUBJECT: Final = "Portail famille"
MODES: Final = {"P": "CBLEUE", "V": "PRELEVEMENT"}
BANK: Final = "PayFiP"
STILL_POSSIBLE: Final = timedelta(minutes=30)
"""An idOp opens the page for 15 minutes; who gave up may go on, and who began may end."""
RETURNS_FOR: Final = timedelta(days=1)
UNKNOWN, NO_RESULT = "P1", "P5"
WAITING: Final = Answer(Word.WAITING)
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Account:
    """What the town has with PayFiP. ``mail``: of a parent without an address, the town's own."""

    client: str
    mode: str
    page_url: str
    public_url: str
    mail: str
    year: int | None = None  # of the accounts; None: the calendar's


@dataclass(frozen=True, slots=True)
class PayFip:
    """A ``RedirectGateway``. One order is one idOp, kept before anybody can see its address."""

    client: PayFipClient
    account: Account
    returns: Returns
    tokens: Transaction[TokensTx]
    mail_of: Callable[[GuardianId], Awaitable[str | None]]
    clock: Clock
    provider: Provider = Provider.PAYFIP

    async def begin(self, order: Order) -> str:
        token = await self.tokens.read(lambda tx: tx.token(order.id))
        if token is None:
            created = await self._create(order)
            token = await self.tokens.write(lambda tx: tx.keep_token(order.id, created))
        return f"{self.account.page_url}?idop={token}"

    async def ask(self, order: Order) -> Answer:
        """An order without an idOp has no page yet: it waits."""
        token = await self.tokens.read(lambda tx: tx.token(order.id))
        return WAITING if token is None else await self.result(token, order.created_at)

    async def result(self, token: str, begun: datetime | None = None) -> Answer:
        """``begun``: when the idOp was given. Without it, whoever gave up has given up: if they go
        on, that is told anew. Raises ProviderAway.
        """
        still = begun is None or self.clock() < begun + STILL_POSSIBLE
        try:
            detail = await self.client.detail(token)
        except Refused as refused:
            # Unknown too soon may be a service that has not taken it in yet.
            gone = refused.code == UNKNOWN and not still
            if refused.code not in (UNKNOWN, NO_RESULT):
                log.warning("payfip_refused", code=refused.code)
            return Answer(Word.REFUSED) if gone else WAITING
        return self._answer(token, detail, may_go_on=still and begun is not None)

    def _answer(self, token: str, detail: Detail, *, may_go_on: bool) -> Answer:
        ours = (token, self.account.client, self.account.mode)
        if (detail.idop, detail.client, detail.mode) != ours:
            # A test payment, or another town's: no money of ours has moved.
            log.error("payfip_not_ours")
            return WAITING
        if detail.result in MODES:
            return Answer(Word.PAID, self._paid(detail))
        if detail.result == "A" and may_go_on:
            return WAITING
        return Answer(Word.REFUSED) if detail.result in ("A", "R", "Z") else WAITING

    def _paid(self, detail: Detail) -> Paid:
        """The idOp is the key: it is paid at most once, and numauto is empty for direct debits."""
        return Paid(
            provider=self.provider,
            provider_reference=detail.idop,
            order_reference=detail.reference,
            amount=Decimal(detail.cents) / 100,
            currency="EUR",
            paid_at=detail.at or self.clock(),
            mode=MODES[detail.result],
            bank=BANK,
        )

    async def _create(self, order: Order) -> str:
        now, account = self.clock(), self.account
        mail = await self.mail_of(order.guardian_id)
        wanted = Operation(
            reference=order.reference,
            cents=order.cents,
            year=account.year or now.astimezone(PARIS).year,
            mail=mail if mail and is_taken(mail) else account.mail,
            subject=SUBJECT,
            notify_url=account.public_url.rstrip("/") + NOTIFY,
            return_url=self.returns.address(order, now + RETURNS_FOR),
        )
        try:
            return await self.client.create(wanted)
        except Refused as refused:
            log.warning("payfip_refused", code=refused.code)
            raise ProviderAway from None


def is_taken(mail: str) -> bool:
    """PayFiP takes 6 to 80 plain characters; a parent may have more than that."""
    return 6 <= len(mail) <= 80 and mail.isascii() and "@" in mail
