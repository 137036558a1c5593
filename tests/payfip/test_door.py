"""Notifications and returns: they prove nothing, and are answered when we have committed."""

from datetime import timedelta
from decimal import Decimal

import aiohttp
import pytest

from bot.payfip.gateway import NOTIFY
from bot.playground.clock import ShiftableClock
from tests.fakes.payment_tokens import FakeTokens
from tests.payfip.conftest import NOW, Browser, Ledger, Opened, Sim, order


async def notified(http: aiohttp.ClientSession, door: Opened, idop: str) -> int:
    async with http.post(door.url + NOTIFY, data={"idop": idop}) as answer:
        return answer.status


async def test_a_payment_is_credited_by_its_notification(
    door: Opened, browser: Browser, ledger: Ledger
) -> None:
    page = await door.payfip.begin(order())

    await browser.press(page, "P")
    await browser.settled()

    assert [one.amount for one in ledger.paid] == [Decimal("42.50")]


async def test_the_browser_comes_back_to_a_page_that_promises_nothing(
    door: Opened, browser: Browser, http: aiohttp.ClientSession
) -> None:
    back = await browser.press(await door.payfip.begin(order()), "P")

    async with http.get(back) as answer:
        words = await answer.text()

    assert answer.status == 200
    assert "Revenez dans Telegram" in words
    assert "42" not in words


async def test_a_provider_may_come_by_get_and_browsers_by_post(
    door: Opened, browser: Browser, http: aiohttp.ClientSession, ledger: Ledger, sim: Sim
) -> None:
    await sim("POST", "faults", kind="lost")
    back = await browser.press(await door.payfip.begin(order()), "P")
    (idop,) = [one["idop"] for one in (await sim("GET", "operations"))["operations"]]

    async with http.get(f"{door.url}{NOTIFY}?idOp={idop}") as answer:
        status = answer.status
    async with http.post(back, data={"idop": idop}) as returned:
        came_back = returned.status

    assert (status, came_back) == (200, 200)
    assert len({one.provider_reference for one in ledger.paid}) == 1


async def test_coming_back_asks_where_the_notification_was_lost(
    door: Opened, browser: Browser, http: aiohttp.ClientSession, ledger: Ledger, sim: Sim
) -> None:
    await sim("POST", "faults", kind="lost")
    back = await browser.press(await door.payfip.begin(order()), "P")

    async with http.get(back):
        pass
    await door.settled()

    assert [one.amount for one in ledger.paid] == [Decimal("42.50")]


async def test_a_return_address_that_was_made_up_or_is_old_asks_nobody(
    door: Opened,
    browser: Browser,
    http: aiohttp.ClientSession,
    ledger: Ledger,
    sim: Sim,
    clock: ShiftableClock,
) -> None:
    await sim("POST", "faults", kind="lost")
    back = await browser.press(await door.payfip.begin(order()), "P")
    made_up = back[:-1] + ("A" if back[-1] != "A" else "B")
    async with http.get(made_up) as answer:
        status = answer.status
    await clock.jump(NOW + timedelta(days=1, seconds=1))

    async with http.get(back):
        pass
    await door.settled()

    assert status == 200
    assert ledger.paid == []


async def test_two_at_a_time_are_asked_and_credited_once(
    door: Opened, browser: Browser, ledger: Ledger, sim: Sim
) -> None:
    await sim("POST", "faults", kind="doubled")

    await browser.press(await door.payfip.begin(order()), "P")
    await browser.settled()

    assert len({one.provider_reference for one in ledger.paid}) == 1
    (paid,) = (await sim("GET", "operations"))["operations"]
    assert paid["told"] == 2


async def test_while_the_database_is_away_it_is_told_again(
    door: Opened, browser: Browser, ledger: Ledger, sim: Sim, http: aiohttp.ClientSession
) -> None:
    ledger.away = True
    await browser.press(await door.payfip.begin(order()), "P")
    (idop,) = [one["idop"] for one in (await sim("GET", "operations"))["operations"]]
    refused = await notified(http, door, idop)

    ledger.away = False
    await browser.settled()

    assert refused == 503
    assert [one.amount for one in ledger.paid] == [Decimal("42.50")]


async def test_while_the_provider_does_not_answer_it_is_told_again(
    door: Opened, browser: Browser, ledger: Ledger, sim: Sim
) -> None:
    page = await door.payfip.begin(order())
    await sim("POST", "faults", kind="500", times=2)

    await browser.press(page, "P")
    await browser.settled()

    assert [one.amount for one in ledger.paid] == [Decimal("42.50")]


async def test_nothing_is_credited_that_was_not_paid(
    door: Opened, browser: Browser, ledger: Ledger, http: aiohttp.ClientSession, sim: Sim
) -> None:
    page = await door.payfip.begin(order())
    early = await notified(http, door, page.rpartition("=")[2])

    await browser.press(page, "R")
    await browser.settled()

    assert early == 503  # no result yet: tell us again
    assert ledger.paid == []


@pytest.mark.parametrize("result", ["A", "R"])
async def test_a_result_that_is_no_payment_is_told_once(
    door: Opened, browser: Browser, ledger: Ledger, sim: Sim, result: str
) -> None:
    await browser.press(await door.payfip.begin(order()), result)
    await browser.settled()

    (only,) = (await sim("GET", "operations"))["operations"]
    assert only["told"] == 1
    assert ledger.paid == []


async def test_an_idop_that_nobody_knows_is_harmless(
    door: Opened, ledger: Ledger, http: aiohttp.ClientSession
) -> None:
    assert await notified(http, door, "00000000-0000-0000-0000-000000000000") == 200
    assert ledger.paid == []


async def test_strangers_are_asked_about_a_few_times_a_minute(
    door: Opened, http: aiohttp.ClientSession
) -> None:
    answers = [await notified(http, door, f"stranger-{n}") for n in range(5)]

    assert answers == [200, 200, 200, 429, 429]


async def test_strangers_do_not_keep_ours_out(
    door: Opened, browser: Browser, ledger: Ledger, http: aiohttp.ClientSession
) -> None:
    for n in range(9):
        await notified(http, door, f"stranger-{n}")

    await browser.press(await door.payfip.begin(order()), "P")
    await browser.settled()

    assert len(ledger.paid) == 1


async def test_a_payment_of_before_a_restored_backup_is_not_lost(
    door: Opened, browser: Browser, ledger: Ledger, tokens: FakeTokens
) -> None:
    page = await door.payfip.begin(order())
    tokens.kept.clear()

    await browser.press(page, "P")
    await browser.settled()

    assert [one.order_reference for one in ledger.paid] == [order().reference]


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 400),
        ({"idop": "<script>"}, 400),
        ({"idop": "x" * 65}, 400),
        ({"idop": "a" * 5000}, 413),
        ({"other": "00000000-0000"}, 400),
    ],
)
async def test_what_is_no_notification_is_refused(
    door: Opened, http: aiohttp.ClientSession, form: dict[str, str], status: int
) -> None:
    async with http.post(door.url + NOTIFY, data=form) as answer:
        assert answer.status == status


@pytest.mark.parametrize("method", ["PUT", "DELETE", "HEAD", "PATCH"])
async def test_other_methods_are_not_served(
    door: Opened, http: aiohttp.ClientSession, method: str
) -> None:
    async with http.request(method, door.url + NOTIFY) as answer:
        assert answer.status == 405


async def test_the_page_is_in_the_browsers_language(
    door: Opened, http: aiohttp.ClientSession
) -> None:
    url = door.url + "/payments/return/anything"

    async with http.get(url, headers={"Accept-Language": "en-GB,en;q=0.9"}) as answer:
        words = await answer.text()

    assert '<html lang="en">' in words
    assert "Go back to Telegram" in words
