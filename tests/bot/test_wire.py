"""One contract, two ways to Telegram: handlers cannot tell the lean wire from the stock one."""

import gc
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
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
from bot.wire.lean import LeanWire, calm_collector, without_content
from bot.wire.stock import StockWire
from conversations.screen import Button, Document, Rich, Screen, Style, Table
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


async def test_a_document_is_sent_with_its_name_caption_and_buttons(
    wire: Wire, anne: Parent
) -> None:
    paper = Document("fiche é.pdf", b"%PDF-1.7 x", "<b>Votre</b> fiche", SCREEN.rows)

    message_id = await wire.send_document(ANNE, paper)

    shown = await anne.message(message_id)
    assert shown.document is not None
    assert shown.document["file_name"] == paper.name
    assert await anne.download(shown.document["file_id"]) == paper.content
    assert shown.text == "Votre fiche"
    assert shown.has("1")


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


RICH = replace(
    SCREEN,
    rich=Rich(
        ("<b>Récapitulatif</b>", Table(("Jour", "Coût"), (("lun. 7", "2,10 €"), "en attente"))),
        ((Button("Texte", data="b:r!1"),),),
        is_rtl=True,
    ),
)


async def test_tables_are_sent_with_their_own_buttons(wire: Wire, anne: Parent) -> None:
    message_id = await wire.send(ANNE, RICH)

    shown = await anne.screen()
    assert (shown.message_id, shown.kind) == (message_id, "rich")
    assert shown.text == "Récapitulatif\nJour | Coût\nlun. 7 | 2,10 €\nen attente"
    assert shown.rows == [["Texte"]]


async def test_a_text_becomes_tables_and_tables_a_text(wire: Wire, anne: Parent) -> None:
    message_id = await wire.send(ANNE, SCREEN)

    await wire.edit(ANNE, message_id, RICH)
    rich = await anne.screen()
    await wire.edit(ANNE, message_id, SCREEN)
    text = await anne.screen()

    assert [(each.message_id, each.kind) for each in (rich, text)] == [
        (message_id, "rich"),
        (message_id, "text"),
    ]
    assert text.rows == [["1", "2"], ["?"]]


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


async def test_many_messages_are_deleted_whatever_is_gone_among_them(
    wire: Wire, anne: Parent
) -> None:
    sent = [await wire.send(ANNE, SCREEN) for _ in range(3)]
    await wire.delete(ANNE, sent[1])

    await wire.delete_many(ANNE, [*sent[:2], 999])

    assert [shown.message_id for shown in await anne.messages()] == [sent[2]]


async def test_telegram_is_asked_for_a_hundred_at_a_time(scripted: Wire, api: ScriptedApi) -> None:
    refused = refusal(400, "Bad Request: message can't be deleted")
    api.script = [refused, (200, {"ok": True, "result": True})]

    await scripted.delete_many(7, range(1, 151))

    assert [len(message_ids(params)) for _, params in api.calls] == [100, 50]


def message_ids(params: dict[str, Any]) -> list[int]:
    """The stock wire sends a form, whose lists are JSON in text."""
    told = params["message_ids"]
    return json.loads(told) if isinstance(told, str) else told


async def test_nothing_to_delete_asks_nothing(scripted: Wire, api: ScriptedApi) -> None:
    await scripted.delete_many(7, [])

    assert api.calls == []


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


def test_of_a_pressed_message_only_the_place_is_modelled() -> None:
    place = {"message_id": 5, "date": 1, "chat": {"id": 7}}
    said = {"text": "x", "entities": [], "reply_markup": {"inline_keyboard": [[]]}}
    update = {"update_id": 1, "callback_query": {"id": "9", "message": {**place, **said}}}

    left = without_content(update)

    assert left == {"update_id": 1, "callback_query": {"id": "9", "message": place}}
    assert update["callback_query"]["message"]["text"] == "x"  # it may come again


def test_a_message_that_was_typed_is_left_whole() -> None:
    update = {"update_id": 2, "message": {"text": "x"}}

    assert without_content(update) == update


@pytest.mark.parametrize("body", [{"ok": False, "description": "Bad Request: no"}, {}])
async def test_an_answer_that_nobody_reads_must_be_a_yes(
    api: ScriptedApi, time: FakeTime, body: dict[str, object]
) -> None:
    api.script = [(200, body)]

    async for wire in lean(TOKEN, api.url, time):
        with pytest.raises(AiogramError):
            await wire.edit(7, 5, Screen("x"))


def test_the_collector_is_calm_as_long_as_the_bot_runs() -> None:
    before = gc.get_threshold()

    with calm_collector():
        within, frozen = gc.get_threshold(), gc.get_freeze_count()

    assert within[0] > before[0]
    assert frozen > 0
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)
