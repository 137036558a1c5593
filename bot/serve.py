"""A process that runs until it is told to stop."""

import asyncio
import signal
from collections.abc import Callable

from bot.wire.lean import calm_collector
from bot.wiring import Application


async def until_told(application: Application, ready: Callable[[], object]) -> bool:
    """Runs an application that has started, and stops it. False when a part of it crashed.

    The garbage collector is the process's: calmed here, and not by an application, of which tests
    start hundreds.
    """
    with calm_collector():
        return await _until_told(application, ready)


async def _until_told(application: Application, ready: Callable[[], object]) -> bool:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, told.set)
    ready()
    async with asyncio.TaskGroup() as waiting:
        ends = [waiting.create_task(event.wait()) for event in (told, application.lost)]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for end in ends:
            end.cancel()
    await application.stop()
    return not application.lost.is_set()
