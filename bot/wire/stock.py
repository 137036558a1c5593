"""The handlers' way to Telegram by aiogram's own methods and models."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from aiogram import Bot
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputRichMessage,
    LinkPreviewOptions,
)

from bot.wire.batches import batched
from bot.wire.invoices import bill
from bot.wire.patience import Sleep, patiently
from bot.wire.rich import rich_message
from conversations.screen import Button, Document, Invoice, Rich, Row, Screen

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class StockWire:
    """``handlers.show.Wire``."""

    def __init__(self, bot: Bot, *, payment_token: str = "", sleep: Sleep = asyncio.sleep) -> None:
        self._bot, self._sleep, self._payment_token = bot, sleep, payment_token

    async def send(self, chat_id: int, screen: Screen) -> int:
        if screen.rich is not None:
            return await self._send_rich(chat_id, screen.rich)
        message = await patiently(
            lambda: self._bot.send_message(
                chat_id,
                screen.text,
                parse_mode=ParseMode.HTML,
                reply_markup=_markup(screen.rows),
                link_preview_options=NO_PREVIEW,
            ),
            self._sleep,
        )
        return message.message_id

    async def send_document(self, chat_id: int, document: Document) -> int:
        send = self._bot.send_photo if document.is_picture else self._bot.send_document
        file = BufferedInputFile(document.content, document.name)
        message = await patiently(
            lambda: send(
                chat_id,
                file,
                caption=document.caption or None,
                parse_mode=ParseMode.HTML,
                reply_markup=_markup(document.rows),
            ),
            self._sleep,
        )
        return message.message_id

    async def send_invoice(self, chat_id: int, invoice: Invoice) -> int:
        params = bill(invoice, self._payment_token)
        message = await patiently(lambda: self._bot.send_invoice(chat_id, **params), self._sleep)
        return message.message_id

    async def answer_checkout(self, query_id: str, refusal: str | None) -> None:
        ok = refusal is None
        await self._bot.answer_pre_checkout_query(query_id, ok, refusal)

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> None:
        if screen.rich is not None:
            await self._edit_rich(chat_id, message_id, screen.rich)
            return
        await patiently(
            lambda: self._bot.edit_message_text(
                screen.text,
                chat_id=chat_id,
                message_id=message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=_markup(screen.rows),
                link_preview_options=NO_PREVIEW,
            ),
            self._sleep,
        )

    async def _send_rich(self, chat_id: int, rich: Rich) -> int:
        content, markup = _rich(rich), _markup(rich.rows)
        message = await patiently(
            lambda: self._bot.send_rich_message(chat_id, content, reply_markup=markup),
            self._sleep,
        )
        return message.message_id

    async def _edit_rich(self, chat_id: int, message_id: int, rich: Rich) -> None:
        content, markup = _rich(rich), _markup(rich.rows)
        await patiently(
            lambda: self._bot.edit_message_text(
                chat_id=chat_id,
                message_id=message_id,
                rich_message=content,
                reply_markup=markup,
                parse_mode=None,  # of a text, which there is none
            ),
            self._sleep,
        )

    async def answer(
        self, callback_id: str, text: str | None = None, *, alert: bool = False
    ) -> None:
        await self._bot.answer_callback_query(callback_id, text, show_alert=alert or None)

    async def delete(self, chat_id: int, message_id: int) -> bool:
        try:
            await patiently(lambda: self._bot.delete_message(chat_id, message_id), self._sleep)
        except TelegramBadRequest:
            return False
        return True

    async def delete_many(self, chat_id: int, message_ids: Sequence[int]) -> None:
        for some in batched(message_ids):
            with suppress(TelegramBadRequest):
                await patiently(partial(self._bot.delete_messages, chat_id, some), self._sleep)


def _rich(rich: Rich) -> InputRichMessage:
    return InputRichMessage.model_validate(rich_message(rich))


def _markup(rows: tuple[Row, ...]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    keyboard = [[_button(button) for button in row] for row in rows]
    return InlineKeyboardMarkup(inline_keyboard=keyboard)


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        text=button.text, callback_data=button.data, url=button.url, style=button.style
    )
