"""The owner of every task that outlives its caller."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog

Result = TypeVar("Result")
log = structlog.get_logger(__name__)


class Background:
    """Tasks are named, kept, logged when they crash, cancelled and awaited at the end."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._vital: set[asyncio.Task[Any]] = set()
        self.lost = asyncio.Event()
        """Set when a vital task has crashed: the process had better start again."""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted(task.get_name() for task in self._tasks))

    def spawn(
        self, work: Coroutine[Any, Any, Result], name: str, *, vital: bool = False
    ) -> asyncio.Task[Result]:
        task = asyncio.create_task(work, name=name)  # noqa: TID251 - the one place that may
        self._tasks.add(task)
        if vital:
            self._vital.add(task)
        task.add_done_callback(self._ended)
        return task

    async def cancel(self, task: asyncio.Task[Any]) -> None:
        """Ends one task and comes back when it is over."""
        task.cancel()
        await asyncio.wait({task})

    async def settle(self, grace: float) -> None:
        """Lets them finish by themselves for ``grace`` seconds at most."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=grace)

    async def stop(self) -> None:
        tasks = set(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("task_crashed", task=task.get_name(), exc_info=error)
            if task in self._vital:
                self.lost.set()
        self._vital.discard(task)
