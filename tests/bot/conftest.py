import logging
from collections.abc import AsyncIterator, Iterator

import pytest
import structlog
from aiohttp import web

from bot.background import Background
from bot.playground.server import Playground
from tests.bot.scripted import ScriptedApi
from tests.bot.timing import Crowd, FakeTime


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """Configuring logs is for a process; here it must not outlive its test."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


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
