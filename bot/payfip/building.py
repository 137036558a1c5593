"""PayFiP put together from the settings; nothing where the town has no account."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.background import Background
from bot.keys import keyring_of
from bot.links import BotLinks
from bot.payfip.client import PayFipClient
from bot.payfip.door import PayFipDoor
from bot.payfip.gateway import Account, PayFip
from bot.payfip.page import ReturnPage
from bot.payfip.returning import Returns
from bot.payfip.sieve import Sieve
from bot.settings import Settings
from conversations.texts import TextsByLocale
from domain.clock import Clock
from domain.families.model import GuardianId
from domain.payments.model import Credited, Paid, Provider
from storage.emails import SqlEmails
from storage.engine import Database, transactions
from storage.payment_tokens import SqlPaymentTokens

TELEGRAM = "https://api.telegram.org"
STRANGERS = 30  # idOps a minute that we never asked for


def payfip_client(settings: Settings) -> PayFipClient | None:
    if settings.payfip_numcli is None:
        return None
    return PayFipClient(settings.payfip_url, settings.payfip_numcli, settings.payfip_saisie)


def payfip_gateway(
    settings: Settings,
    client: PayFipClient,
    database: Database,
    clock: Clock,
    provider: Provider = Provider.PAYFIP,
) -> PayFip:
    base, keyring = settings.payments_base or "", keyring_of(settings)
    return PayFip(
        client=client,
        account=Account(
            client=settings.payfip_numcli or "",
            mode=settings.payfip_saisie,
            page_url=settings.payfip_page_url,
            public_url=base,
            mail=settings.payfip_mail or "",
            year=settings.payfip_exercice,
        ),
        returns=Returns(base, lambda text: keyring.blind("payments.return", text)),
        tokens=transactions(database, SqlPaymentTokens),
        mail_of=FirstAddress(database),
        clock=clock,
        provider=provider,
    )


def return_page(settings: Settings, links: BotLinks, texts: TextsByLocale) -> ReturnPage:
    """A playground's bot is in no Telegram that a browser could open."""
    real = settings.api_url.rstrip("/") == TELEGRAM
    return ReturnPage(texts, links.chat if real else None)


@dataclass(frozen=True, slots=True)
class FirstAddress:
    """The guardian's first proved address: the one that gets receipts (H3)."""

    database: Database

    async def __call__(self, guardian: GuardianId) -> str | None:
        def first(tx: SqlEmails) -> str | None:
            return next(iter(tx.addresses(guardian).verified), None)

        return await transactions(self.database, SqlEmails).read(first)


def payfip_door(
    payfip: PayFip,
    credit: Callable[[Paid], Awaitable[Credited]],
    background: Background,
    show_return: ReturnPage,
) -> PayFipDoor:
    return PayFipDoor(payfip, credit, background, Sieve(STRANGERS), show_return)
