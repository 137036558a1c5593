"""Long work shows where it is, in the message that will hold its result (O5)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiogram.exceptions import AiogramError

from conversations.imports import views
from conversations.texts import Texts
from domain.errors import DomainError
from domain.imports.ports import Progress
from handlers.show import Wire

EVERY = 3.0
"""Seconds between two redraws: Telegram lets a chat be written to about once a second."""


@dataclass
class Latest:
    """Told from any thread; only the last word counts."""

    stage: str = "reading"
    done: int = 0
    lines: int = 0

    def __call__(self, stage: str, done: int, lines: int) -> None:
        self.stage, self.done, self.lines = stage, done, lines


@asynccontextmanager
async def shown(
    wire: Wire, chat_id: int, message_id: int, t: Texts, every: float = EVERY
) -> AsyncIterator[Progress]:
    """An edit in hand has ended when this does: none comes after the result."""
    latest, refused = Latest(), None
    async with asyncio.TaskGroup() as beside:
        drawing = beside.create_task(_draw(wire, chat_id, message_id, latest, t, every))
        try:
            yield latest
        except DomainError as error:
            refused = error  # bare, and not in a group
        finally:
            drawing.cancel()
    if refused is not None:
        raise refused


async def _draw(
    wire: Wire, chat_id: int, message_id: int, latest: Latest, t: Texts, every: float
) -> None:
    before = None
    while True:
        await asyncio.sleep(every)
        screen = views.working(latest.stage, latest.done, latest.lines, t)
        if screen == before:
            continue
        before = screen
        try:
            await wire.edit(chat_id, message_id, screen)
        except AiogramError:
            continue  # the result will be shown all the same
