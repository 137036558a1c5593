"""Everything that makes a tap cheap, in one place; ``CARTABLE_LEAN_WIRE=false`` switches it off.

Four passes of pydantic are 60 % of a stock update (a 56-button keyboard modelled on its way in
and out, twice), and the collector walks all of it again. So: the keyboard of the pressed message
is dropped before it is modelled, ours goes out as plain JSON, the answer is decoded and no more.
"""

import asyncio
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiogram.exceptions import TelegramBadRequest

from bot.wire.http import BotApi
from bot.wire.patience import Sleep, patiently
from conversations.screen import Button, Screen

CALM = (50_000, 20, 50)
NO_PREVIEW = {"is_disabled": True}


class LeanWire:
    """``handlers.show.Wire``."""

    def __init__(self, api: BotApi, *, sleep: Sleep = asyncio.sleep) -> None:
        self._api, self._sleep = api, sleep

    async def send(self, chat_id: int, screen: Screen) -> int:
        sent = await self._call("sendMessage", {"chat_id": chat_id, **_content(screen)})
        return int(sent["message_id"])

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> None:
        target = {"chat_id": chat_id, "message_id": message_id}
        await self._call("editMessageText", {**target, **_content(screen)})

    async def answer(
        self, callback_id: str, text: str | None = None, *, alert: bool = False
    ) -> None:
        params: dict[str, Any] = {"callback_query_id": callback_id}
        if text is not None:
            params["text"] = text
        if alert:
            params["show_alert"] = True
        await self._api.call("answerCallbackQuery", params)

    async def delete(self, chat_id: int, message_id: int) -> bool:
        try:
            await self._call("deleteMessage", {"chat_id": chat_id, "message_id": message_id})
        except TelegramBadRequest:
            return False
        return True

    async def _call(self, name: str, params: dict[str, Any]) -> Any:
        return await patiently(lambda: self._api.call(name, params), self._sleep)


def without_keyboard(update: dict[str, Any]) -> dict[str, Any]:
    """The update, less the keyboard that the pressed message carries back: nobody reads it."""
    message = update.get("callback_query", {}).get("message")
    if isinstance(message, dict):
        message.pop("reply_markup", None)
    return update


@contextmanager
def calm_collector() -> Iterator[None]:
    """What was imported lives for ever: it is not walked again, and young rubbish waits longer."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*CALM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _content(screen: Screen) -> dict[str, Any]:
    content: dict[str, Any] = {
        "text": screen.text,
        "parse_mode": "HTML",
        "link_preview_options": NO_PREVIEW,
    }
    if screen.rows:
        rows = [[_button(button) for button in row] for row in screen.rows]
        content["reply_markup"] = {"inline_keyboard": rows}
    return content


def _button(button: Button) -> dict[str, str]:
    plain = {"text": button.text}
    if button.data is not None:
        plain["callback_data"] = button.data
    if button.url is not None:
        plain["url"] = button.url
    if button.style is not None:
        plain["style"] = button.style
    return plain
