"""Bot API calls as plain JSON over one kept HTTP session; answers are decoded, not modelled."""

import json
from collections.abc import Mapping
from typing import Any

from aiogram.exceptions import TelegramNetworkError
from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from bot.wire.answers import call_of, read_answer

SECONDS = 30.0
"""How long an answer may take, beyond what a long poll asks for."""


class BotApi:
    """``base`` is the server's root, as in https://api.telegram.org."""

    def __init__(self, token: str, base: str, *, seconds: float = SECONDS) -> None:
        self._root = f"{base.rstrip('/')}/bot{token}/"
        self._seconds = seconds
        self._session: ClientSession | None = None

    async def call(self, name: str, params: Mapping[str, Any], *, wait: float = 0) -> Any:
        """The ``result``; refusals are aiogram's exceptions. ``wait``: seconds of a long poll."""
        body = json.dumps(params, ensure_ascii=False, separators=(",", ":")).encode()
        try:
            async with self._http().post(
                self._root + name,
                data=body,
                headers={"Content-Type": "application/json"},
                timeout=ClientTimeout(total=wait + self._seconds),
            ) as response:
                content = await response.read()
        except (TimeoutError, ClientError) as error:
            # Its text holds the address, and the address holds the token.
            raise TelegramNetworkError(call_of(name, params), type(error).__name__) from None
        return read_answer(name, params, response.status, content)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _http(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(connector=TCPConnector(limit=100))
        return self._session
