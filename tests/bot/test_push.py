"""What Telegram answers to a push, and what the courier is told."""

from collections.abc import AsyncIterator

import pytest

from bot.courier.answers import Answer, Verdict
from bot.courier.telegram import PushBot
from conversations.screen import Button, Screen, Style
from tests.bot.scripted import TOKEN, ScriptedApi, refusal


@pytest.fixture
async def push(api: ScriptedApi) -> AsyncIterator[PushBot]:
    bot = PushBot(TOKEN, api.url)
    yield bot
    await bot.close()


async def test_a_message_goes_with_its_buttons_and_their_colours(
    push: PushBot, api: ScriptedApi
) -> None:
    rows = (
        (Button("Accepter", data="of:1:1", style=Style.SUCCESS), Button("?", url="https://x.fr")),
    )

    answer = await push.send(7, "<b>Bonjour</b>", rows)

    method, params = api.calls[0]
    assert (answer, method) == (Answer(Verdict.SENT, message=11), "sendMessage")
    assert (params["chat_id"], params["text"], params["parse_mode"]) == (
        "7",
        "<b>Bonjour</b>",
        "HTML",
    )
    assert '"style": "success"' in params["reply_markup"]
    assert '"callback_data": "of:1:1"' in params["reply_markup"]


async def test_a_message_is_redrawn_in_its_place(push: PushBot, api: ScriptedApi) -> None:
    answer = await push.edit(7, 11, Screen("<b>Payé</b>", ((Button("Accueil", "hn:"),),)))

    method, params = api.calls[0]
    assert (answer, method) == (Answer(Verdict.SENT), "editMessageText")
    assert (params["chat_id"], params["message_id"], params["text"]) == ("7", "11", "<b>Payé</b>")
    assert '"callback_data": "hn:"' in params["reply_markup"]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
        (403, "Forbidden: bot can't initiate conversation with a user"),
        (400, "Bad Request: chat not found"),
    ],
)
async def test_known_permanent_refusals_end_the_chat(
    push: PushBot, api: ScriptedApi, status: int, words: str
) -> None:
    api.script = [refusal(status, words)]

    answer = await push.send(7, "x")

    assert answer.verdict is Verdict.GONE
    assert answer.why.lower() in words.lower()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (403, "Forbidden: something new"),
        (400, "Bad Request: can't parse entities: unsupported start tag"),
    ],
)
async def test_an_unknown_refusal_is_the_message_s_fault_not_the_chat_s(
    push: PushBot, api: ScriptedApi, status: int, words: str
) -> None:
    api.script = [refusal(status, words)]

    assert (await push.send(7, "x")).verdict is Verdict.REFUSED


async def test_a_429_says_how_long(push: PushBot, api: ScriptedApi) -> None:
    api.script = [refusal(429, "Too Many Requests: retry after 35", retry_after=35)]

    assert await push.send(7, "x") == Answer(Verdict.HELD, "429", 35.0)
    assert len(api.calls) == 1  # python-telegram-bot did not try again by itself


@pytest.mark.parametrize(
    "failure",
    [
        (502, "<html>502 Bad Gateway</html>"),
        refusal(500, "Internal Server Error"),
        refusal(401, "Unauthorized"),
    ],
)
async def test_a_server_in_trouble_has_not_sent_it(
    push: PushBot, api: ScriptedApi, failure: tuple[int, object]
) -> None:
    api.script = [failure]

    assert (await push.send(7, "x")).verdict is Verdict.NOT_SENT


async def test_a_cut_connection_leaves_a_doubt(push: PushBot, api: ScriptedApi) -> None:
    api.script = [(200, None)]

    assert (await push.send(7, "x")).verdict is Verdict.NO_ANSWER


async def test_an_answer_that_never_comes_leaves_a_doubt(api: ScriptedApi) -> None:
    impatient = PushBot(TOKEN, api.url, read_seconds=0.05)
    api.script = [(200, "hang")]

    answer = await impatient.send(7, "x")
    await impatient.close()

    assert answer == Answer(Verdict.NO_ANSWER, "ReadTimeout")


async def test_a_server_that_is_not_there_has_not_sent_it() -> None:
    nowhere = PushBot(TOKEN, "http://127.0.0.1:1")

    answer = await nowhere.send(7, "x")
    await nowhere.close()

    assert answer == Answer(Verdict.NOT_SENT, "ConnectError")
