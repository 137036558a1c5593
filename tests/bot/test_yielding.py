"""N7: a broadcast never slows a personal notice, nor a chat that has to wait the broadcast."""

import asyncio
from itertools import pairwise

from bot.courier.pacing import Pace
from bot.courier.yielding import Behind
from tests.bot.timing import Crowd, FakeTime


def paces(time: FakeTime, crowd: Crowd | None = None) -> tuple[Pace, Behind]:
    sleep = crowd.sleep if crowd else time.sleep
    pace = Pace(monotonic=time.monotonic, sleep=sleep)
    return pace, Behind(pace, monotonic=time.monotonic, sleep=sleep)


async def test_a_notice_stands_behind_one_message_of_a_broadcast_at_most(
    time: FakeTime, crowd: Crowd
) -> None:
    pace, behind = paces(time, crowd)
    waited: list[float] = []

    async def broadcast() -> None:
        for chat in range(100):
            await behind.turn(chat)

    async def notices() -> None:
        for chat in range(1000, 1020):
            await crowd.sleep(0.173)
            asked = time.seconds
            await pace.turn(chat)
            waited.append(time.seconds - asked)

    await crowd.run(broadcast(), notices())

    assert len(waited) == 20
    assert max(waited) <= 0.08 + 1e-9


async def test_a_broadcast_leaves_room_under_the_limit(time: FakeTime) -> None:
    _, behind = paces(time)
    left = []

    for chat in range(50):
        await behind.turn(chat)
        left.append(time.seconds)

    assert all(later - earlier >= 0.05 - 1e-9 for earlier, later in pairwise(left))
    assert left[-1] <= 2.5


async def test_a_chat_that_is_held_is_left_for_later_and_holds_up_nobody(time: FakeTime) -> None:
    _, behind = paces(time)
    behind.hold(1, 30)

    wait = await behind.turn(1)
    other = await behind.turn(2)

    assert (wait, other) == (30, 0)
    assert time.seconds < 0.1


class Gate(Pace):
    """Counts who stands at it."""

    inside = most = 0

    async def turn(self, chat: int, *, patience: float | None = None) -> float:
        self.inside += 1
        self.most = max(self.most, self.inside)
        try:
            return await super().turn(chat, patience=patience)
        finally:
            self.inside -= 1


async def test_however_many_messages_wait_one_of_them_stands_at_the_gate() -> None:
    """In a true loop, where they all wait at once."""
    gate = Gate(per_second=200)  # busy with notices
    behind = Behind(gate, per_second=2000)

    await asyncio.gather(*(behind.turn(chat) for chat in range(20)))

    assert gate.most == 1
