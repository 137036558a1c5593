from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.background import Background
from bot.playground.server import Playground
from tests.bot.scripted import ScriptedApi
from tests.bot.timing import Crowd, FakeTime


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


@pytest.fixture
async def background() -> AsyncIterator[Background]:
    owner = Background()
    yield owner
    await owner.stop()


@pytest.fixture
def crowd(time: FakeTime) -> Crowd:
    return Crowd(time)


@pytest.fixture
async def api() -> AsyncIterator[ScriptedApi]:
    scripted = ScriptedApi()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", scripted.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    scripted.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield scripted
    scripted.release()
    await runner.cleanup()


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    local = Playground()
    await local.start()
    yield local
    await local.stop()
