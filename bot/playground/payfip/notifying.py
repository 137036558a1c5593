"""Telling the town's server that an operation has a result: again until it says 2xx."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

import aiohttp

from bot.playground.payfip.faults import Faults
from bot.playground.payfip.treasury import Operation
from bot.playground.pulse import Pulse
from bot.playground.tasks import Tasks

LONGEST = 30.0
PATIENCE = aiohttp.ClientTimeout(total=LONGEST)
TRIES = 40


@dataclass(slots=True)
class Notifier:
    """Holds only the idOp, as the real one: what was paid has to be asked for."""

    pulse: Pulse
    tasks: Tasks
    faults: Faults
    backoff: Callable[[int], float]
    going: int = 0
    _held: list[Operation] = field(default_factory=list)

    async def settled(self, operation: Operation) -> None:
        """Comes back once told where the fault "first" is planned, and at once elsewhere."""
        if self.faults.take("lost"):
            return
        if self.faults.take("late"):
            self._held.append(operation)
            return
        times = 2 if self.faults.take("doubled") else 1
        first = self.faults.take("first")
        told = [self._spawn(operation) for _ in range(times)]
        if first:
            await self.pulse.until(lambda: all(task.done() for task in told), LONGEST)

    def release(self) -> int:
        held, self._held = self._held, []
        for operation in held:
            self._spawn(operation)
        return len(held)

    def _spawn(self, operation: Operation) -> asyncio.Task[None]:
        self.going += 1
        return self.tasks.spawn(self._tell(operation), f"payfip {operation.idop}")

    async def _tell(self, operation: Operation) -> None:
        try:
            async with aiohttp.ClientSession(timeout=PATIENCE, trust_env=False) as session:
                for attempt in range(TRIES):
                    if self.pulse.closed or await self._post(session, operation):
                        return
                    await self.pulse.until(lambda: self.pulse.closed, self.backoff(attempt))
        finally:
            self.going -= 1
            self.pulse.beat()

    async def _post(self, session: aiohttp.ClientSession, operation: Operation) -> bool:
        url, form = operation.asked["urlnotif"], {"idop": operation.idop}
        try:
            async with session.post(url, data=form) as answer:
                told = HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES
        except (aiohttp.ClientError, TimeoutError):
            return False
        operation.told += told
        return told
