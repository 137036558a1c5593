"""Money that has moved is never lost, nor its payer left without a word (M4)."""

from datetime import UTC
from typing import Any

import pytest
from aiogram.types import Message

from bot.locales import load
from domain.payments.model import Credit, Credited, Paid
from handlers.till import PAUSES, TakePayments
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
    assert "12.40 EUR" in told
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
