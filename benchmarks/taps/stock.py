"""BARE: what a tutorial's bot does with a calendar. No database, no rights, no rules."""

from typing import Any

from aiogram import Dispatcher
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

Keyboard = list[list[dict[str, Any]]]


def dispatcher(text: str, keyboard: Keyboard) -> Dispatcher:
    """Answers, and edits the message with a keyboard that is built anew for each tap."""

    async def tapped(query: CallbackQuery) -> None:
        await query.answer()
        rows = [[InlineKeyboardButton(**button) for button in row] for row in keyboard]
        markup = InlineKeyboardMarkup(inline_keyboard=rows)
        assert isinstance(query.message, Message)
        await query.message.edit_text(text, parse_mode="HTML", reply_markup=markup)

    made = Dispatcher()
    made.callback_query.register(tapped)
    return made
