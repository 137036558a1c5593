"""The door in a process of its own, which is killed at one named point of crediting."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from multiprocessing.process import BaseProcess

from bot import locales
from bot.background import Background
from bot.listening import Listener
from bot.payfip.client import PayFipClient
from bot.payfip.door import PayFipDoor
from bot.payfip.gateway import Account, PayFip
from bot.payfip.page import ReturnPage
from bot.payfip.returning import Returns
from bot.payfip.sieve import Sieve
from bot.playground.payfip.routes import PAGE_PATH, SERVICE_PATH
from domain.families.model import GuardianId
from domain.payments.crediting import CreditPayment
from storage.crypto import Keyring
from storage.engine import Database, opened, transactions
from storage.payment_tokens import SqlPaymentTokens
from storage.payments import SqlPayments
from tests.storage.paying import NOW, catalogues
from tests.storage.paying_kills import Deadly


async def _no_mail(_: GuardianId) -> None:
    return None


@asynccontextmanager
async def served(
    database: Database, provider: str, port: int, die: Callable[[str], None]
) -> AsyncIterator[PayFip]:
    """A door that listens, and its gateway. ``provider``: the playground's address."""
    client = PayFipClient(provider + SERVICE_PATH, "090909", "T")
    base = f"http://127.0.0.1:{port}"
    gateway = PayFip(
        client=client,
        account=Account("090909", "T", provider + PAGE_PATH, base, "regie@mairie.example"),
        returns=Returns(base, lambda text: text.encode().ljust(32)),
        tokens=transactions(database, SqlPaymentTokens),
        mail_of=_no_mail,
        clock=lambda: NOW,
    )
    payments = Deadly(transactions(database, SqlPayments), "credit", die)
    credit = CreditPayment(payments, catalogues, lambda: NOW)
    background, page = Background(), ReturnPage(locales.load(), None)
    door = PayFipDoor(gateway, credit, background, Sieve(9), page)
    listener = Listener(door.routes(), host="127.0.0.1", port=port)
    await listener.start()
    try:
        yield gateway
    finally:
        await listener.stop()
        await background.stop()
        await client.close()


def serve_until_killed(url: str, key: str, provider: str, port: int, point: str) -> BaseProcess:
    context = multiprocessing.get_context("forkserver")
    process = context.Process(target=_serve, args=(url, key, provider, port, point))
    process.start()
    return process


def _serve(url: str, key: str, provider: str, port: int, point: str) -> None:
    def die(here: str) -> None:
        if here == point:
            os.kill(os.getpid(), signal.SIGKILL)

    async def run() -> None:
        async with (
            opened(url, Keyring.parse(key)) as database,
            served(database, provider, port, die),
        ):
            await asyncio.sleep(60)

    asyncio.run(run())
