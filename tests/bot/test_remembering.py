"""Each new message is remembered, and no redrawn one (A9)."""

from typing import Any

import pytest

from bot.wire.remembering import RememberingWire
from conversations.screen import Document, Screen
from tests.handlers.stage import Wire

SCREEN, PAPER = Screen("Bonjour"), Document("a.pdf", b"%PDF")


class Memory:
    def __init__(self) -> None:
        self.kept: list[tuple[int, int]] = []

    async def __call__(self, chat: int, message: int) -> None:
        self.kept.append((chat, message))


@pytest.mark.parametrize(("what", "sent"), [("send", SCREEN), ("send_document", PAPER)])
async def test_a_new_message_is_remembered_by_its_chat_and_number(what: str, sent: Any) -> None:
    memory = Memory()

    message = await getattr(RememberingWire(Wire(), memory), what)(7, sent)

    assert memory.kept == [(7, message)]


async def test_a_tap_remembers_nothing() -> None:
    memory, inner = Memory(), Wire()
    wire = RememberingWire(inner, memory)

    await wire.edit(7, 1, SCREEN)
    await wire.answer("1")
    await wire.delete(7, 1)
    await wire.delete_many(7, [1, 2])

    assert memory.kept == []
    assert [told.what for told in inner.told] == ["edit", "answer", "delete", "delete_many"]
