"""Clients who confirm one after the other, side by side."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from benchmarks.confirming.stage import AMPLE, Stage, Work
from benchmarks.measuring import Sample, Stopwatch, Variant
from bot.wire.lean import calm_collector

Confirming = Callable[[Work], Awaitable[None]]


def variant(
    name: str,
    stage: Stage,
    confirm: Confirming,
    *,
    clients: int,
    count: int,
    whole: bool,
    places: int = AMPLE,
) -> Variant:
    """``count`` confirmations by ``clients``; each client takes the next parent's draft."""

    async def one_round() -> Sample:
        jobs = stage.jobs[:count]
        await stage.set(jobs, places)
        sample = await confirmed(confirm, jobs, clients)
        await stage.check(jobs, whole=whole)
        return sample

    return Variant(name, one_round)


async def confirmed(confirm: Confirming, jobs: Sequence[Work], clients: int) -> Sample:
    """With the collector as the running bot sets it."""
    left = iter(jobs)
    waits: list[float] = []

    async def client() -> None:
        for job in left:
            began = time.perf_counter()
            await confirm(job)
            waits.append(time.perf_counter() - began)

    with calm_collector(), Stopwatch() as watch:
        async with asyncio.TaskGroup() as side_by_side:
            for _ in range(clients):
                side_by_side.create_task(client())
    return Sample(watch.seconds, len(jobs), tuple(waits), watch.cpu)
