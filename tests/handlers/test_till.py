"""Money that has moved is never lost, nor its payer left without a word (M4)."""

import asyncio
from datetime import UTC
from decimal import Decimal
from typing import Any

import pytest
from aiogram.types import Message, PreCheckoutQuery

from bot.locales import load
from domain.payments.errors import OrderOver
from domain.payments.model import Asked, Credit, Credited, Paid
from handlers.till import PAUSES, PreCheckout, TakePayments
from tests.builders import NOW

PAYER = 700


class Wire:
    def __init__(self) -> None:
        self.told: list[str] = []

    async def send(self, chat: int, screen: Any) -> int:
        assert chat == PAYER
        self.told.append(screen.text)
        return 1


class Till:
    """``answers``: what crediting does, one after the other; an error is raised."""

    def __init__(self, *answers: Credit | Exception) -> None:
        self.answers, self.wire = list(answers), Wire()
        self.kept: list[Paid] = []
        self.waited: list[float] = []
        self.take = TakePayments(self._credit, self.kept.append, self.wire, load(), self._sleep)

    async def _credit(self, paid: Paid) -> Credited:
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return Credited(answer)

    async def _sleep(self, seconds: float) -> None:
        self.waited.append(seconds)

    async def pay(self) -> None:
        await self.take(self._handler, message(), {})

    async def _handler(self, *_: object) -> None:
        raise AssertionError("a payment is nobody else's business")


def message() -> Message:
    return Message.model_validate(
        {
            "message_id": 5,
            "date": int(NOW.astimezone(UTC).timestamp()),
            "chat": {"id": PAYER, "type": "private"},
            "from": {"id": PAYER, "is_bot": False, "first_name": "N.", "language_code": "fr"},
            "successful_payment": {
                "currency": "EUR",
                "total_amount": 1240,
                "invoice_payload": "A" * 20,
                "telegram_payment_charge_id": "charge-1",
                "provider_payment_charge_id": "-",
            },
        }
    )


@pytest.mark.parametrize("credit", [Credit.CREDITED, Credit.ALREADY])
async def test_what_is_credited_needs_no_word_as_the_receipt_comes(credit):
    till = Till(credit)

    await till.pay()

    assert (till.wire.told, till.kept) == ([], [])


async def test_whoever_paid_for_no_wallet_is_told_that_nothing_is_lost():
    till = Till(Credit.STRAY)

    await till.pay()

    (told,) = till.wire.told
    assert "12,40\u00a0€" in told
    assert "Rien n'est perdu" in told
    assert till.kept == []


async def test_a_database_that_comes_back_is_waited_for():
    till = Till(ConnectionError(), ConnectionError(), Credit.CREDITED)

    await till.pay()

    assert till.waited == list(PAUSES[:2])
    assert (till.wire.told, till.kept) == ([], [])


async def test_with_a_database_that_stays_away_the_payment_is_kept_and_the_payer_told():
    till = Till(ConnectionError())

    await till.pay()

    (kept,) = till.kept
    assert (kept.provider_reference, str(kept.amount)) == ("charge-1", "12.40")
    assert "Ne payez pas une seconde fois" in till.wire.told[0]


# -- before the money moves ------------------------------------------
class Counter:
    """``check``: what looking at the order does."""

    def __init__(self, check: Exception | asyncio.Event | None) -> None:
        self.check, self.asked = check, list[Asked]()
        self.answers: list[str | None] = []
        self.checkout = PreCheckout(self._check, self, load(), checking=0.0)  # type: ignore[arg-type]

    async def _check(self, asked: Asked) -> None:
        self.asked.append(asked)
        if isinstance(self.check, Exception):
            raise self.check
        if self.check is not None:
            await self.check.wait()

    async def answer_checkout(self, query_id: str, refusal: str | None) -> None:
        assert query_id == "q1"
        self.answers.append(refusal)

    async def ask(self) -> list[str | None]:
        question = {
            "id": "q1",
            "from": {"id": PAYER, "is_bot": False, "first_name": "N.", "language_code": "fr"},
            "currency": "EUR",
            "total_amount": 1240,
            "invoice_payload": "A" * 20,
        }
        await self.checkout.answer(PreCheckoutQuery.model_validate(question))
        return self.answers


async def test_an_order_that_is_in_order_may_be_paid():
    counter = Counter(None)

    assert await counter.ask() == [None]
    assert counter.asked == [Asked("A" * 20, Decimal("12.40"), "EUR", PAYER)]


@pytest.mark.parametrize("away", [OrderOver(), ConnectionError(), asyncio.Event()])
async def test_where_we_cannot_tell_in_time_nobody_pays_and_the_payer_reads_so(away):
    """The last one is a database that never answers: Telegram waits for ten seconds."""
    (refusal,) = await Counter(away).ask()

    assert refusal
    assert len(refusal) <= 200
