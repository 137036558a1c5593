"""Faults on demand, and Telegram's flood limits."""

from datetime import timedelta

import aiohttp
import pytest
from aiogram.exceptions import TelegramRetryAfter
from telegram.error import RetryAfter

from bot.playground.floods import Floods
from bot.playground.refusals import Refused
from tests.playground.scene import CLAIRE


async def send(http, playground, text="x"):
    form = {"chat_id": CLAIRE, "text": text}
    return await http.post(f"{playground.url}/bot{playground.token}/sendMessage", json=form)


async def test_a_server_error_comes_as_often_as_planned(api, sim):
    await sim("POST", "faults", method="sendMessage", kind="500", times=2)

    answers = [await api("sendMessage", chat_id=CLAIRE, text="x") for _ in range(3)]

    assert [answer.get("error_code", 200) for answer in answers] == [500, 500, 200]


async def test_a_bad_gateway_is_a_page(http, playground, sim):
    await sim("POST", "faults", method="sendMessage", kind="502html")

    async with await send(http, playground) as response:
        page = await response.text()

    assert (response.status, response.content_type) == (502, "text/html")
    assert "502 Bad Gateway" in page


async def test_too_many_requests_says_when_to_come_back(http, playground, sim):
    await sim("POST", "faults", method="*", kind="429", retry_after=7)

    async with await send(http, playground) as response:
        answer = await response.json()

    assert response.headers["Retry-After"] == "7"
    assert answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }


async def test_a_reset_leaves_nothing_behind(http, playground, sim, claire):
    await sim("POST", "faults", method="sendMessage", kind="reset")

    with pytest.raises(aiohttp.ClientError):
        await send(http, playground)

    assert await claire.messages() == []


async def test_an_answer_that_never_comes_hides_a_message_that_did(playground, sim, claire):
    await sim("POST", "faults", method="sendMessage", kind="timeout_after_accept")
    impatient = aiohttp.ClientTimeout(total=0.2)

    async with aiohttp.ClientSession(timeout=impatient, trust_env=False) as session:
        with pytest.raises(TimeoutError):
            await send(session, playground, "arrivé")

    assert (await claire.screen()).text == "arrivé"


async def test_a_fault_can_be_meant_for_one_chat(api, playground, sim):
    playground.add_person(1002, "Paul", started=True)
    await sim("POST", "faults", method="*", chat=1002, kind="403")

    claire = await api("sendMessage", chat_id=CLAIRE, text="x")
    paul = await api("sendMessage", chat_id=1002, text="x")

    assert claire["ok"]
    assert paul["description"] == "Forbidden: bot was blocked by the user"


async def test_any_method_does_not_mean_polling(api, sim):
    await sim("POST", "faults", method="*", kind="500")

    assert (await api("getUpdates"))["ok"]


async def test_planned_faults_can_be_taken_back(api, sim):
    await sim("POST", "faults", method="*", kind="500")

    await sim("DELETE", "faults")

    assert (await api("getMe"))["ok"]


async def test_a_fault_that_does_not_exist_is_refused(sim):
    answer = await sim("POST", "faults", method="sendMessage", kind="fire")

    assert answer["error"].startswith("A fault is one of 400, 403")


@pytest.mark.filterwarnings("ignore:.*retry_after.*:telegram.warnings.PTBDeprecationWarning")
async def test_both_libraries_recognise_a_flood(client, sim):
    await sim("POST", "faults", method="sendMessage", kind="429", retry_after=3)

    with pytest.raises((TelegramRetryAfter, RetryAfter)) as refused:
        await client("send_message", chat_id=CLAIRE, text="x")

    # Seconds or a timedelta: python-telegram-bot is on its way from one to the other.
    assert refused.value.retry_after in {3, timedelta(seconds=3)}


class Steady:
    """A monotonic clock that moves by hand."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def steady():
    return Steady()


@pytest.fixture
def floods(steady):
    return Floods(enabled=True, chat_burst=1, monotonic=steady)


def refused_for(floods, method, chat):
    try:
        floods.pass_or_refuse(method, chat)
    except Refused as refused:
        return refused.retry_after
    return 0


def test_a_chat_takes_one_message_a_second(floods, steady):
    first = refused_for(floods, "sendmessage", CLAIRE)
    at_once = refused_for(floods, "sendmessage", CLAIRE)
    steady.seconds = 1.0
    later = refused_for(floods, "sendmessage", CLAIRE)

    assert (first, at_once, later) == (0, 1, 0)


def test_all_chats_together_take_thirty_a_second(floods, steady):
    waits = [refused_for(floods, "sendmessage", chat) for chat in range(1, 32)]
    steady.seconds = 0.1
    later = [refused_for(floods, "sendmessage", chat) for chat in range(40, 44)]

    assert waits == [0] * 30 + [1]
    assert later == [0, 0, 0, 1]


def test_edits_do_not_use_up_the_messages_of_a_chat(floods):
    waits = [refused_for(floods, "editmessagetext", CLAIRE) for _ in range(10)]

    assert waits == [0] * 10
    assert refused_for(floods, "sendmessage", CLAIRE) == 0


def test_answers_and_typing_never_count(floods):
    waits = [
        refused_for(floods, method, CLAIRE)
        for method in ("answercallbackquery", "sendchataction", "getchat") * 20
    ]

    assert not any(waits)


async def test_limits_are_switched_on_for_the_whole_server(api, sim):
    await sim("POST", "limits", enabled=True, chat_per_second=0.001)

    answers = [await api("sendMessage", chat_id=CLAIRE, text="x") for _ in range(2)]

    assert answers[0]["ok"]
    assert answers[1]["parameters"] == {"retry_after": 1000}
