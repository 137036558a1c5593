"""Ways to Telegram that end before the socket: everything is written and read, nothing is sent."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType

from bot.settings import Settings
from bot.wire.answers import check_answer, read_answer
from bot.wire.http import BotApi
from bot.wire.lean import LeanWire
from bot.wire.stock import StockWire
from bot.wiring import Application
from domain.clock import Clock

DONE = b'{"ok":true,"result":true}'


@dataclass(slots=True)
class Telegram:
    """Answers as Telegram does, and counts what it is asked."""

    edited: bytes
    calls: Counter[str] = field(default_factory=Counter)

    def answer(self, name: str) -> bytes:
        self.calls[name] += 1
        return self.edited if name == "editMessageText" else DONE

    def check(self, taps: int) -> None:
        """Two calls a tap, and no other."""
        assert self.calls == {"answerCallbackQuery": taps, "editMessageText": taps}, self.calls
        self.calls.clear()


class StockSession(AiohttpSession):
    """aiogram's own, up to the form and from the answer's text on."""

    def __init__(self, telegram: Telegram) -> None:
        super().__init__()
        self._telegram = telegram

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's
    ) -> TelegramType:
        assert self.build_form_data(bot=bot, method=method)
        answer = self._telegram.answer(method.__api_method__)
        read = self.check_response(bot, method, 200, answer.decode())
        return cast(TelegramType, read.result)


class LeanApi(BotApi):
    """Ours, up to the bytes of the body and from the answer's bytes on."""

    def __init__(self, token: str, telegram: Telegram) -> None:
        super().__init__(token, "http://127.0.0.1")
        self._telegram = telegram

    async def call(self, name: str, params: Mapping[str, Any], *, wait: float = 0) -> Any:
        assert json.dumps(params, ensure_ascii=False, separators=(",", ":")).encode()
        return read_answer(name, params, 200, self._telegram.answer(name))

    async def tell(self, name: str, params: Mapping[str, Any]) -> None:
        assert json.dumps(params, ensure_ascii=False, separators=(",", ":")).encode()
        check_answer(name, params, 200, self._telegram.answer(name))


class Offline(Application):
    """The bot as it runs, but for the sockets."""

    def __init__(self, settings: Settings, clock: Clock, telegram: Telegram) -> None:
        super().__init__(settings, clock=clock)
        self._lean, self._telegram = settings.lean_wire, telegram

    def _connect(self, stack: Any) -> None:
        super()._connect(stack)
        self._api = LeanApi(self._token, self._telegram)
        self.bot = Bot(self._token, session=StockSession(self._telegram))
        stack.push_async_callback(self.bot.session.close)
        self.wire = LeanWire(self._api) if self._lean else StockWire(self.bot)
