"""Who and when; and the two libraries behind one face."""

from datetime import UTC, datetime
from typing import Any

import aiogram
import pytest
import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BufferedInputFile
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.playground.server import Playground

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
CLAIRE = 1001
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000002000000030802000000368849d6"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)


class AiogramClient:
    name = "aiogram"

    def __init__(self, playground: Playground) -> None:
        session = AiohttpSession(api=TelegramAPIServer.from_base(playground.url))
        self.bot = aiogram.Bot(playground.token, session=session)

    async def open(self) -> None: ...

    async def close(self) -> None:
        """Without the pause that the library makes for TLS."""
        if self.bot.session._session is not None:
            await self.bot.session._session.close()

    async def __call__(self, method: str, **parameters: Any) -> Any:
        return await getattr(self.bot, method)(**parameters)

    async def refusal(self, method: str, **parameters: Any) -> str:
        with pytest.raises(TelegramAPIError) as refused:
            await self(method, **parameters)
        return refused.value.message.lower().removeprefix("bad request: ")

    def keyboard(self, *rows: list[tuple[str, str]]) -> Any:
        return aiogram.types.InlineKeyboardMarkup(
            inline_keyboard=[
                [aiogram.types.InlineKeyboardButton(text=t, callback_data=d) for t, d in row]
                for row in rows
            ]
        )

    def command(self, name: str, description: str) -> Any:
        return aiogram.types.BotCommand(command=name, description=description)

    def price(self, label: str, amount: int) -> Any:
        return aiogram.types.LabeledPrice(label=label, amount=amount)

    def file(self, data: bytes, name: str) -> Any:
        return BufferedInputFile(data, name)

    def photo(self, data: bytes, caption: str) -> Any:
        media = self.file(data, "photo.png")
        return aiogram.types.InputMediaPhoto(media=media, caption=caption, parse_mode="HTML")

    async def download(self, file_id: str) -> bytes:
        file = await self.bot.get_file(file_id)
        return (await self.bot.download_file(file.file_path)).read()


class TelegramClient:
    name = "python-telegram-bot"

    def __init__(self, playground: Playground) -> None:
        requests = [
            HTTPXRequest(httpx_kwargs={"trust_env": False, "verify": False}) for _ in range(2)
        ]
        self.bot = ExtBot(
            playground.token,
            base_url=playground.url + "/bot",
            base_file_url=playground.url + "/file/bot",
            request=requests[0],
            get_updates_request=requests[1],
        )

    async def open(self) -> None:
        await self.bot.initialize()

    async def close(self) -> None:
        await self.bot.shutdown()

    async def __call__(self, method: str, **parameters: Any) -> Any:
        return await getattr(self.bot, method)(**parameters)

    async def refusal(self, method: str, **parameters: Any) -> str:
        with pytest.raises(telegram.error.TelegramError) as refused:
            await self(method, **parameters)
        return refused.value.message.lower()

    def keyboard(self, *rows: list[tuple[str, str]]) -> Any:
        return telegram.InlineKeyboardMarkup(
            [[telegram.InlineKeyboardButton(t, callback_data=d) for t, d in row] for row in rows]
        )

    def command(self, name: str, description: str) -> Any:
        return telegram.BotCommand(name, description)

    def price(self, label: str, amount: int) -> Any:
        return telegram.LabeledPrice(label, amount)

    def file(self, data: bytes, name: str) -> Any:
        return telegram.InputFile(data, filename=name)

    def photo(self, data: bytes, caption: str) -> Any:
        return telegram.InputMediaPhoto(data, caption=caption, parse_mode="HTML")

    async def download(self, file_id: str) -> bytes:
        file = await self.bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())
