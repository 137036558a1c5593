"""As strict as Telegram, in Telegram's own words."""

import aiohttp
import pytest

from bot.playground.methods import METHODS
from bot.playground.validation import known_methods
from tests.playground.scene import CLAIRE, NOW, PNG


async def refusal(api, method, **parameters):
    answer = await api(method, **parameters)
    assert answer["ok"] is False
    return answer["description"]


def button(**more):
    return {"text": "x", "callback_data": "d", **more}


def keyboard(*rows):
    return {"inline_keyboard": list(rows)}


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": CLAIRE}, "message text is empty"),
        ({"chat_id": CLAIRE, "text": " \n "}, "message text is empty"),
        (
            {"chat_id": CLAIRE, "text": "<b></b>", "parse_mode": "HTML"},
            "message text is empty",
        ),
        ({"chat_id": CLAIRE, "text": "x" * 4097}, "message is too long"),
        ({"chat_id": CLAIRE, "text": "🎒" * 2049}, "message is too long"),
        ({"chat_id": 5, "text": "x"}, "chat not found"),
        ({"chat_id": "@claire", "text": "x"}, "chat not found"),
        (
            {"chat_id": CLAIRE, "text": "a < b", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "" at byte offset 2',
        ),
        (
            {"chat_id": CLAIRE, "text": "x", "reply_markup": "{oops"},
            "can't parse reply keyboard markup JSON object",
        ),
        (
            {"chat_id": CLAIRE, "text": "x", "reply_parameters": {"message_id": 99}},
            "message to be replied not found",
        ),
    ],
)
async def test_a_text_that_cannot_be_sent(api, parameters, words):
    assert await refusal(api, "sendMessage", **parameters) == f"Bad Request: {words}"


async def test_length_counts_after_the_markup_is_read(api):
    text = "<b>" + "x" * 4096 + "</b>"

    answer = await api("sendMessage", chat_id=CLAIRE, text=text, parse_mode="HTML")

    assert answer["ok"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([[button(callback_data="é" * 33)]], "BUTTON_DATA_INVALID"),
        ([[button()] * 8] * 12 + [[button()] * 5], "reply markup is too long"),
        ([[button(callback_data="d" * 64, text="t" * 120)] * 6] * 10, "reply markup is too long"),
        (
            [[{"text": "x"}]],
            "can't parse inline keyboard button: "
            "Text buttons are unallowed in the inline keyboard",
        ),
        (
            [[{"text": "x", "url": "http://localhost:80/"}]],
            "inline keyboard button URL 'http://localhost:80/' is invalid: Wrong HTTP URL",
        ),
        (
            [[{"text": "x", "url": "ftp://a.fr/"}]],
            "inline keyboard button URL 'ftp://a.fr/' is invalid: Unsupported URL protocol",
        ),
        ([[{"text": "x", "copy_text": {"text": "x" * 257}}]], "BUTTON_COPY_TEXT_INVALID"),
    ],
)
async def test_a_keyboard_that_cannot_be_sent(api, rows, words):
    markup = keyboard(*rows)

    described = await refusal(api, "sendMessage", chat_id=CLAIRE, text="x", reply_markup=markup)

    assert described == f"Bad Request: {words}"


async def test_a_whole_month_fits(api, claire):
    weeks = [[button(callback_data=f"d:{w}:{d}") for d in range(8)] for w in range(6)]

    await api("sendMessage", chat_id=CLAIRE, text="Mois", reply_markup=keyboard(*weeks))

    screen = await claire.screen()
    assert ([len(row) for row in screen.rows], screen.flags) == ([8] * 6, [])


async def test_the_ninth_button_of_a_row_is_dropped_and_flagged(api, claire, sim):
    row = [button(text=str(number)) for number in range(9)]

    answer = await api("sendMessage", chat_id=CLAIRE, text="x", reply_markup=keyboard(row))

    screen = await claire.screen()
    assert screen.rows == [[str(number) for number in range(8)]]
    assert screen.flags == ["row 1: 9 buttons, 1 over 8 dropped"]
    assert len(answer["result"]["reply_markup"]["inline_keyboard"][0]) == 8
    [call] = (await sim("GET", "journal?method=sendMessage"))["calls"]
    assert call["flags"] == screen.flags


async def test_unknown_parameters_are_flagged_but_pass(api, sim):
    markup = keyboard([button(colour="red")])

    answer = await api("sendMessage", chat_id=CLAIRE, text="x", txet="y", reply_markup=markup)

    [call] = (await sim("GET", "journal?method=sendMessage"))["calls"]
    assert answer["ok"]
    assert call["unknown"] == ["txet", "reply_markup button: colour"]


async def test_a_message_with_a_reply_keyboard_is_never_edited(api):
    markup = {"keyboard": [[{"text": "Menu"}]]}
    sent = await api("sendMessage", chat_id=CLAIRE, text="x", reply_markup=markup)
    message_id = sent["result"]["message_id"]

    words = await refusal(api, "editMessageText", chat_id=CLAIRE, message_id=message_id, text="y")

    assert words == "Bad Request: message can't be edited"


async def test_only_own_messages_are_edited(api, claire, playground):
    await claire.say("bonjour", wait=False)
    [message] = playground.world.chats[CLAIRE].messages.values()

    words = await refusal(
        api, "editMessageText", chat_id=CLAIRE, message_id=message.message_id, text="y"
    )

    assert words == "Bad Request: message can't be edited"


async def test_a_message_of_another_chat_is_not_found(api, playground):
    playground.add_person(1002, "Paul", started=True)
    sent = await api("sendMessage", chat_id=CLAIRE, text="x")
    message_id = sent["result"]["message_id"]

    words = await refusal(api, "editMessageText", chat_id=1002, message_id=message_id, text="y")

    assert words == "Bad Request: message to edit not found"


async def test_a_text_has_no_caption_and_a_document_no_text(api, playground, http):
    text = await api("sendMessage", chat_id=CLAIRE, text="x")
    document = await upload(playground, http, "sendDocument", "document", b"x")

    no_caption = await refusal(
        api,
        "editMessageCaption",
        chat_id=CLAIRE,
        message_id=text["result"]["message_id"],
        caption="y",
    )
    no_text = await refusal(
        api,
        "editMessageText",
        chat_id=CLAIRE,
        message_id=document["result"]["message_id"],
        text="y",
    )

    assert no_caption == "Bad Request: there is no caption in the message to edit"
    assert no_text == "Bad Request: there is no text in the message to edit"


@pytest.mark.parametrize(
    ("media", "words"),
    [
        ({"type": "photo", "media": "unknown"}, "wrong file identifier/HTTP URL specified"),
        ({"type": "photo", "media": "attach://none"}, "there is no photo in the request"),
        ({"type": "photo"}, "can't parse media"),
    ],
)
async def test_a_document_is_replaced_by_nothing_that_is_no_photo(
    api, playground, http, media, words
):
    sent = await upload(playground, http, "sendDocument", "document", b"x")
    message_id = sent["result"]["message_id"]

    said = await refusal(
        api, "editMessageMedia", chat_id=CLAIRE, message_id=message_id, media=media
    )

    assert said.startswith(f"Bad Request: {words}")


async def test_a_caption_has_1024_characters_at_most(playground, http):
    answer = await upload(playground, http, "sendDocument", "document", b"x", caption="x" * 1025)

    assert answer["description"] == "Bad Request: message caption is too long"


async def test_a_photo_must_be_a_picture(playground, http):
    answer = await upload(playground, http, "sendPhoto", "photo", b"no picture")

    assert answer["description"] == "Bad Request: IMAGE_PROCESS_FAILED"


async def test_a_file_part_named_like_its_parameter_is_that_parameter(playground, http):
    answer = await upload(playground, http, "sendPhoto", "photo", PNG)

    assert answer["result"]["photo"][0]["width"] == 2


async def test_a_query_string_is_enough(playground, http):
    query = {"chat_id": str(CLAIRE), "text": "bonjour"}

    async with http.get(at(playground, "sendmessage"), params=query) as response:
        answer = await response.json()

    assert answer["result"]["text"] == "bonjour"


async def test_a_form_is_enough(playground, http):
    form = {"chat_id": str(CLAIRE), "text": "x", "reply_markup": '{"inline_keyboard":[]}'}

    async with http.post(at(playground, "sendMessage"), data=form) as response:
        answer = await response.json()

    assert answer["ok"]


async def test_a_message_older_than_48_hours_stays(api, sim):
    sent = await api("sendMessage", chat_id=CLAIRE, text="x")
    message_id = sent["result"]["message_id"]
    await sim("POST", "clock", by=48 * 3600 + 1)

    words = await refusal(api, "deleteMessage", chat_id=CLAIRE, message_id=message_id)

    assert words == "Bad Request: message can't be deleted for everyone"


async def test_an_old_message_can_still_be_edited(api, sim):
    sent = await api("sendMessage", chat_id=CLAIRE, text="x")
    await sim("POST", "clock", by=30 * 86_400)

    answer = await api(
        "editMessageText", chat_id=CLAIRE, message_id=sent["result"]["message_id"], text="y"
    )

    assert answer["result"]["edit_date"] == int(NOW.timestamp()) + 30 * 86_400


OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def pressed(api, claire):
    await api("sendMessage", chat_id=CLAIRE, text="x", reply_markup=keyboard([button()]))
    return (await claire.press("x", wait=False)).callback_id


async def test_a_callback_is_answered_once(api, claire):
    callback_id = await pressed(api, claire)

    first = await api("answerCallbackQuery", callback_query_id=callback_id)

    assert first["ok"]
    assert await refusal(api, "answerCallbackQuery", callback_query_id=callback_id) == OLD


async def test_a_callback_is_answered_in_time(api, claire, sim):
    callback_id = await pressed(api, claire)
    await sim("POST", "clock", by=31)

    assert await refusal(api, "answerCallbackQuery", callback_query_id=callback_id) == OLD


async def test_an_unknown_callback_is_too_old(api):
    assert await refusal(api, "answerCallbackQuery", callback_query_id="1") == OLD


async def test_an_answer_has_200_characters_at_most(api, claire):
    callback_id = await pressed(api, claire)

    words = await refusal(
        api, "answerCallbackQuery", callback_query_id=callback_id, text="x" * 201
    )

    assert words == "Bad Request: MESSAGE_TOO_LONG"


@pytest.mark.parametrize(
    ("token", "status", "words"),
    [
        ("7000000001:another", 401, "Unauthorized"),
        ("nonsense", 404, "Not Found"),
    ],
)
async def test_a_wrong_token(playground, http, token, status, words):
    async with http.get(f"{playground.url}/bot{token}/getMe") as response:
        answer = await response.json()

    assert (response.status, answer["description"]) == (status, words)


async def test_an_unknown_method(api):
    assert await refusal(api, "sendSmoke") == "Not Found: method not found"


async def test_the_answer_says_who_blocked(api, sim):
    await sim("POST", f"chats/{CLAIRE}/block")

    answer = await api("sendMessage", chat_id=CLAIRE, text="x")

    assert (answer["error_code"], answer["description"]) == (
        403,
        "Forbidden: bot was blocked by the user",
    )


@pytest.mark.parametrize(
    "command", [{"command": "Été", "description": "x"}, {"command": "a", "description": ""}]
)
async def test_a_command_that_cannot_be_set(api, command):
    words = await refusal(api, "setMyCommands", commands=[command])

    assert words.startswith("Bad Request: BOT_COMMAND")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": "x" * 33}, "INVOICE_TITLE_INVALID"),
        ({"payload": "é" * 65}, "INVOICE_PAYLOAD_INVALID"),
        ({"provider_token": ""}, "PAYMENT_PROVIDER_INVALID"),
        ({"prices": []}, "there must be at least one price"),
        ({"prices": [{"label": "x", "amount": -5}]}, "CURRENCY_TOTAL_AMOUNT_INVALID"),
    ],
)
async def test_an_invoice_that_cannot_be_sent(api, changed, words):
    invoice = {
        "title": "x",
        "description": "x",
        "payload": "x",
        "provider_token": "T:1",
        "currency": "EUR",
        "prices": [{"label": "x", "amount": 5}],
    }

    described = await refusal(api, "sendInvoice", chat_id=CLAIRE, **(invoice | changed))

    assert described == f"Bad Request: {words}"


def at(playground, method):
    return f"{playground.url}/bot{playground.token}/{method}"


async def upload(playground, http, method, name, data, **fields):

    form = aiohttp.FormData({"chat_id": str(CLAIRE), **fields})
    form.add_field(name, data, filename="file.bin")
    async with http.post(at(playground, method), data=form) as response:
        return await response.json()


JUNK = [None, "", "{", "[]", "-1", [], {}, [[]], -1, True]


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"getupdates"}))
async def test_junk_is_refused_or_taken_but_breaks_nothing(api, method):
    names = set(known_methods()[method].model_fields) - {"chat_id"}

    answers = [await api(method, chat_id=CLAIRE, **dict.fromkeys(names, junk)) for junk in JUNK]

    assert {answer.get("error_code", 200) for answer in answers} <= {200, 400, 403}
