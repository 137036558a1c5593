"""The same promises against the local Bot API server, over real HTTP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs

from bot.background import Background
from bot.playground.server import Playground
from bot.polling import Pauses, Poller
from bot.wire.http import BotApi
from tests.bot.timing import FakeTime

ANNE, BRUNO = 1001, 1002
Handle = Callable[[dict[str, Any]], Awaitable[None]]


@pytest.fixture
async def bot_api(playground: Playground) -> AsyncIterator[BotApi]:
    for person, name in ((ANNE, "Anne"), (BRUNO, "Bruno")):
        playground.add_person(person, name, started=True)
    api = BotApi(playground.token, playground.url)
    yield api
    await api.close()


@pytest.fixture
def poller(bot_api: BotApi, background: Background, time: FakeTime) -> Callable[[Handle], Poller]:
    def make(handle: Handle) -> Poller:
        pauses = Pauses(patience=0.01, grace=0.05)
        return Poller(
            bot_api,
            handle,
            background,
            allowed_updates=["message"],
            pauses=pauses,
            sleep=time.sleep,
        )

    return make


async def say(playground: Playground, person: int, text: str) -> None:
    async with ClientSession() as phone:
        await phone.post(f"{playground.url}/sim/chats/{person}/text", json={"text": text})


def pending(playground: Playground) -> list[int]:
    return [update.update_id for update in playground.world.updates.pending]


class Ear:
    """Hears texts; stops at one that it is told to wait at."""

    def __init__(self, *, expected: int, stuck_at: str = "") -> None:
        self.heard: list[str] = []
        self.all = asyncio.Event()
        self._expected, self._stuck_at = expected, stuck_at

    async def __call__(self, update: dict[str, Any]) -> None:
        text = update["message"]["text"]
        if text == self._stuck_at:
            await asyncio.Event().wait()
        self.heard.append(text)
        if len(self.heard) == self._expected:
            self.all.set()


async def test_after_a_clean_stop_nothing_is_left(
    playground: Playground, poller: Callable[[Handle], Poller]
) -> None:
    ear = Ear(expected=2)
    await say(playground, ANNE, "un")
    await say(playground, BRUNO, "deux")
    running = poller(ear)

    await running.start()
    await ear.all.wait()
    await running.stop()

    assert sorted(ear.heard) == ["deux", "un"]
    assert pending(playground) == []


async def test_a_kill_loses_nothing_and_a_restart_takes_it_up(
    playground: Playground, poller: Callable[[Handle], Poller], background: Background
) -> None:
    killed, restarted = Ear(expected=1, stuck_at="deux"), Ear(expected=1)
    await say(playground, ANNE, "un")
    await say(playground, BRUNO, "deux")
    await poller(killed).start()
    await killed.all.wait()
    await background.stop()
    left = len(pending(playground))

    again = poller(restarted)
    await again.start()
    await restarted.all.wait()
    await again.stop()

    assert left >= 1
    assert "deux" in restarted.heard
    assert pending(playground) == []


async def test_polling_takes_over_from_a_forgotten_webhook(
    playground: Playground, bot_api: BotApi, poller: Callable[[Handle], Poller]
) -> None:
    await bot_api.call("setWebhook", {"url": "http://127.0.0.1:1/forgotten"})
    ear = Ear(expected=1)
    running = poller(ear)

    with capture_logs() as logs:
        await running.start()
        await say(playground, ANNE, "un")
        await ear.all.wait()
        await running.stop()

    assert "polling_removes_the_webhook" in [line["event"] for line in logs]
    assert ear.heard == ["un"]
