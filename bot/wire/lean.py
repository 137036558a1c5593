"""Everything that makes a tap cheap, in one place; ``CARTABLE_LEAN_WIRE=false`` switches it off.

Four passes of pydantic are 60 % of a stock update (a 56-button keyboard modelled on its way in
and out, twice), and the collector walks all of it again. So: the content of the pressed message
is dropped before it is modelled, ours goes out as plain JSON, and of an answer that nobody reads
nothing is looked at but that it is a yes.
"""

import asyncio
import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from aiogram.exceptions import TelegramBadRequest

from bot.wire.batches import batched
from bot.wire.http import BotApi
from bot.wire.invoices import bill
from bot.wire.patience import Sleep, patiently
from bot.wire.rich import rich_message
from conversations.screen import Button, Document, Invoice, Row, Screen

CALM = (50_000, 20, 50)
NO_PREVIEW = {"is_disabled": True}
WHERE = ("message_id", "date", "chat")


class LeanWire:
    """``handlers.show.Wire``."""

    def __init__(
        self, api: BotApi, *, payment_token: str = "", sleep: Sleep = asyncio.sleep
    ) -> None:
        self._api, self._sleep, self._payment_token = api, sleep, payment_token

    async def send(self, chat_id: int, screen: Screen) -> int:
        name = "sendMessage" if screen.rich is None else "sendRichMessage"
        sent = await self._call(name, {"chat_id": chat_id, **_content(screen)})
        return int(sent["message_id"])

    async def send_document(self, chat_id: int, document: Document) -> int:
        field = "photo" if document.is_picture else "document"
        params: dict[str, Any] = {"chat_id": chat_id, "parse_mode": "HTML"}
        if document.caption:
            params["caption"] = document.caption
        if document.rows:
            params["reply_markup"] = _keyboard(document.rows)
        name, file = f"send{field.capitalize()}", (field, document.name, document.content)
        sent = await patiently(lambda: self._api.upload(name, params, file), self._sleep)
        return int(sent["message_id"])

    async def send_invoice(self, chat_id: int, invoice: Invoice) -> int:
        params = {"chat_id": chat_id, **bill(invoice, self._payment_token)}
        return int((await self._call("sendInvoice", params))["message_id"])

    async def answer_checkout(self, query_id: str, refusal: str | None) -> None:
        params: dict[str, Any] = {"pre_checkout_query_id": query_id, "ok": refusal is None}
        if refusal is not None:
            params["error_message"] = refusal
        await self._api.tell("answerPreCheckoutQuery", params)

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> None:
        params = {"chat_id": chat_id, "message_id": message_id, **_content(screen)}
        await patiently(lambda: self._api.tell("editMessageText", params), self._sleep)

    async def answer(
        self, callback_id: str, text: str | None = None, *, alert: bool = False
    ) -> None:
        params: dict[str, Any] = {"callback_query_id": callback_id}
        if text is not None:
            params["text"] = text
        if alert:
            params["show_alert"] = True
        await self._api.tell("answerCallbackQuery", params)

    async def delete(self, chat_id: int, message_id: int) -> bool:
        try:
            await self._call("deleteMessage", {"chat_id": chat_id, "message_id": message_id})
        except TelegramBadRequest:
            return False
        return True

    async def delete_many(self, chat_id: int, message_ids: Sequence[int]) -> None:
        for some in batched(message_ids):
            with suppress(TelegramBadRequest):
                params = {"chat_id": chat_id, "message_ids": some}
                await self._call("deleteMessages", params)

    async def _call(self, name: str, params: dict[str, Any]) -> Any:
        return await patiently(lambda: self._api.call(name, params), self._sleep)


def without_content(update: dict[str, Any]) -> dict[str, Any]:
    """The update, less what the pressed message said: a button says all that is read (A10)."""
    query = update.get("callback_query")
    if query is None or not isinstance(message := query.get("message"), dict):
        return update
    place = {name: message[name] for name in WHERE if name in message}
    return {**update, "callback_query": {**query, "message": place}}


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
    if screen.rich is not None:
        rows = _keyboard(screen.rich.rows)
        return {"rich_message": rich_message(screen.rich), "reply_markup": rows}
    content: dict[str, Any] = {
        "text": screen.text,
        "parse_mode": "HTML",
        "link_preview_options": NO_PREVIEW,
    }
    if screen.rows:
        content["reply_markup"] = _keyboard(screen.rows)
    return content


def _keyboard(rows: tuple[Row, ...]) -> dict[str, Any]:
    return {"inline_keyboard": [[_button(button) for button in row] for row in rows]}


def _button(button: Button) -> dict[str, str]:
    plain = {"text": button.text}
    if button.data is not None:
        plain["callback_data"] = button.data
    if button.url is not None:
        plain["url"] = button.url
    if button.style is not None:
        plain["style"] = button.style
    return plain
