"""Bot API calls as plain JSON over one kept HTTP session; answers are decoded, not modelled."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from aiogram.exceptions import TelegramNetworkError
from aiohttp import (
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    FormData,
    TCPConnector,
)

from bot.wire.answers import call_of, check_answer, read_answer

SECONDS = 30.0
"""How long an answer may take, beyond what a long poll asks for."""
UPLOADING = 60.0  # seconds more for a file
BIGGEST = 20 * 2**20  # bytes that Telegram hands a bot
DOWNLOADING = 120.0  # seconds for a whole file
JSON_BODY = {"Content-Type": "application/json"}


class Overflow(Exception):
    """A file is larger than may be read."""


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

    async def download(
        self, file_id: str, *, most: int = BIGGEST, seconds: float = DOWNLOADING
    ) -> bytes:
        """What somebody sent; no more than ``most`` bytes are read of it. Raises Overflow.

        aiogram's own tells the address, and with it the token, in what it raises.
        """
        found = await self.call("getFile", {"file_id": file_id})
        path = str(found.get("file_path") or "")
        if int(found.get("file_size") or 0) > most:
            raise Overflow
        try:
            async with self._http().get(
                self._files + quote(path), timeout=ClientTimeout(total=seconds)
            ) as response:
                return await _content(response, most)
        except (TimeoutError, ClientError) as error:
            method = call_of("getFile", {})
            raise TelegramNetworkError(method, type(error).__name__) from None

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


async def _content(response: ClientResponse, most: int) -> bytes:
    """Raises ClientError without its address, Overflow."""
    if response.status != 200:
        raise ClientError(f"HTTP {response.status}")
    read = bytearray()
    async for chunk in response.content.iter_chunked(2**16):
        read += chunk
        if len(read) > most:
            raise Overflow
    return bytes(read)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
