"""A parent pays on the provider's page, and comes back, or does not (M4), over real HTTP."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from sqlalchemy import select

from bot.demo import Demo
from bot.sample.people import people
from domain.payments.model import OrderState
from storage.money import SqlMoney
from storage.schema import payment, payment_order, staff_alert, stray_payment
from tests.driver import Parent
from tests.e2e.town import logged_in

WAY = "Page de paiement de démonstration"
DUE = Decimal("12.40")
OWING = next(one for one in people() if one.first_name == "Nora")


@dataclass
class Payer:
    """Nora, who owes 12,40 €, with a browser."""

    demo: Demo
    parent: Parent
    http: aiohttp.ClientSession

    async def order(self) -> str:
        """From the balance to the button that opens the page: its address."""
        await self.parent.say("/accueil")
        await self.parent.press("Solde et historiques")
        await self.parent.press("Payer :")
        await self.parent.press("Le montant dû")
        await self.parent.press(WAY)
        url = (await self.parent.screen()).button("Payer").url
        assert url is not None
        return url

    async def choose(self, page: str, result: str) -> int:
        """Opens the page, presses, follows to where it sends us; the last page's status."""
        async with self.http.get(page) as shown:
            words = await shown.text()
        assert "12,40" in words, words
        (idop,) = parse_qs(urlsplit(page).query)["idop"]
        form = {"idop": idop, "result": result}
        pay = f"{self.demo.url}/payfip/pay"
        async with self.http.post(pay, data=form, allow_redirects=False) as answer:
            assert answer.status == 303
            back = answer.headers["Location"]
        try:
            async with self.http.get(back) as returned:
                return returned.status
        except aiohttp.ClientError:
            return 0

    async def fault(self, kind: str, **more: Any) -> None:
        await self.http.post(f"{self.demo.url}/sim/payfip/faults", json={"kind": kind, **more})

    async def notified(self) -> None:
        """What the provider has to tell was told."""
        async with self.http.get(f"{self.demo.url}/sim/payfip/idle?timeout=20") as answer:
            assert (await answer.json())["idle"]
        await self.demo.application.courier.drain()

    async def later(self, **span: float) -> None:
        """All that is due then is done when this comes back."""
        clock = self.demo.playground.clock
        await clock.jump(clock.now() + timedelta(**span))

    async def receipts(self) -> list[str]:
        said = [one for one in await self.parent.messages() if one.by_bot]
        return [one.text for one in said if "Paiement reçu" in one.text]

    async def rows(self, *columns: Any) -> list[Any]:
        query = select(*columns).order_by(columns[0])
        rows = await self.demo.application.database.read(lambda c: c.execute(query).all())
        return [row[1] for row in rows]

    async def states(self) -> list[OrderState]:
        return await self.rows(payment_order.c.id, payment_order.c.state)

    async def payments(self) -> list[str]:
        """The references of what was credited by a provider."""
        query = select(payment.c.number).where(payment.c.provider.is_not(None))
        return list(await self.demo.application.database.read(lambda c: c.scalars(query).all()))


@pytest.fixture
async def nora(demo: Demo) -> AsyncIterator[Payer]:
    parent = await logged_in(demo, OWING.id)
    timeout = aiohttp.ClientTimeout(total=30)
    async with aiohttp.ClientSession(timeout=timeout, trust_env=False) as http:
        yield Payer(demo, parent, http)


async def test_who_pays_has_the_receipt_in_the_chat_and_owes_no_more(nora: Payer) -> None:
    page = await nora.order()

    returned = await nora.choose(page, "P")
    await nora.notified()

    assert returned == 200
    offered = await nora.parent.until(lambda one: "✔ Payé : 12,40" in one.text)
    assert [button.url for row in offered.buttons for button in row if button.url] == []
    (receipt,) = await nora.receipts()
    assert "12,40 €" in receipt
    assert await nora.states() == [OrderState.PAID]
    await nora.parent.say("/accueil")
    await nora.parent.press("Solde et historiques")
    assert "Solde 0,00 €" in (await nora.parent.screen()).text


async def test_when_the_notification_never_comes_the_provider_is_asked(nora: Payer) -> None:
    await nora.fault("lost")
    page = await nora.order()
    (idop,) = parse_qs(urlsplit(page).query)["idop"]
    form = {"idop": idop, "result": "P"}
    await nora.http.post(f"{nora.demo.url}/payfip/pay", data=form, allow_redirects=False)
    before = await nora.receipts()

    await nora.later(minutes=2)

    assert before == []
    assert len(await nora.receipts()) == 1
    assert await nora.states() == [OrderState.PAID]


async def test_who_asks_in_the_chat_need_not_wait_for_it(nora: Payer) -> None:
    await nora.fault("lost")
    page = await nora.order()
    (idop,) = parse_qs(urlsplit(page).query)["idop"]
    form = {"idop": idop, "result": "P"}
    await nora.http.post(f"{nora.demo.url}/payfip/pay", data=form, allow_redirects=False)

    await nora.parent.press("J'ai payé")

    said = [one.text for one in await nora.parent.messages()]
    assert any("✔ Payé" in text for text in said)


async def test_told_twice_and_asked_too_it_is_credited_once(nora: Payer) -> None:
    await nora.fault("doubled")

    await nora.choose(await nora.order(), "P")
    await nora.notified()
    await nora.later(minutes=5)

    assert len(await nora.payments()) == 1
    assert len(await nora.receipts()) == 1


async def test_told_late_it_changes_nothing_any_more(nora: Payer) -> None:
    await nora.fault("late")
    await nora.choose(await nora.order(), "P")
    await nora.later(minutes=5)

    await nora.http.post(f"{nora.demo.url}/sim/payfip/release")
    await nora.notified()

    assert len(await nora.payments()) == 1
    assert len(await nora.receipts()) == 1


async def test_told_while_the_bot_restarts_it_is_told_again(nora: Payer) -> None:
    page = await nora.order()
    await nora.demo.application.stop()

    returned = await nora.choose(page, "P")
    await nora.demo.restart_bot()
    await nora.notified()

    assert returned == 0  # nobody was there
    assert len(await nora.payments()) == 1
    assert len(await nora.receipts()) == 1


async def test_another_amount_is_credited_as_it_was_paid_and_the_town_is_told(
    nora: Payer,
) -> None:
    await nora.fault("amount", cents=-1000)

    await nora.choose(await nora.order(), "P")
    await nora.notified()

    (receipt,) = await nora.receipts()
    assert "2,40 €" in receipt
    assert await nora.rows(staff_alert.c.id, staff_alert.c.kind) == ["payment_odd"]
    database = nora.demo.application.database
    assert await database.read(lambda c: SqlMoney(c).imbalances()) == ()


async def test_another_reference_is_kept_apart_and_the_town_is_told(nora: Payer) -> None:
    await nora.fault("reference")

    await nora.choose(await nora.order(), "P")
    await nora.notified()

    assert await nora.rows(stray_payment.c.id, stray_payment.c.order_reference) == [
        "AUTREREFERENCE"
    ]
    assert await nora.rows(staff_alert.c.id, staff_alert.c.kind) == ["payment_stray"]
    assert await nora.receipts() == []


async def test_a_refused_card_ends_the_order_and_the_next_one_has_another_page(
    nora: Payer,
) -> None:
    page = await nora.order()
    await nora.choose(page, "R")
    await nora.notified()
    await nora.parent.press("J'ai payé")
    told = await nora.parent.screen()

    again = await nora.order()

    assert "✖ Non payé" in told.text
    assert again != page
    assert await nora.states() == [OrderState.CANCELLED, OrderState.OPEN]


async def test_who_gave_up_finds_the_same_page_and_may_pay_there(nora: Payer) -> None:
    page = await nora.order()
    await nora.choose(page, "A")
    await nora.notified()

    again = await nora.order()
    await nora.choose(again, "P")
    await nora.notified()

    assert again == page
    assert len(await nora.payments()) == 1


async def test_after_a_quarter_of_an_hour_there_is_a_new_page(nora: Payer) -> None:
    page = await nora.order()
    await nora.later(minutes=16)
    async with nora.http.get(page) as old:
        status = old.status

    again = await nora.order()
    async with nora.http.get(again) as new:
        opens = new.status

    assert (status, opens) == (410, 200)
    assert again != page


async def test_paid_on_a_page_that_was_left_open_it_is_still_credited(nora: Payer) -> None:
    page = await nora.order()
    async with nora.http.get(page) as opened:
        assert opened.status == 200
    await nora.later(hours=3)
    over = await nora.states()
    (idop,) = parse_qs(urlsplit(page).query)["idop"]
    await nora.fault("lost")
    form = {"idop": idop, "result": "P"}
    await nora.http.post(f"{nora.demo.url}/payfip/pay", data=form, allow_redirects=False)

    await nora.later(hours=1)

    assert over == [OrderState.EXPIRED]
    assert await nora.states() == [OrderState.PAID]
    assert len(await nora.receipts()) == 1


async def test_while_the_provider_is_away_nobody_is_sent_anywhere(nora: Payer) -> None:
    await nora.fault("500")
    await nora.parent.say("/accueil")
    await nora.parent.press("Solde et historiques")
    await nora.parent.press("Payer :")
    await nora.parent.press("Le montant dû")

    answer = await nora.parent.press(WAY)

    shown = await nora.parent.screen()
    assert "ne répond pas" in (answer.text or "") + shown.text
    assert [button.url for row in shown.buttons for button in row if button.url] == []
