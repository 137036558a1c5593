"""What is counted while the bot works. Labels are words of ours: few, and nobody's."""

import platform
from importlib.metadata import version
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, Info, ProcessCollector

from bot.courier.trail import End
from domain.bookings.model import Receipt
from domain.notices.model import Channel

BUCKETS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds; a tap is to be answered within half of one."""

SETTLED: Final = "settled"


class Instruments:
    def __init__(self, registry: CollectorRegistry) -> None:
        self._updates = Histogram(
            "cartable_update_seconds",
            "Updates from Telegram, from their arrival until they are handled.",
            ["outcome"],
            buckets=BUCKETS,
            registry=registry,
        )
        self._confirmations = Counter(
            "cartable_confirmations",
            "Drafts that were confirmed (settled), or why not; a repeated press counts again.",
            ["outcome"],
            registry=registry,
        )
        self._lines = Counter(
            "cartable_confirmed_lines",
            "Lines of settled drafts, by what became of them.",
            ["result"],
            registry=registry,
        )
        self._notices = Counter(
            "cartable_notices", "Notices that ended.", ["channel", "result"], registry=registry
        )
        self._jobs = Counter(
            "cartable_job_failures", "Jobs that broke off.", ["job"], registry=registry
        )
        self._errors = Counter(
            "cartable_database_errors", "Units of work that failed.", ["kind"], registry=registry
        )
        for channel in Channel:
            for end in End:
                self._notices.labels(
                    channel.value, end.value
                )  # from 0 on, so that rates are right
        build = Info("cartable_build", "What runs.", registry=registry)
        build.info({"version": version("cartable"), "python": platform.python_version()})
        ProcessCollector(registry=registry)

    def update(self, outcome: str, seconds: float) -> None:
        self._updates.labels(outcome).observe(seconds)

    def settled(self, receipt: Receipt) -> None:
        self._confirmations.labels(SETTLED).inc()
        for line in receipt.outcomes:
            self._lines.labels(line.result.value).inc()

    def not_settled(self, code: str) -> None:
        self._confirmations.labels(code).inc()

    def notice(self, channel: Channel, end: End) -> None:
        self._notices.labels(channel.value, end.value).inc()

    def job_failed(self, name: str) -> None:
        self._jobs.labels(name).inc()

    def database_error(self, kind: str) -> None:
        self._errors.labels(kind).inc()
