"""A time that only the test moves."""

import heapq
from collections.abc import Awaitable, Iterator
from datetime import UTC, datetime, timedelta


class FakeTime:
    """One time for the wall clock, the monotonic clock and sleeps; it moves only by sleeping."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.start = datetime(2026, 11, 23, 9, tzinfo=UTC)
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.seconds)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    def set(self, now: datetime) -> None:
        self.seconds = (now - self.start).total_seconds()


class Crowd:
    """Runs several sleepers over one fake time, the earliest first, as a loop would."""

    def __init__(self, time: FakeTime) -> None:
        self.time = time

    async def run(self, *works: Awaitable[object]) -> None:
        steps = [(0.0, number, work.__await__()) for number, work in enumerate(works)]
        heapq.heapify(steps)
        while steps:
            at, number, work = heapq.heappop(steps)
            self.time.seconds = max(self.time.seconds, at)
            try:
                wait = next(work)
            except StopIteration:
                continue
            heapq.heappush(steps, (self.time.seconds + wait, number, work))

    async def sleep(self, seconds: float) -> None:
        await _Sleep(seconds)


class _Sleep:
    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def __await__(self) -> Iterator[float]:
        yield self.seconds
