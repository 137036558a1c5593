"""A fresh playground for each test, and both libraries behind one face."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from bot.playground.clock import ShiftableClock
from bot.playground.server import Playground
from tests.driver import Parent
from tests.playground.scene import CLAIRE, NOW, AiogramClient, TelegramClient

Api = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    playground = Playground(clock=ShiftableClock.frozen(NOW), webhook_backoff=lambda _: 0.0)
    await playground.start()
    playground.add_person(CLAIRE, "Claire", last_name="Dupont", started=True)
    yield playground
    await playground.stop()


@pytest.fixture
def claire(playground: Playground) -> Parent:
    return Parent(playground.url, CLAIRE)


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    timeout = aiohttp.ClientTimeout(total=30)
    async with aiohttp.ClientSession(timeout=timeout, trust_env=False) as session:
        yield session


@pytest.fixture
def api(playground: Playground, http: aiohttp.ClientSession) -> Api:
    """A raw call with a JSON body; gives the decoded answer, whatever the status."""

    async def call(method: str, **parameters: Any) -> dict[str, Any]:
        url = f"{playground.url}/bot{playground.token}/{method}"
        async with http.post(url, json=parameters) as response:
            return await response.json()

    return call


@pytest.fixture
def sim(playground: Playground, http: aiohttp.ClientSession) -> Api:
    """`sim("POST", "faults", method="sendMessage", ...)`: gives the decoded answer."""

    async def call(verb: str, path: str, **form: Any) -> dict[str, Any]:
        body = form if verb == "POST" else None
        async with http.request(verb, f"{playground.url}/sim/{path}", json=body) as response:
            return await response.json()

    return call


@pytest.fixture(params=[AiogramClient, TelegramClient], ids=lambda kind: kind.name)
async def client(
    request: pytest.FixtureRequest, playground: Playground
) -> AsyncIterator[AiogramClient | TelegramClient]:
    client = request.param(playground)
    await client.open()
    yield client
    await client.close()
