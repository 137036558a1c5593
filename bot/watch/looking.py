"""What only the database knows, read when somebody looks."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from typing import Final

import structlog
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.background import Background
from bot.watch.pulse import Part, Pulse
from domain.clock import Clock
from domain.notices.model import Channel
from storage.watching import FAILURES, Watched

SECONDS: Final = 5.0
log = structlog.get_logger(__name__)


class Look:
    """One at a time, however many ask: a database that hangs is not asked again and again."""

    def __init__(
        self,
        read: Callable[[], Awaitable[Watched]],
        background: Background,
        *,
        seconds: float = SECONDS,
    ) -> None:
        self._read, self._background, self._seconds = read, background, seconds
        self._under_way: asyncio.Task[Watched | None] | None = None

    async def __call__(self) -> Watched | None:
        """None when the database did not answer in time, or answered with an error."""
        if self._under_way is None or self._under_way.done():
            self._under_way = self._background.spawn(self._try(), "look at the database")
        try:
            async with asyncio.timeout(self._seconds):
                return await asyncio.shield(self._under_way)
        except TimeoutError:
            log.warning("database_slow", seconds=self._seconds)
            return None

    async def _try(self) -> Watched | None:
        try:
            return await self._read()
        except FAILURES as error:
            log.warning("database_away", error=type(error).__name__)
            return None


class Seen(Collector):
    """The gauges of what was last seen; ``seen`` is None where the database did not answer."""

    seen: Watched | None = None

    def __init__(self, pulse: Pulse, clock: Clock) -> None:
        self._pulse, self._clock = pulse, clock

    def describe(self) -> Iterator[Metric]:
        """Nothing is asked when it is registered."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        silence = GaugeMetricFamily(
            "cartable_silence_seconds", "Since a part last went around.", labels=["part"]
        )
        for part in Part:
            silence.add_metric([part.value], self._pulse.silence(part))
        yield silence
        up = 0 if self.seen is None else 1
        yield GaugeMetricFamily("cartable_database_up", "Whether it answered.", value=up)
        if self.seen is not None:
            yield from _database(self.seen, self._clock())


def _database(seen: Watched, now: datetime) -> Iterator[Metric]:
    yield InfoMetricFamily("cartable_schema", "Its revision.", value={"revision": seen.revision})
    yield from _outbox(seen, now)
    if (night := seen.night) is not None:
        yield GaugeMetricFamily(
            "cartable_night_done_timestamp_seconds",
            "When the last night was done.",
            value=night.done_at.timestamp(),
        )
        yield GaugeMetricFamily(
            "cartable_night_duration_seconds",
            "How long the last night took.",
            value=(night.done_at - night.began_at).total_seconds(),
        )


def _outbox(seen: Watched, now: datetime) -> Iterator[Metric]:
    pending = GaugeMetricFamily(
        "cartable_outbox_pending", "Notices that have not ended.", labels=["channel"]
    )
    oldest = GaugeMetricFamily(
        "cartable_outbox_oldest_seconds",
        "Age of the oldest of them; those that wait for the morning count.",
        labels=["channel"],
    )
    late = GaugeMetricFamily(
        "cartable_outbox_late_seconds",
        "For how long the first of them should have gone.",
        labels=["channel"],
    )
    for channel in Channel:
        waiting, name = seen.waiting.get(channel), [channel.value]
        pending.add_metric(name, waiting.count if waiting else 0)
        oldest.add_metric(name, _since(waiting.asked_at, now) if waiting else 0)
        late.add_metric(name, _since(waiting.due_at, now) if waiting else 0)
    yield from (pending, oldest, late)


def _since(instant: datetime, now: datetime) -> float:
    return max((now - instant).total_seconds(), 0.0)
