"""Links into the chat with the bot, for letters and mails."""

import asyncio

from aiogram.utils.link import create_telegram_link

from bot.wire.http import BotApi


class BotLinks:
    """``name`` is the bot's; without one Telegram is asked for it, once."""

    def __init__(self, api: BotApi, name: str | None = None) -> None:
        self._api = api
        self._name = name
        self._asking = asyncio.Lock()

    async def start(self, token: str) -> str:
        """``https://t.me/<name>?start=<token>``; ``token`` is 1 to 64 of A-Z a-z 0-9 _ -."""
        return create_telegram_link(await self._bot_name(), start=token)

    async def chat(self) -> str:
        return create_telegram_link(await self._bot_name())

    async def _bot_name(self) -> str:
        async with self._asking:
            if self._name is None:
                self._name = str((await self._api.call("getMe", {}))["username"])
            return self._name
