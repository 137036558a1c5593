import asyncio

from structlog.testing import capture_logs

from bot.background import Background


async def test_a_task_is_known_by_its_name_while_it_runs(background: Background) -> None:
    done = asyncio.Event()
    background.spawn(done.wait(), "waiting")

    assert background.names == ("waiting",)


async def test_stopping_cancels_and_waits_for_the_end_of_each(background: Background) -> None:
    ended = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ended.append("cleaned up")

    background.spawn(work(), "one")
    await asyncio.sleep(0)

    await background.stop()

    assert ended == ["cleaned up"]
    assert background.names == ()


async def test_a_crash_is_logged_with_the_name_of_the_task(background: Background) -> None:
    async def work() -> None:
        raise RuntimeError("broken")

    with capture_logs() as logs:
        await asyncio.wait({background.spawn(work(), "fragile")})
        await asyncio.sleep(0)

    assert [(line["event"], line["task"]) for line in logs] == [("task_crashed", "fragile")]
