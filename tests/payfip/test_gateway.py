"""What PayFiP is told, and how its answers are read."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.payfip.gateway import PayFip
from bot.playground.clock import PARIS, ShiftableClock
from domain.payments.errors import ProviderAway
from domain.payments.model import Answer, OrderId, Word
from tests.fakes.payment_tokens import FakeTokens
from tests.payfip.conftest import NOW, REFERENCE, TOWN, Browser, Sim, order


async def operation(sim: Sim) -> dict[str, Any]:
    (only,) = (await sim("GET", "operations"))["operations"]
    return only


async def test_the_page_is_of_an_operation_with_our_reference_and_cents(
    payfip: PayFip, sim: Sim
) -> None:
    page = await payfip.begin(order())

    begun = await operation(sim)
    assert page.endswith(f"/tpa/paiementws.web?idop={begun['idop']}")
    assert (begun["refdet"], begun["montant"]) == (REFERENCE, "4250")
    assert (begun["mel"], begun["saisie"]) == ("jeanne@example.org", "T")


@pytest.mark.parametrize("mail", [None, "a@b", "é@example.org", "x" * 80 + "@example.org"])
async def test_a_parent_without_a_usable_address_has_the_town_get_the_receipt(
    payfip: PayFip, mails: dict[int, str], sim: Sim, mail: str | None
) -> None:
    mails.clear()
    if mail:
        mails[1] = mail

    await payfip.begin(order())

    assert (await operation(sim))["mel"] == TOWN


async def test_the_same_order_is_the_same_operation(payfip: PayFip, sim: Sim) -> None:
    first = await payfip.begin(order())

    again = await payfip.begin(order())

    assert again == first
    assert await operation(sim)


async def test_of_two_that_begin_at_a_time_the_kept_one_is_the_page(
    payfip: PayFip, tokens: FakeTokens
) -> None:
    class Racing(FakeTokens):
        def token(self, order_id: OrderId) -> str | None:
            return None  # as the second one reads it

    racing = Racing(orders=tokens.orders, kept={OrderId(1): "the-first-one"})
    object.__setattr__(payfip, "tokens", racing)

    page = await payfip.begin(order())

    assert page.endswith("?idop=the-first-one")


async def test_an_amount_that_payfip_does_not_take_is_a_provider_that_is_away(
    payfip: PayFip, tokens: FakeTokens
) -> None:
    with pytest.raises(ProviderAway):
        await payfip.begin(order(amount=Decimal("0.99")))

    assert tokens.kept == {}


@pytest.mark.parametrize("kind", ["500", "fault", "garbage", "timeout"])
async def test_a_service_that_is_out_of_order_is_away(payfip: PayFip, sim: Sim, kind: str) -> None:
    await payfip.begin(order())
    await sim("POST", "faults", kind=kind, times=2)

    with pytest.raises(ProviderAway):
        await payfip.ask(order())
    with pytest.raises(ProviderAway):
        await payfip.begin(order(id=OrderId(2)))


@pytest.mark.parametrize(("result", "mode"), [("P", "CBLEUE"), ("V", "PRELEVEMENT")])
async def test_what_was_paid_is_read_back_whole(
    payfip: PayFip, browser: Browser, sim: Sim, result: str, mode: str
) -> None:
    page = await payfip.begin(order())
    await browser.press(page, result)

    answer = await payfip.ask(order())

    assert answer.word is Word.PAID
    assert answer.paid is not None
    assert answer.paid.order_reference == REFERENCE
    assert answer.paid.provider_reference == (await operation(sim))["idop"]
    assert (answer.paid.amount, answer.paid.currency) == (Decimal("42.50"), "EUR")
    assert (answer.paid.mode, answer.paid.bank) == (mode, "PayFiP")
    assert answer.paid.paid_at == NOW.astimezone(PARIS)


async def test_an_amount_that_was_altered_is_told_as_it_was_paid(
    payfip: PayFip, browser: Browser, sim: Sim
) -> None:
    await sim("POST", "faults", kind="amount", cents=-4000)
    await browser.press(await payfip.begin(order()), "P")

    answer = await payfip.ask(order())

    assert answer.paid is not None
    assert answer.paid.amount == Decimal("2.50")


async def test_before_anybody_has_decided_it_waits(payfip: PayFip) -> None:
    without_a_page = await payfip.ask(order())
    await payfip.begin(order())

    with_a_page = await payfip.ask(order())

    assert (without_a_page, with_a_page) == (Answer(Word.WAITING), Answer(Word.WAITING))


async def test_a_card_that_was_refused_is_the_end(payfip: PayFip, browser: Browser) -> None:
    await browser.press(await payfip.begin(order()), "R")

    assert await payfip.ask(order()) == Answer(Word.REFUSED)


async def test_who_gave_up_may_still_pay_for_half_an_hour(
    payfip: PayFip, browser: Browser, clock: ShiftableClock
) -> None:
    await browser.press(await payfip.begin(order()), "A")
    at_once = await payfip.ask(order())
    await clock.jump(NOW + timedelta(minutes=30))

    later = await payfip.ask(order())

    assert (at_once.word, later.word) == (Word.WAITING, Word.REFUSED)


async def test_an_operation_that_the_night_forgot_is_the_end(
    payfip: PayFip, clock: ShiftableClock
) -> None:
    await payfip.begin(order())
    await clock.jump(NOW + timedelta(days=1))

    assert await payfip.ask(order()) == Answer(Word.REFUSED)


async def test_one_that_is_not_known_yet_waits(payfip: PayFip, sim: Sim) -> None:
    await payfip.begin(order())
    await sim("POST", "faults", kind="unknown_idop")

    assert await payfip.ask(order()) == Answer(Word.WAITING)


async def test_a_payment_of_another_client_is_not_ours(
    payfip: PayFip, browser: Browser, sim: Sim
) -> None:
    await browser.press(await payfip.begin(order()), "P")
    await sim("POST", "faults", kind="client")

    assert await payfip.ask(order()) == Answer(Word.WAITING)


async def test_a_test_payment_never_counts_in_production(payfip: PayFip, browser: Browser) -> None:
    await browser.press(await payfip.begin(order()), "P")
    account = payfip.account
    object.__setattr__(account, "mode", "W")

    assert await payfip.ask(order()) == Answer(Word.WAITING)


async def test_the_doctor_learns_our_name(payfip: PayFip) -> None:
    assert await payfip.client.name() == "Portail famille (simulation)"
