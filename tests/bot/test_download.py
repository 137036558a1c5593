"""What was sent to the bot is fetched within limits, and the token is never told."""

import asyncio
import traceback
from collections.abc import AsyncIterator

import pytest
from aiogram.exceptions import TelegramNetworkError
from aiohttp import web

from bot.wire.documents import FetchDocument
from bot.wire.http import BotApi, Overflow
from domain.imports.errors import NotReceived, TooBig

TOKEN = "1234:AAE-secret-of-the-bot"


class Shelf:
    """A Bot API that has one file. ``said``: the size that it tells, which may be a lie."""

    def __init__(self) -> None:
        self.content, self.said, self.status, self.hangs = b"x" * 100, 0, 200, False
        self.url = ""
        self._release = asyncio.Event()

    async def find(self, _: web.Request) -> web.Response:
        if self.status == 400:
            words = "Bad Request: file is too big"
            return web.json_response(
                {"ok": False, "error_code": 400, "description": words}, status=400
            )
        found = {"file_id": "f", "file_unique_id": "u", "file_path": "documents/é 1.csv"}
        return web.json_response({"ok": True, "result": {**found, "file_size": self.said}})

    async def give(self, request: web.Request) -> web.Response:
        assert request.match_info["path"] == "documents/é 1.csv"
        if self.hangs:
            await self._release.wait()
        return web.Response(body=self.content, status=self.status)

    def release(self) -> None:
        self._release.set()


@pytest.fixture
async def shelf() -> AsyncIterator[Shelf]:
    held, app = Shelf(), web.Application()
    app.add_routes(
        [
            web.post("/bot{token}/getFile", held.find),
            web.get("/file/bot{token}/{path:.+}", held.give),
        ]
    )
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    held.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield held
    held.release()
    await runner.cleanup()


@pytest.fixture
async def api(shelf: Shelf) -> AsyncIterator[BotApi]:
    made = BotApi(TOKEN, shelf.url)
    yield made
    await made.close()


async def test_a_file_is_fetched_whole(api: BotApi, shelf: Shelf) -> None:
    assert await api.download("f", most=100) == shelf.content


@pytest.mark.parametrize("said", [0, 1, 100])
async def test_a_byte_too_many_is_not_read_whatever_size_is_told(
    api: BotApi, shelf: Shelf, said: int
) -> None:
    shelf.said = said

    with pytest.raises(Overflow):
        await api.download("f", most=99)


async def test_what_takes_too_long_is_given_up(api: BotApi, shelf: Shelf) -> None:
    shelf.hangs = True

    with pytest.raises(TelegramNetworkError):
        await api.download("f", most=100, seconds=0.05)


@pytest.mark.parametrize("status", [401, 404, 500])
async def test_a_refusal_does_not_tell_the_token(api: BotApi, shelf: Shelf, status: int) -> None:
    shelf.status = status

    with pytest.raises(TelegramNetworkError) as told:
        await api.download("f", most=100)

    whole = "".join(traceback.format_exception(told.value))
    assert TOKEN not in whole
    assert TOKEN not in repr(told.value)


async def test_nobody_there_does_not_tell_the_token() -> None:
    api = BotApi(TOKEN, "http://127.0.0.1:1")

    with pytest.raises(TelegramNetworkError) as told:
        await api.download("f", most=100)

    assert TOKEN not in "".join(traceback.format_exception(told.value))
    await api.close()


async def test_refusals_are_the_domains_own(api: BotApi, shelf: Shelf) -> None:
    with pytest.raises(TooBig):
        await FetchDocument(api, most=99)("f")
    shelf.status = 500
    with pytest.raises(NotReceived):
        await FetchDocument(api)("f")
    shelf.status = 400
    with pytest.raises(TooBig):
        await FetchDocument(api)("f")
