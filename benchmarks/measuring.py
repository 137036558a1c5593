"""Variants of the same work, interleaved round by round: only their ratios are worth reading.

A shared machine is slow and fast by turns; what runs side by side meets the same turn.
"""

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True, slots=True)
class Sample:
    """One round of one variant. ``waits`` are what each client waited, in seconds."""

    seconds: float
    units: int
    waits: tuple[float, ...] = ()
    cpu: float | None = None  # seconds of processor of the process that is measured

    @property
    def each(self) -> float:
        return self.seconds / self.units

    def wait(self, percent: int) -> float:
        return percentile(self.waits, percent)


@dataclass(frozen=True, slots=True)
class Variant:
    """``round`` does all the work of one round, checks that it was done, and times it."""

    name: str
    round: Callable[[], Awaitable[Sample]]


@dataclass(frozen=True, slots=True)
class Measured:
    """Rounds of one variant, in the order of the rounds."""

    name: str
    samples: list[Sample] = field(default_factory=list)

    @property
    def each(self) -> float:
        """Seconds a unit: the median round."""
        return median(sample.each for sample in self.samples)

    @property
    def cpu(self) -> float | None:
        """Seconds of processor a unit."""
        known = [s.cpu / s.units for s in self.samples if s.cpu is not None]
        return median(known) if known else None

    def wait(self, percent: int) -> float:
        return median(sample.wait(percent) for sample in self.samples)

    @property
    def unfairness(self) -> float:
        """How much longer the unluckiest waits than most do: p99 over p50."""
        return median(sample.wait(99) / sample.wait(50) for sample in self.samples)

    @property
    def best(self) -> float:
        """Seconds a unit in the round that was disturbed least."""
        return min(sample.each for sample in self.samples)

    def times(self, other: "Measured") -> float:
        """How often the time of ``other`` this one takes: the median of the rounds' own ratios."""
        pairs = zip(self.samples, other.samples, strict=True)
        return median(mine.each / theirs.each for mine, theirs in pairs)


async def interleaved(variants: Sequence[Variant], rounds: int) -> Mapping[str, Measured]:
    """By name. One round first that does not count; the order turns: none is always first."""
    measured = {variant.name: Measured(variant.name) for variant in variants}
    for variant in variants:
        await variant.round()
    for number in range(rounds):
        turn = number % len(variants)
        for variant in (*variants[turn:], *variants[:turn]):
            measured[variant.name].samples.append(await variant.round())
    return measured


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that ``percent`` of a hundred do not exceed."""
    ordered = sorted(values)
    return ordered[-(-len(ordered) * percent // 100) - 1]


class Stopwatch:
    """``with Stopwatch() as watch``: wall clock and processor of this process, all its threads."""

    seconds: float
    cpu: float

    def __enter__(self) -> "Stopwatch":
        self._wall, self._cpu = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self._wall
        self.cpu = time.process_time() - self._cpu
