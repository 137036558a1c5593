"""Outside a private chat the bot says once that it works in private only, and no more (A1)."""

from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.enums import ChatType
from aiogram.fsm.storage.base import BaseStorage, StorageKey
from aiogram.types import CallbackQuery, Message, TelegramObject

from conversations.home import views
from conversations.texts import TextsByLocale
from handlers.acting import Handler, sender
from handlers.show import Show

TOLD = "private_only_told"


class PrivateOnly(BaseMiddleware):
    """That it was said is kept in the FSM storage, so that a restart does not say it again."""

    def __init__(self, show: Show, texts: TextsByLocale, storage: BaseStorage) -> None:
        self._show = show
        self._texts = texts
        self._storage = storage

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        message = event.message if isinstance(event, CallbackQuery) else event
        if message is None or not hasattr(message, "chat"):
            return None
        if message.chat.type == ChatType.PRIVATE:
            return await handler(event, data)
        if isinstance(event, Message):
            await self._say_once(event, data["bot"])
        return None

    async def _say_once(self, message: Message, bot: Bot) -> None:
        chat = message.chat.id
        key = StorageKey(bot_id=bot.id, chat_id=chat, user_id=chat)
        if await self._storage.get_state(key) == TOLD:
            return
        await self._storage.set_state(key, TOLD)
        user = sender(message)
        texts = self._texts(user.language_code if user is not None else None)
        await self._show(message, views.private_only(texts))
