"""Bot API calls as plain JSON over one kept HTTP session; answers are decoded, not modelled."""

import json
from collections.abc import Mapping
from typing import Any

from aiogram.exceptions import TelegramNetworkError
from aiohttp import ClientError, ClientSession, ClientTimeout, FormData, TCPConnector

from bot.wire.answers import call_of, check_answer, read_answer

SECONDS = 30.0
"""How long an answer may take, beyond what a long poll asks for."""
UPLOADING = 60.0  # seconds more for a file
JSON_BODY = {"Content-Type": "application/json"}


class BotApi:
    """``base`` is the server's root, as in https://api.telegram.org."""

    def __init__(self, token: str, base: str, *, seconds: float = SECONDS) -> None:
        self._root = f"{base.rstrip('/')}/bot{token}/"
        self._files = f"{base.rstrip('/')}/file/bot{token}/"
        self._seconds = seconds
        self._session: ClientSession | None = None

    async def call(self, name: str, params: Mapping[str, Any], *, wait: float = 0) -> Any:
        """The ``result``; refusals are aiogram's exceptions. ``wait``: seconds of a long poll."""
        body = _json(params).encode()
        return read_answer(name, params, *await self._post(name, params, body, JSON_BODY, wait))

    async def tell(self, name: str, params: Mapping[str, Any]) -> None:
        """The same for an answer that nobody reads: a yes is not decoded."""
        status, content = await self._post(name, params, _json(params).encode(), JSON_BODY, 0)
        check_answer(name, params, status, content)

    async def upload(
        self, name: str, params: Mapping[str, Any], file: tuple[str, str, bytes]
    ) -> Any:
        """The same with a file: its field, its name, its content."""
        form = FormData(quote_fields=False)  # a name with an accent is a name
        for key, value in params.items():
            form.add_field(key, value if isinstance(value, str) else _json(value))
        field, file_name, content = file
        form.add_field(field, content, filename=file_name)
        return read_answer(name, params, *await self._post(name, params, form, {}, UPLOADING))

    async def download(self, file_id: str) -> bytes:
        """What was sent to the bot, at most 20 MB."""
        found = await self.call("getFile", {"file_id": file_id})
        try:
            async with self._http().get(
                self._files + found["file_path"], timeout=ClientTimeout(total=UPLOADING)
            ) as response:
                response.raise_for_status()
                return await response.read()
        except (TimeoutError, ClientError) as error:
            # Its text holds the address, and the address holds the token.
            said = call_of("getFile", {})
            raise TelegramNetworkError(said, type(error).__name__) from None

    async def _post(
        self,
        name: str,
        params: Mapping[str, Any],
        body: bytes | FormData,
        headers: Mapping[str, str],
        wait: float,
    ) -> tuple[int, bytes]:
        try:
            async with self._http().post(
                self._root + name,
                data=body,
                headers=headers,
                timeout=ClientTimeout(total=wait + self._seconds),
            ) as response:
                return response.status, await response.read()
        except (TimeoutError, ClientError) as error:
            # Its text holds the address, and the address holds the token.
            raise TelegramNetworkError(call_of(name, params), type(error).__name__) from None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _http(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(connector=TCPConnector(limit=100))
        return self._session


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
