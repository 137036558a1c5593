"""The handlers' way to Telegram by aiogram's own methods and models."""

import asyncio

from aiogram import Bot
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions

from bot.wire.patience import Sleep, patiently
from conversations.screen import Button, Screen

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class StockWire:
    """``handlers.show.Wire``."""

    def __init__(self, bot: Bot, *, sleep: Sleep = asyncio.sleep) -> None:
        self._bot, self._sleep = bot, sleep

    async def send(self, chat_id: int, screen: Screen) -> int:
        message = await patiently(
            lambda: self._bot.send_message(
                chat_id,
                screen.text,
                parse_mode=ParseMode.HTML,
                reply_markup=_markup(screen),
                link_preview_options=NO_PREVIEW,
            ),
            self._sleep,
        )
        return message.message_id

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> None:
        await patiently(
            lambda: self._bot.edit_message_text(
                screen.text,
                chat_id=chat_id,
                message_id=message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=_markup(screen),
                link_preview_options=NO_PREVIEW,
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


def _markup(screen: Screen) -> InlineKeyboardMarkup | None:
    if not screen.rows:
        return None
    keyboard = [[_button(button) for button in row] for row in screen.rows]
    return InlineKeyboardMarkup(inline_keyboard=keyboard)


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        text=button.text, callback_data=button.data, url=button.url, style=button.style
    )
