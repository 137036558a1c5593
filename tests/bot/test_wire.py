"""One contract, two ways to Telegram: handlers cannot tell the lean wire from the stock one."""

import gc
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiohttp import ClientSession

from bot.playground.server import Playground
from bot.wire.http import BotApi
from bot.wire.lean import LeanWire, calm_collector, without_keyboard
from bot.wire.stock import StockWire
from conversations.screen import Button, Screen, Style
from handlers.show import Wire
from tests.bot.scripted import TOKEN, ScriptedApi, refusal
from tests.bot.timing import FakeTime
from tests.driver import Parent

ANNE = 1001
SCREEN = Screen(
    "<b>Bonjour</b> &amp; bienvenue",
    (
        (Button("1", data="d:1"), Button("2", data="d:2", style=Style.SUCCESS)),
        (Button("?", url="https://example.org"),),
    ),
)


async def lean(token: str, url: str, time: FakeTime) -> AsyncIterator[Wire]:
    api = BotApi(token, url, seconds=5)
    yield LeanWire(api, sleep=time.sleep)
    await api.close()


async def stock(token: str, url: str, time: FakeTime) -> AsyncIterator[Wire]:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    yield StockWire(bot, sleep=time.sleep)
    await bot.session.close()


WIRES = {"lean": lean, "stock": stock}


@pytest.fixture(params=WIRES)
async def wire(
    request: pytest.FixtureRequest, playground: Playground, time: FakeTime
) -> AsyncIterator[Wire]:
    playground.add_person(ANNE, "Anne", started=True)
    async for made in WIRES[request.param](playground.token, playground.url, time):
        yield made


@pytest.fixture(params=WIRES)
async def scripted(
    request: pytest.FixtureRequest, api: ScriptedApi, time: FakeTime
) -> AsyncIterator[Wire]:
    async for made in WIRES[request.param](TOKEN, api.url, time):
        yield made


@pytest.fixture
async def anne(wire: Wire, playground: Playground) -> Parent:
    return Parent(playground.url, ANNE)


async def test_a_screen_is_sent_with_its_buttons(wire: Wire, anne: Parent) -> None:
    message_id = await wire.send(ANNE, SCREEN)

    shown = await anne.screen()
    assert (shown.message_id, shown.text) == (message_id, "Bonjour & bienvenue")
    assert [[b.text for b in row] for row in shown.buttons] == [["1", "2"], ["?"]]
    assert [b.style for b in shown.buttons[0]] == [None, "success"]
    assert (shown.buttons[0][0].data, shown.buttons[1][0].url) == ("d:1", "https://example.org")


async def test_a_screen_is_redrawn_in_its_message(wire: Wire, anne: Parent) -> None:
    message_id = await wire.send(ANNE, SCREEN)

    await wire.edit(ANNE, message_id, Screen("Fini"))

    shown = await anne.screen()
    assert (shown.message_id, shown.text, list(shown.buttons)) == (message_id, "Fini", [])


async def test_redrawing_the_same_is_refused_in_telegram_s_words(wire: Wire) -> None:
    message_id = await wire.send(ANNE, SCREEN)

    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await wire.edit(ANNE, message_id, SCREEN)


async def test_a_lost_message_cannot_be_redrawn(wire: Wire) -> None:
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await wire.edit(ANNE, 999, SCREEN)


async def test_a_message_is_deleted_or_was_not_there(wire: Wire) -> None:
    message_id = await wire.send(ANNE, SCREEN)

    assert await wire.delete(ANNE, message_id)
    assert not await wire.delete(ANNE, message_id)


async def test_a_person_who_blocked_the_bot_is_forbidden(
    wire: Wire, playground: Playground
) -> None:
    async with ClientSession() as phone:  # no bot runs here that the driver could wait for
        await phone.post(f"{playground.url}/sim/chats/{ANNE}/block", json={})

    with pytest.raises(TelegramForbiddenError, match="blocked by the user"):
        await wire.send(ANNE, SCREEN)


async def test_a_query_that_is_too_old_is_refused(wire: Wire) -> None:
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await wire.answer("12345", "Trop tard", alert=True)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((502, "<html>502 Bad Gateway</html>"), ClientDecodeError),
        (refusal(500, "Internal Server Error"), TelegramServerError),
        ((200, None), TelegramNetworkError),
        (refusal(429, "Too Many Requests: retry after 40", retry_after=40), TelegramRetryAfter),
    ],
)
async def test_troubles_have_the_same_names_on_both_wires(
    scripted: Wire, api: ScriptedApi, answer: tuple[int, Any], expected: type[Exception]
) -> None:
    api.script = [answer] * 3

    with pytest.raises(expected):
        await scripted.send(7, SCREEN)


async def test_a_short_429_is_waited_for(scripted: Wire, api: ScriptedApi, time: FakeTime) -> None:
    slow_down = refusal(429, "Too Many Requests: retry after 1", retry_after=1)
    api.script = [slow_down, slow_down]

    assert await scripted.send(7, SCREEN) == 11
    assert time.slept == [1, 1]


async def test_a_429_that_never_ends_is_told_after_three_seconds(
    scripted: Wire, api: ScriptedApi, time: FakeTime
) -> None:
    api.script = [refusal(429, "Too Many Requests: retry after 1", retry_after=1)] * 9

    with pytest.raises(TelegramRetryAfter):
        await scripted.send(7, SCREEN)

    assert sum(time.slept) == 3


async def test_an_exception_never_holds_what_was_sent(api: ScriptedApi, time: FakeTime) -> None:
    api.script = [refusal(400, "Bad Request: no")]

    async for wire in lean(TOKEN, api.url, time):
        with pytest.raises(TelegramBadRequest) as caught:
            await wire.send(7, Screen("Zoé"))

    assert "Zoé" not in f"{caught.value!r} {caught.value.method!r}"


def test_the_pressed_keyboard_is_dropped_before_it_is_modelled() -> None:
    keyboard = {"inline_keyboard": [[{"text": "1", "callback_data": "d:1"}]]}
    update = {
        "update_id": 1,
        "callback_query": {"message": {"text": "x", "reply_markup": keyboard}},
    }

    assert without_keyboard(update)["callback_query"]["message"] == {"text": "x"}
    assert without_keyboard({"update_id": 2, "message": {}}) == {"update_id": 2, "message": {}}


def test_the_collector_is_calm_as_long_as_the_bot_runs() -> None:
    before = gc.get_threshold()

    with calm_collector():
        within, frozen = gc.get_threshold(), gc.get_freeze_count()

    assert within[0] > before[0]
    assert frozen > 0
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)
