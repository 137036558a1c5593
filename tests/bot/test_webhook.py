"""The webhook: proven by its secret alone, and answered when the work is done."""

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.background import Background
from bot.playground.server import Playground
from bot.webhook import HEADER, LARGEST, PATH, Webhook
from bot.wire.http import BotApi
from tests.bot.timing import FakeTime
from tests.driver import Parent

SECRET = "a-long-secret-of-this-test"
ANNE = 1001


class Desk:
    """Handles when it is let."""

    def __init__(self) -> None:
        self.done: list[int] = []
        self.entered = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self, update: dict[str, Any]) -> None:
        self.entered.set()
        await self.gate.wait()
        self.done.append(update["update_id"])


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def calls(playground: Playground) -> AsyncIterator[BotApi]:
    api = BotApi(playground.token, playground.url)
    yield api
    await api.close()


@pytest.fixture
async def shut(
    calls: BotApi, desk: Desk, background: Background, time: FakeTime
) -> AsyncIterator[Webhook]:
    """Before it opens."""
    yield Webhook(
        calls,
        desk,
        background,
        public_url="http://127.0.0.1:1",
        secret=SECRET,
        host="127.0.0.1",
        port=0,
        allowed_updates=["message"],
        sleep=time.sleep,
    )
    await background.stop()


@pytest.fixture
async def webhook(shut: Webhook) -> AsyncIterator[Webhook]:
    await shut.start()
    yield shut
    await shut.stop()


async def post(webhook: Webhook, body: bytes, secret: str | bytes | None = SECRET) -> int:
    headers = {} if secret is None else {HEADER: secret}
    url = f"http://127.0.0.1:{webhook.port}{PATH}"
    async with (
        ClientSession() as telegram,
        telegram.post(url, data=BytesIO(body), headers=headers) as done,
    ):
        return done.status


async def test_an_update_is_handled_and_then_answered(webhook: Webhook, desk: Desk) -> None:
    assert await post(webhook, b'{"update_id": 5}') == 200
    assert desk.done == [5]


async def test_it_is_not_answered_before_it_is_handled(
    webhook: Webhook, desk: Desk, background: Background
) -> None:
    desk.gate.clear()
    posting = background.spawn(post(webhook, b'{"update_id": 5}'), "post")
    await desk.entered.wait()
    for _ in range(5):  # other requests come and go meanwhile
        await post(webhook, b"{}", secret=None)
    answered_early = posting.done()

    desk.gate.set()

    assert await posting == 200
    assert not answered_early


async def test_it_is_open_from_when_telegram_knows_it_until_it_stops(
    shut: Webhook, background: Background
) -> None:
    states = [shut.is_open]
    await shut.start()
    await background.settle(5.0)
    states.append(shut.is_open)
    await shut.stop()
    states.append(shut.is_open)

    assert states == [False, True, False]


async def test_the_same_update_twice_at_a_time_is_handled_once(
    webhook: Webhook, desk: Desk, background: Background
) -> None:
    desk.gate.clear()
    first = background.spawn(post(webhook, b'{"update_id": 5}'), "first")
    await desk.entered.wait()
    again = background.spawn(post(webhook, b'{"update_id": 5}'), "again")

    desk.gate.set()

    assert [await first, await again] == [200, 200]
    assert desk.done in ([5], [5, 5])  # the second may come after the first has ended


@pytest.mark.parametrize("secret", [None, "", "wrong", "sécret"])
async def test_without_the_secret_nobody_is_heard(
    webhook: Webhook, desk: Desk, secret: str | None
) -> None:
    assert await post(webhook, b'{"update_id": 5}', secret) == 401
    assert desk.done == []


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'{"x": 1}', b"\xff\xfe", b'{"update_id": "5"}', b"[" * 5000]
)
async def test_what_is_no_update_is_a_bad_request(
    webhook: Webhook, desk: Desk, body: bytes
) -> None:
    assert await post(webhook, body) == 400
    assert desk.done == []


async def test_too_large_a_body_is_refused(webhook: Webhook) -> None:
    assert await post(webhook, b"x" * (LARGEST + 1)) == 413


async def test_the_local_telegram_delivers_to_it(
    webhook: Webhook, calls: BotApi, playground: Playground, desk: Desk, background: Background
) -> None:
    address = f"http://127.0.0.1:{webhook.port}{PATH}"
    await background.settle(5)
    await calls.call("setWebhook", {"url": address, "secret_token": SECRET})
    playground.add_person(ANNE, "Anne")

    await Parent(playground.url, ANNE).say("Bonjour")
    await webhook.stop()

    assert len(desk.done) == 1
