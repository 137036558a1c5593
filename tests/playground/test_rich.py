"""Rich messages: aiogram has them, python-telegram-bot reaches them by name."""

import pytest
from aiogram import types

from tests.playground.scene import CLAIRE, AiogramClient, TelegramClient


def cell(text):
    return {"align": "left", "valign": "middle", "text": text}


def press(text, data="d"):
    return {"type": "button", "button": {"text": text, "callback_data": data}}


BLOCKS = [
    {"type": "heading", "text": "Novembre", "size": 2},
    {"type": "table", "cells": [[cell("Léa"), cell([press("12", "d:12"), " "])]]},
    {"type": "list", "items": [{"blocks": [{"type": "paragraph", "text": "midi"}]}]},
    {"type": "buttons", "buttons": [{"text": "Valider", "callback_data": "ok"}]},
]


async def send(api, *blocks):
    return await api("sendRichMessage", chat_id=CLAIRE, rich_message={"blocks": list(blocks)})


async def test_aiogram_gets_back_what_it_sent(playground):
    client = AiogramClient(playground)
    content = types.InputRichMessage.model_validate({"blocks": BLOCKS})

    message = await client("send_rich_message", chat_id=CLAIRE, rich_message=content)

    await client.close()
    heading, table, items, buttons = message.rich_message.blocks
    assert heading.text == "Novembre"
    assert table.cells[0][1].text[0].button.callback_data == "d:12"
    assert items.items[0].label == "•"
    assert buttons.buttons[0].text == "Valider"


async def test_python_telegram_bot_sends_them_by_name(playground, claire):
    client = TelegramClient(playground)
    await client.open()

    await client(
        "do_api_request",
        endpoint="sendRichMessage",
        api_kwargs={"chat_id": CLAIRE, "rich_message": {"blocks": BLOCKS}},
    )

    await client.close()
    assert (await claire.screen()).kind == "rich"


@pytest.mark.parametrize(("label", "data"), [("12", "d:12"), ("Valider", "ok")])
async def test_their_buttons_are_pressed_like_others(api, claire, label, data):
    await send(api, *BLOCKS)

    await claire.press(label, wait=False)

    [update] = (await api("getUpdates"))["result"]
    assert update["callback_query"]["data"] == data
    assert "rich_message" in update["callback_query"]["message"]


async def test_a_text_becomes_rich_and_plain_again(api, claire):
    sent = await api("sendMessage", chat_id=CLAIRE, text="simple")
    place = {"chat_id": CLAIRE, "message_id": sent["result"]["message_id"]}

    await api("editMessageText", **place, rich_message={"blocks": BLOCKS})
    rich = await claire.screen()
    await api("editMessageText", **place, text="simple")

    plain = await claire.screen()
    assert (rich.kind, rich.form["rich"]) == ("rich", {"blocks": BLOCKS})
    assert (plain.kind, plain.text) == ("text", "simple")


async def test_the_same_rich_content_again_is_refused(api):
    sent = await send(api, *BLOCKS)
    message_id = sent["result"]["message_id"]

    again = await api(
        "editMessageText",
        chat_id=CLAIRE,
        message_id=message_id,
        rich_message={"blocks": BLOCKS},
    )

    assert "message is not modified" in again["description"]


async def test_the_transcript_shows_their_words(api, claire):
    await send(api, *BLOCKS)

    assert await claire.transcript() == (
        "Bot: Novembre\n    Léa | [12]\n    - midi\n    [Valider]\n"
    )


PARAGRAPH = {"type": "paragraph", "text": "x"}


@pytest.mark.parametrize(
    ("blocks", "words"),
    [
        ([], "RICH_MESSAGE_EMPTY"),
        ([PARAGRAPH] * 501, "RICH_MESSAGE_TOO_MANY_BLOCKS"),
        ([{"type": "table", "cells": [[cell("x")]] * 501}], "RICH_MESSAGE_TOO_MANY_BLOCKS"),
        ([{"type": "table", "cells": [[cell("x")] * 21]}], "RICH_MESSAGE_TABLE_TOO_WIDE"),
        ([{"type": "paragraph", "text": "x" * 32_769}], "RICH_MESSAGE_TOO_LONG"),
        ([{"type": "paragraph", "text": press("x", "é" * 33)}], "BUTTON_DATA_INVALID"),
        (
            [{"type": "buttons", "buttons": [press("x")["button"]] * 9}],
            "RICH_MESSAGE_TOO_MANY_BUTTONS",
        ),
    ],
)
async def test_a_rich_message_that_cannot_be_sent(api, blocks, words):
    answer = await send(api, *blocks)

    assert answer["description"] == f"Bad Request: {words}"


async def test_an_unknown_block_is_refused(api):
    answer = await send(api, {"type": "hologram"})

    assert answer["description"].startswith("Bad Request: can't parse rich_message.blocks")
