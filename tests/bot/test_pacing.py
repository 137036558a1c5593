from itertools import pairwise

from bot.courier.pacing import Pace
from tests.bot.timing import Crowd, FakeTime


def pace(time: FakeTime, crowd: Crowd | None = None, **given: float) -> Pace:
    sleep = crowd.sleep if crowd else time.sleep
    return Pace(monotonic=time.monotonic, sleep=sleep, **given)


async def test_pushes_to_many_chats_keep_under_the_overall_rate(
    time: FakeTime, crowd: Crowd
) -> None:
    paced, sent = pace(time, crowd, per_second=25), []

    async def push(chat: int) -> None:
        await paced.turn(chat)
        sent.append(time.seconds)

    await crowd.run(*[push(chat) for chat in range(100)])

    assert len(sent) == 100
    assert all(later - earlier >= 0.04 - 1e-9 for earlier, later in pairwise(sent))
    assert sent[-1] < 4.1  # and not slower than it must


async def test_one_chat_gets_one_message_a_second(time: FakeTime, crowd: Crowd) -> None:
    paced, sent = pace(time, crowd), []

    async def push() -> None:
        await paced.turn(7)
        sent.append(time.seconds)

    await crowd.run(*[push() for _ in range(5)])

    assert all(later - earlier >= 1 for earlier, later in pairwise(sent))


async def test_a_held_chat_waits_as_told_and_the_others_do_not(time: FakeTime) -> None:
    paced = pace(time)
    paced.hold(7, seconds=5)

    await paced.turn(8)
    at_once = time.seconds
    await paced.turn(7)

    assert at_once == 0
    assert time.seconds >= 5


async def test_two_held_chats_hold_everybody(time: FakeTime) -> None:
    paced = pace(time)
    paced.hold(7, seconds=3)
    paced.hold(8, seconds=6)

    await paced.turn(9)

    assert time.seconds >= 6


async def test_too_long_a_wait_is_told_instead_of_stood(time: FakeTime) -> None:
    paced = pace(time, patience=10)
    paced.hold(7, seconds=3000)

    assert await paced.turn(7) == 3000
    assert time.slept == []


async def test_holds_that_are_over_are_forgotten(time: FakeTime) -> None:
    paced = pace(time)
    paced.hold(7, seconds=1)
    await time.sleep(2)
    paced.hold(8, seconds=5)

    assert await paced.turn(9) == 0
    assert time.seconds < 3
