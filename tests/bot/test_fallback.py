"""Refused tables become the text, and the choice goes back to it (decision 9)."""

import pytest
from aiogram.exceptions import TelegramBadRequest

from bot.wire.answers import Call
from bot.wire.fallback import FallbackWire
from conversations.screen import Document, Rich, Screen
from handlers.show import GONE, UNCHANGED
from tests.handlers.stage import Wire

TEXT = Screen("Bonjour")
TABLES = Screen("Bonjour", rich=Rich(("Bonjour",), ()))


def refused(words: str) -> TelegramBadRequest:
    return TelegramBadRequest(Call(name="x"), f"Bad Request: {words}")


class Chats:
    def __init__(self) -> None:
        self.back: list[int] = []

    async def __call__(self, chat: int) -> None:
        self.back.append(chat)


async def test_a_refused_new_message_is_sent_as_text() -> None:
    inner, chats = Wire(fails={"send": refused("RICH_VALIDATE_CTOR_NOT_ALLOWED")}), Chats()

    await FallbackWire(inner, chats).send(7, TABLES)

    assert [told.screen for told in inner.told] == [TABLES, TEXT]
    assert chats.back == [7]


async def test_a_refused_redrawing_is_done_as_text() -> None:
    inner, chats = Wire(fails={"edit": refused("RICH_VALIDATE_CTOR_NOT_ALLOWED")}), Chats()

    await FallbackWire(inner, chats).edit(7, 1, TABLES)

    assert [(told.screen, told.message) for told in inner.told] == [(TABLES, 1), (TEXT, 1)]
    assert chats.back == [7]


@pytest.mark.parametrize("words", [UNCHANGED, *GONE])
async def test_what_is_no_refusal_of_tables_stays_what_it_is(words: str) -> None:
    inner, chats = Wire(fails={"edit": refused(words)}), Chats()

    with pytest.raises(TelegramBadRequest):
        await FallbackWire(inner, chats).edit(7, 1, TABLES)

    assert len(inner.told) == 1
    assert chats.back == []


@pytest.mark.parametrize("what", ["send", "edit"])
async def test_a_refused_text_is_told(what: str) -> None:
    inner, chats = Wire(fails={what: refused("can't parse entities")}), Chats()
    where = (7,) if what == "send" else (7, 1)

    with pytest.raises(TelegramBadRequest):
        await getattr(FallbackWire(inner, chats), what)(*where, TEXT)

    assert chats.back == []


async def test_when_the_text_is_refused_too_the_choice_stays() -> None:
    class Closed(Wire):
        async def send(self, chat_id: int, screen: Screen) -> int:
            raise refused("chat not found")

    chats = Chats()

    with pytest.raises(TelegramBadRequest):
        await FallbackWire(Closed(), chats).send(7, TABLES)

    assert chats.back == []


async def test_the_rest_goes_through() -> None:
    inner = Wire()
    wire = FallbackWire(inner, Chats())

    await wire.send_document(7, Document("a.pdf", b"%PDF"))
    await wire.answer("1")
    await wire.delete(7, 1)
    await wire.delete_many(7, [1])

    said = [told.what for told in inner.told]
    assert said == ["send_document", "answer", "delete", "delete_many"]
