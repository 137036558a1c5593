"""One payment from Telegram's question to the receipt, by the handlers and the courier that run,
with a Telegram that remembers in a file. A process plays it and is killed at one named point.
"""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiogram.types import Message, PreCheckoutQuery

from bot import locales
from bot.background import Background
from bot.courier.answers import SENT, Answer, Verdict
from bot.courier.courier import Courier
from bot.courier.delivery import Delivery
from bot.courier.pacing import Pace
from conversations.notices.views import Mail
from conversations.screen import Document
from domain.payments.crediting import CreditPayment
from domain.payments.paying import CheckOrder
from handlers.till import PreCheckout, TakePayments
from storage.crypto import Keyring
from storage.engine import Database, opened, transactions
from storage.outbox import SqlOutbox
from storage.payments import SqlPayments
from tests.storage.paying import NOW, catalogues

PAYER = 71
AFTER_THE_LEASE = timedelta(minutes=6)
TEXTS = locales.load()  # once, before the fork
Die = Callable[[str], None]


@dataclass
class Telegram:
    """What it has been told outlives the bot: a question until it is answered, a word until it is
    acknowledged, and every receipt that arrived.
    """

    folder: Path
    reference: str
    cents: int

    def told(self) -> list[str]:
        path = self.folder / f"{self.reference}.log"
        return path.read_text().splitlines() if path.exists() else []

    def tell(self, what: str) -> None:
        with (self.folder / f"{self.reference}.log").open("a") as log:
            log.write(what + "\n")
            log.flush()
            os.fsync(log.fileno())

    def updates(self) -> list[str]:
        """The money moves when the question was answered with a yes."""
        told = self.told()
        waiting = [] if "ack question" in told else ["question"]
        paid = "answer yes" in told and "ack payment" not in told
        return waiting + ["payment"] * paid


@dataclass
class Deadly:
    """A transaction with a point before and after everything that it does."""

    inner: Any
    name: str
    die: Die
    times: dict[str, int] = field(default_factory=dict)

    async def write(self, work: Callable[[Any], Any]) -> Any:
        self.times["write"] = self.times.get("write", 0) + 1
        here = f"{self.name} {self.times['write']}"

        def until_the_commit(tx: Any) -> Any:
            result = work(tx)
            self.die(f"{here}: before its commit")
            return result

        result = await self.inner.write(until_the_commit)
        self.die(f"{here}: committed")
        return result

    async def read(self, work: Callable[[Any], Any]) -> Any:
        self.die(f"{self.name}: before it reads")
        result = await self.inner.read(work)
        self.die(f"{self.name}: has read")
        return result


@dataclass
class Wire:
    telegram: Telegram
    die: Die

    async def answer_checkout(self, query_id: str, refusal: str | None) -> None:
        self.die("answer: about to be sent")
        self.telegram.tell("answer yes" if refusal is None else f"answer no {refusal}")
        self.die("answer: sent")

    # -- the courier's side
    async def send_document(self, chat: int, document: Document) -> Answer:
        self.die("receipt: about to be sent")
        self.telegram.tell(f"receipt {chat}")
        self.die("receipt: sent")
        return Answer(Verdict.SENT, message=1)

    async def send(self, *_: object) -> Answer:
        raise AssertionError("nothing but receipts is sent here")


@dataclass
class Mailer:
    telegram: Telegram
    die: Die

    async def send(self, to: str, mail: Mail, key: str) -> Answer:
        self.die("mail: about to be sent")
        self.telegram.tell(f"mail {to}")
        self.die("mail: sent")
        return SENT


class Papers:
    async def screens(self, due: Any) -> tuple[Document, ...]:
        return (Document("recu.pdf", b"%PDF"),)

    async def mail(self, due: Any) -> Mail:
        return Mail("Reçu", due.notice.key)


async def live(database: Database, telegram: Telegram, die: Die, now: datetime = NOW) -> None:
    """Until nothing is left to do."""
    payments = transactions(database, SqlPayments)
    check = CheckOrder(Deadly(payments, "question", die), lambda: NOW)
    credit = CreditPayment(Deadly(payments, "credit", die), catalogues, lambda: now)
    wire = Wire(telegram, die)
    checkout, till = (
        PreCheckout(check, wire, TEXTS),
        TakePayments(credit, nothing_is_kept, wire, TEXTS),
    )
    while updates := telegram.updates():
        die(f"{updates[0]}: taken")
        if updates[0] == "question":
            await checkout.answer(PreCheckoutQuery.model_validate(_question(telegram)))
        else:
            await till(_nobody, Message.model_validate(_payment(telegram)), {})
        die(f"{updates[0]}: about to be acknowledged")
        telegram.tell(f"ack {updates[0]}")
        die(f"{updates[0]}: acknowledged")
    await _deliver(database, telegram, wire, die, now)


async def _deliver(
    database: Database, telegram: Telegram, wire: Wire, die: Die, now: datetime
) -> None:
    outbox = Deadly(transactions(database, SqlOutbox), "outbox", die)
    mailer = Mailer(telegram, die)
    deliver = Delivery(outbox, wire, mailer, Papers(), Pace(per_second=1000), lambda: now)
    await Courier(outbox, deliver, lambda: now, Background()).drain()


def nothing_is_kept(_: object) -> None:
    raise AssertionError("the database is there")


async def _nobody(*_: object) -> None:
    raise AssertionError("a payment is nobody else's business")


def _user() -> dict[str, Any]:
    return {"id": PAYER, "is_bot": False, "first_name": "Anne"}


def _question(of: Telegram) -> dict[str, Any]:
    return {
        "id": "1",
        "from": _user(),
        "currency": "EUR",
        "total_amount": of.cents,
        "invoice_payload": of.reference,
    }


def _payment(of: Telegram) -> dict[str, Any]:
    return {
        "message_id": 5,
        "date": int(NOW.astimezone(UTC).timestamp()),
        "chat": {"id": PAYER, "type": "private"},
        "from": _user(),
        "successful_payment": {
            "currency": "EUR",
            "total_amount": of.cents,
            "invoice_payload": of.reference,
            "telegram_payment_charge_id": f"charge-{of.reference}",
            "provider_payment_charge_id": "-",
        },
    }


def play_until_killed(url: str, key: str, telegram: Telegram, point: str) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.storage.paying_kills"])
    player = context.Process(target=_play, args=(url, key, telegram, point))
    player.start()
    player.join(150)  # the first of them imports everything, on a machine that others use
    died = player.exitcode
    player.kill()
    player.join()
    player.close()
    assert died == -signal.SIGKILL, f"{point}: it ended by itself ({died})"


def _play(url: str, key: str, telegram: Telegram, point: str) -> None:
    def die(here: str) -> None:
        if here == point:
            os.kill(os.getpid(), signal.SIGKILL)

    async def run() -> None:
        async with opened(url, Keyring.parse(key)) as database:
            await live(database, telegram, die)

    asyncio.run(run())
