"""Decision 5: Telegram hears "read" only of what is handled; a killed process loses nothing."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramConflictError,
    TelegramNetworkError,
)
from structlog.testing import capture_logs

from bot.background import Background
from bot.polling import Pauses, Poller
from bot.wire.answers import call_of
from tests.bot.timing import FakeTime

Handle = Callable[[dict[str, Any]], Awaitable[None]]


class FakeQueue:
    """getUpdates as Telegram does it: what lies before the offset is forgotten, the rest stays."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.asked: list[dict[str, Any]] = []
        self.failures: list[Exception] = []
        self.came, self.polled = asyncio.Event(), asyncio.Event()

    def add(self, *chats: int) -> None:
        for chat in chats:
            update_id = 100 + len(self.updates)
            message = {"chat": {"id": chat}, "message_id": update_id}
            self.updates.append({"update_id": update_id, "message": message})
        self.came.set()

    @property
    def unread(self) -> list[int]:
        offsets = [asked["offset"] for asked in self.asked if asked.get("offset")]
        return [u["update_id"] for u in self.updates if u["update_id"] >= max(offsets, default=0)]

    async def call(self, name: str, params: dict[str, Any], *, wait: float = 0) -> Any:
        assert name == "getUpdates"
        if self.failures:
            raise self.failures.pop(0)
        self.asked.append(dict(params))
        self.polled.set()
        if not self.unread and wait:
            self.came.clear()
            await self.came.wait()
        return [u for u in self.updates if u["update_id"] in self.unread][: params["limit"]]


@pytest.fixture
def queue() -> FakeQueue:
    return FakeQueue()


@pytest.fixture
def poller(queue: FakeQueue, background: Background, time: FakeTime) -> Callable[[Handle], Poller]:
    def make(handle: Handle, **pauses: float) -> Poller:
        return Poller(
            queue,
            handle,
            background,
            allowed_updates=["message"],
            pauses=Pauses(**{"patience": 0.01, "grace": 0.05, **pauses}),
            sleep=time.sleep,
        )

    return make


class Seen:
    """A handler that notes what it did, and waits where it is told to."""

    def __init__(self, expected: int) -> None:
        self.done: list[int] = []
        self.gates: dict[int, asyncio.Event] = {}
        self.handled: defaultdict[int, asyncio.Event] = defaultdict(asyncio.Event)
        self._expected = expected
        self.all = asyncio.Event()

    async def __call__(self, update: dict[str, Any]) -> None:
        if gate := self.gates.get(update["update_id"]):
            await gate.wait()
        self.done.append(update["update_id"])
        self.handled[update["update_id"]].set()
        if len(self.done) == self._expected:
            self.all.set()


async def test_everything_is_handled_once_and_then_acknowledged(
    queue: FakeQueue, poller: Callable[..., Poller]
) -> None:
    queue.add(1, 2, 1)
    seen = Seen(3)
    running = poller(seen)

    await running.start()
    await seen.all.wait()
    await running.stop()

    assert sorted(seen.done) == [100, 101, 102]
    assert queue.unread == []


async def test_one_chat_is_served_in_order(
    queue: FakeQueue, poller: Callable[..., Poller]
) -> None:
    queue.add(1, 1, 2)
    seen = Seen(3)
    seen.gates[100] = asyncio.Event()
    running = poller(seen, patience=60)

    await running.start()
    await seen.handled[102].wait()
    before = list(seen.done)
    seen.gates[100].set()
    await seen.all.wait()
    await running.stop()

    assert before == [102]  # the other chat did not wait
    assert seen.done == [102, 100, 101]


async def test_what_is_not_handled_is_not_acknowledged(
    queue: FakeQueue, poller: Callable[..., Poller]
) -> None:
    queue.add(1, 2, 3)
    seen = Seen(2)
    seen.gates[101] = asyncio.Event()
    running = poller(seen)

    await running.start()
    await seen.all.wait()
    await running.stop()

    assert seen.done == [100, 102]
    assert queue.unread == [101, 102]  # 102 will come again, and is harmless twice


async def test_a_process_after_a_kill_gets_what_was_not_finished(
    queue: FakeQueue, poller: Callable[..., Poller], background: Background
) -> None:
    queue.add(1, 2)
    killed, second = Seen(1), Seen(1)
    killed.gates[101] = asyncio.Event()
    await poller(killed).start()
    await killed.all.wait()
    await background.stop()  # no last word, no waiting

    restarted = poller(second)
    await restarted.start()
    await second.handled[101].wait()
    await restarted.stop()

    assert 101 not in killed.done
    assert queue.unread == []


async def test_a_slow_chat_does_not_keep_new_updates_away(
    queue: FakeQueue, poller: Callable[..., Poller]
) -> None:
    queue.add(1)
    seen = Seen(2)
    seen.gates[100] = asyncio.Event()
    running = poller(seen)

    await running.start()
    await queue.polled.wait()
    queue.add(2)
    await seen.handled[101].wait()
    seen.gates[100].set()
    await seen.all.wait()
    await running.stop()

    assert seen.done == [101, 100]
    assert queue.unread == []


async def test_a_handler_that_raises_is_logged_once_and_counts_as_done(
    queue: FakeQueue, poller: Callable[..., Poller]
) -> None:
    queue.add(1, 1)
    seen = Seen(1)

    async def handle(update: dict[str, Any]) -> None:
        if update["update_id"] == 100:
            raise RuntimeError("broken")
        await seen(update)

    running = poller(handle)
    with capture_logs() as logs:
        await running.start()
        await seen.all.wait()
        await running.stop()

    assert [line["event"] for line in logs] == ["update_failed"]
    assert queue.unread == []


@pytest.mark.parametrize(
    "failure",
    [
        TelegramNetworkError(call_of("getUpdates", {}), "ClientConnectorError"),
        ClientDecodeError("Failed to decode object", ValueError(), "HTTP 502"),
    ],
)
async def test_polling_survives_the_network_and_html(
    queue: FakeQueue, poller: Callable[..., Poller], time: FakeTime, failure: Exception
) -> None:
    queue.failures = [failure, failure, failure]
    queue.add(1)
    seen = Seen(1)
    running = poller(seen)

    await running.start()
    await seen.all.wait()
    await running.stop()

    assert time.slept == [1, 2, 4]
    assert seen.done == [100]


async def test_a_second_poller_stands_by_and_says_so_once(
    queue: FakeQueue, poller: Callable[..., Poller], time: FakeTime
) -> None:
    conflict = TelegramConflictError(call_of("getUpdates", {}), "terminated by other getUpdates")
    queue.failures = [conflict, conflict]
    queue.add(1)
    seen = Seen(1)
    running = poller(seen)

    with capture_logs() as logs:
        await running.start()
        await seen.all.wait()
        await running.stop()

    assert [line["event"] for line in logs] == ["polling_standby", "polling_again"]
    assert time.slept == [10, 10]


async def test_whoever_watches_is_told_when_telegram_answers_and_when_another_polls(
    queue: FakeQueue, background: Background, time: FakeTime
) -> None:
    told: list[int] = []
    conflict = TelegramConflictError(call_of("getUpdates", {}), "terminated by other getUpdates")
    away = TelegramNetworkError(call_of("getUpdates", {}), "away")
    queue.failures = [away, conflict]
    queue.add(1)
    seen = Seen(1)
    running = Poller(
        queue,
        seen,
        background,
        allowed_updates=["message"],
        sleep=time.sleep,
        answered=lambda: told.append(len(queue.failures)),
    )

    with capture_logs():
        await running.start()
        await seen.all.wait()
        await running.stop()

    # Not for the failure; for the conflict, then for each answer.
    assert len(told) >= 2
    assert set(told) == {0}


async def test_only_what_we_understand_is_asked_for(
    queue: FakeQueue, poller: Callable[..., Poller]
) -> None:
    queue.add(1)
    seen = Seen(1)
    running = poller(seen)

    await running.start()
    await seen.all.wait()
    await running.stop()

    assert all(asked["allowed_updates"] == ["message"] for asked in queue.asked)
    assert all("offset" not in asked or asked["offset"] > 0 for asked in queue.asked)
