"""The people's side: what the chat page and the tests live on."""

import asyncio
import json
from datetime import UTC, datetime

import pytest

from bot.playground.clock import ShiftableClock
from bot.playground.tasks import Tasks
from tests.playground.scene import CLAIRE, NOW

MENU = {
    "inline_keyboard": [
        [
            {"text": "Réserver tout", "callback_data": "rt"},
            {"text": "Réserver", "callback_data": "r", "style": "success"},
        ],
        [
            {"text": "Payer", "url": "https://payfip.example/1"},
            {"text": "Copier", "copy_text": {"text": "REF-1"}},
            {"text": "Fermé", "disabled": {}},
        ],
    ]
}


async def test_people_are_listed_with_what_to_know_about_them(sim):
    person = {
        "id": 1002,
        "first_name": "Paul",
        "language_code": "en",
        "role": "agent",
        "note": "Identifiant PAUL",
    }
    await sim("POST", "people", **person)

    people = (await sim("GET", "people"))["people"]

    paul = next(each for each in people if each["id"] == 1002)
    assert {key: paul[key] for key in person} == person


async def test_a_person_who_is_replaced_keeps_the_chat(sim, claire):
    await claire.say("bonjour", wait=False)

    await sim("POST", "people", id=CLAIRE, first_name="Clara")

    chat = await sim("GET", f"chats/{CLAIRE}")
    assert [message["text"] for message in chat["messages"]] == ["bonjour"]


async def test_a_message_is_shown_with_its_buttons(api, sim):
    text = "<b>Menu</b> &amp; reste"
    await api("sendMessage", chat_id=CLAIRE, text=text, parse_mode="HTML", reply_markup=MENU)

    [message] = (await sim("GET", f"chats/{CLAIRE}"))["messages"]

    assert (message["from"], message["html"]) == ("bot", "<b>Menu</b> &amp; reste")
    assert message["keyboard"] == [
        [
            {"text": "Réserver tout", "kind": "callback", "data": "rt"},
            {"text": "Réserver", "kind": "callback", "style": "success", "data": "r"},
        ],
        [
            {"text": "Payer", "kind": "url", "url": "https://payfip.example/1"},
            {"text": "Copier", "kind": "copy", "copy": "REF-1"},
            {"text": "Fermé", "kind": "callback", "disabled": True},
        ],
    ]


@pytest.mark.parametrize(
    ("form", "outcome"),
    [
        ({"text": "Payer"}, {"url": "https://payfip.example/1"}),
        ({"text": "Copier"}, {"copy": "REF-1"}),
        ({"text": "Fermé"}, {"disabled": True}),
        ({"text": "Annuler"}, {"error": "There is no button “Annuler”."}),
        ({"text": "Réserv", "exact": True}, {"error": "There is no button “Réserv”."}),
        ({"data": "x", "message_id": 99}, {"error": "There is no such message."}),
        ({}, {"error": "The request is not understood: 'text'."}),
    ],
)
async def test_a_press_that_calls_nobody(api, sim, form, outcome):
    await api("sendMessage", chat_id=CLAIRE, text="Menu", reply_markup=MENU)

    assert await sim("POST", f"chats/{CLAIRE}/press", **form) == outcome


@pytest.mark.parametrize(
    ("words", "data"), [("Réserver", "r"), ("Réserver tout", "rt"), ("tout", "rt")]
)
async def test_a_whole_label_wins_over_a_part(api, sim, words, data):
    await api("sendMessage", chat_id=CLAIRE, text="Menu", reply_markup=MENU)

    await sim("POST", f"chats/{CLAIRE}/press", text=words)

    [update] = (await api("getUpdates"))["result"]
    assert update["callback_query"]["data"] == data


async def test_the_newest_message_with_such_a_button_is_pressed(api, sim):
    for number in (1, 2):
        markup = {"inline_keyboard": [[{"text": "Ok", "callback_data": str(number)}]]}
        await api("sendMessage", chat_id=CLAIRE, text="x", reply_markup=markup)
    await api("sendMessage", chat_id=CLAIRE, text="sans bouton")

    await sim("POST", f"chats/{CLAIRE}/press", text="Ok")

    [update] = (await api("getUpdates"))["result"]
    assert update["callback_query"]["data"] == "2"


async def test_forged_data_is_delivered_like_any_other(api, sim):
    sent = await api("sendMessage", chat_id=CLAIRE, text="x")
    message_id = sent["result"]["message_id"]

    await sim("POST", f"chats/{CLAIRE}/press", data="forged", message_id=message_id)

    [update] = (await api("getUpdates"))["result"]
    assert update["callback_query"]["data"] == "forged"


async def test_a_key_of_a_reply_keyboard_says_its_text(api, sim):
    markup = {"keyboard": [["Menu"], [{"text": "Aide"}]]}
    await api("sendMessage", chat_id=CLAIRE, text="x", reply_markup=markup)

    await sim("POST", f"chats/{CLAIRE}/press", text="Aide")

    [update] = (await api("getUpdates"))["result"]
    assert update["message"]["text"] == "Aide"


async def test_a_long_text_leaves_in_pieces(api, claire):
    await claire.say("x" * 5000, wait=False)

    updates = (await api("getUpdates"))["result"]

    assert [len(update["message"]["text"]) for update in updates] == [4096, 904]


async def test_a_blocked_bot_gets_no_text_but_a_start_opens_the_door(api, sim):
    await sim("POST", f"chats/{CLAIRE}/block")

    refused = await sim("POST", f"chats/{CLAIRE}/text", text="bonjour")
    await sim("POST", f"chats/{CLAIRE}/start", payload="abc")

    kinds = [min(u) for u in (await api("getUpdates"))["result"]]
    assert refused["error"].startswith("This person has blocked the bot")
    assert kinds == ["my_chat_member", "my_chat_member", "message"]


async def test_unread_messages_are_counted_until_the_chat_is_read(api, sim):
    for _ in range(2):
        await api("sendMessage", chat_id=CLAIRE, text="x")
    before = (await sim("GET", f"chats/{CLAIRE}"))["unread"]

    await sim("POST", f"chats/{CLAIRE}/read")

    assert (before, (await sim("GET", f"chats/{CLAIRE}"))["unread"]) == (2, 0)


async def test_commands_are_those_of_the_persons_language_and_chat(api, sim):
    general = [{"command": "start", "description": "Commencer"}]
    english = [{"command": "start", "description": "Begin"}]
    staff = [{"command": "nuit", "description": "La nuit"}]
    await sim("POST", "people", id=1002, first_name="Ann", language_code="en")
    await sim("POST", "people", id=1003, first_name="Agent", language_code="fr")
    await api("setMyCommands", commands=general)
    await api("setMyCommands", commands=english, language_code="en")
    await api("setMyCommands", commands=staff, scope={"type": "chat", "chat_id": 1003})

    seen = [(await sim("GET", f"chats/{chat}"))["commands"] for chat in (CLAIRE, 1002, 1003)]

    assert seen == [general, english, staff]


async def test_the_clock_is_shown_in_paris_and_jumps_to_tonight(sim, playground):
    ticks = []

    async def tick(now):
        ticks.append(now)

    playground.clock.listeners.append(tick)

    clock = await sim("POST", "clock", jump="tonight")

    night = datetime(2026, 11, 24, 2, 20, tzinfo=UTC)
    assert clock["now"] == "2026-11-24T03:20:00+01:00"
    assert clock["shifted_by"] == (night - NOW).total_seconds()
    assert ticks == [night]


async def test_the_clock_goes_to_a_moment_or_by_seconds_but_never_back(sim):
    to = await sim("POST", "clock", to="2026-11-25T08:00")
    by = await sim("POST", "clock", by=3600)
    back = await sim("POST", "clock", to="2026-11-25T08:00")

    assert to["now"] == "2026-11-25T08:00:00+01:00"
    assert by["now"] == "2026-11-25T09:00:00+01:00"
    assert "only moves forward" in back["error"]


@pytest.mark.parametrize(
    ("now", "night"),
    [
        (datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 2, 20, tzinfo=UTC)),
        (datetime(2027, 3, 28, 0, tzinfo=UTC), datetime(2027, 3, 28, 1, 20, tzinfo=UTC)),
        (datetime(2026, 11, 23, 2, 20, tzinfo=UTC), datetime(2026, 11, 24, 2, 20, tzinfo=UTC)),
    ],
)
def test_tonight_is_right_on_the_nights_of_clock_changes(now, night):
    assert ShiftableClock.frozen(now).tonight() == night


async def next_event(response):
    async for line in response.content:
        if line.startswith(b"data: "):
            return json.loads(line.removeprefix(b"data: "))
    return None


async def test_every_change_is_told_as_it_happens(api, sim, http, playground):
    async with http.get(f"{playground.url}/sim/events") as stream:
        await stream.content.readuntil(b"\n\n")
        sent = await api("sendMessage", chat_id=CLAIRE, text="Avant")
        message_id = sent["result"]["message_id"]
        await api("editMessageText", chat_id=CLAIRE, message_id=message_id, text="Après")
        await api("deleteMessage", chat_id=CLAIRE, message_id=message_id)
        await sim("POST", "clock", by=1)

        told = [await next_event(stream) for _ in range(4)]

    assert [event["type"] for event in told] == ["message", "edit", "delete", "clock"]
    assert [event["message"]["text"] for event in told[:2]] == ["Avant", "Après"]
    assert told[2] == {"type": "delete", "chat": CLAIRE, "message_id": message_id}


async def test_a_chats_events_leave_out_the_others(api, http, playground):
    playground.add_person(1002, "Paul", started=True)

    async with http.get(f"{playground.url}/sim/events?chat=1002") as stream:
        await stream.content.readuntil(b"\n\n")
        await api("sendMessage", chat_id=CLAIRE, text="à Claire")
        await api("sendMessage", chat_id=1002, text="à Paul")

        told = await next_event(stream)

    assert told["message"]["text"] == "à Paul"


async def test_a_stream_ends_with_the_playground(http, playground):
    async with http.get(f"{playground.url}/sim/events") as stream:
        await stream.content.readuntil(b"\n\n")

        await playground.stop()

        assert await stream.content.read() == b""


async def test_the_transcript_reads_like_the_chat(api, claire, playground):
    await claire.say("bonjour\nà tous", wait=False)
    sent = await api("sendMessage", chat_id=CLAIRE, text="Menu", reply_markup=MENU)
    await api("sendMessage", chat_id=CLAIRE, text="Secret")
    edited = sent["result"]["message_id"]
    await api("editMessageText", chat_id=CLAIRE, message_id=edited, text="Fini\nmerci")
    await api("deleteMessage", chat_id=CLAIRE, message_id=edited + 1)
    await api("sendMessage", chat_id=CLAIRE, text="Menu", reply_markup=MENU)

    assert await claire.transcript() == (
        "Claire: bonjour\n    à tous\n\n"
        "Bot (modifié): Fini\n    merci\n\n"
        "Bot: (effacé)\n\n"
        "Bot: Menu\n    [Réserver tout] [Réserver]\n    [Payer] [Copier] [Fermé]\n"
    )


async def test_the_journal_tells_every_call_in_order(api, sim):
    await api("getMe")
    await api("sendMessage", chat_id=5, text="x")

    calls = (await sim("GET", "journal"))["calls"]

    assert [(c["method"], c["chat"], c["ok"], c["error"]) for c in calls] == [
        ("getMe", None, True, None),
        ("sendMessage", 5, False, "Bad Request: chat not found"),
    ]


async def test_the_bot_is_idle_once_it_acknowledged_everything(api, claire, sim):
    before = await sim("GET", "idle?timeout=0")
    await claire.say("bonjour", wait=False)
    waiting = await sim("GET", "idle?timeout=0")
    elsewhere = await sim("GET", "idle?timeout=0&chat=1002")
    [update] = (await api("getUpdates"))["result"]

    await api("getUpdates", offset=update["update_id"] + 1)

    after = await sim("GET", "idle?timeout=0")
    idle = [state["idle"] for state in (before, waiting, elsewhere, after)]
    assert idle == [True, False, True, True]


async def test_a_document_comes_as_base64_too(api, sim):
    await sim("POST", f"chats/{CLAIRE}/document", file_name="a.txt", base64="YWJj")

    [update] = (await api("getUpdates"))["result"]
    assert update["message"]["document"]["file_size"] == 3


@pytest.mark.parametrize("path", ["chats/99", "callbacks/99", "files/99", "nowhere"])
async def test_what_does_not_exist_is_said_in_a_sentence(sim, path):
    answer = await sim("GET", path)

    assert answer["error"].endswith(".")


async def test_a_body_that_is_no_json_is_said_in_a_sentence(http, playground):
    async with http.post(f"{playground.url}/sim/clock", data=b"{oops") as response:
        answer = await response.json()

    assert response.status == 400
    assert answer["error"].startswith("The request is not understood")


async def test_a_jump_ends_even_if_the_asker_goes_away(http, playground, sim):
    begun, go_on, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def night(now):
        begun.set()
        await go_on.wait()
        ended.set()

    playground.clock.listeners.append(night)
    asking = Tasks()
    jump = http.post(f"{playground.url}/sim/clock", json={"jump": "tonight"})
    asking.spawn(jump, "impatient page")
    await begun.wait()

    await asking.stop()
    await sim("GET", "clock")  # a round trip, in which the server sees that the asker left
    go_on.set()

    async with asyncio.timeout(10):
        await ended.wait()
