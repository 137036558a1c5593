"""Taps without a socket: what the bot's own work costs."""

import gc
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

from aiogram import Bot
from rich.console import Console

from benchmarks import databases
from benchmarks.measuring import Measured, Sample, Stopwatch, Variant, interleaved
from benchmarks.tables import Goal, print_measured
from benchmarks.taps import stock
from benchmarks.taps.bots import TOKENS, december, peopled, settings
from benchmarks.taps.updates import Raw, Tap, edited, keyboard, rendered, taps, update
from benchmarks.taps.wires import Offline, StockSession, Telegram
from benchmarks.towns import Town, clock, user
from bot.town.parents import for_parents
from bot.wire.lean import calm_collector
from conversations.screen import Screen
from domain.bookings.model import Span

BARE = "BARE: stock aiogram, nothing but the edit"
LEAN = "ours: rights, draft, month, redrawn"
PLAIN = "ours with the lean wire off"
DATABASE = "of ours: the use cases and their database"


@dataclass(frozen=True, slots=True)
class Effort:
    warming: int = 120  # taps before a round, which do not count: caches are cold after others
    taps: int = 80  # a round
    rounds: int = 5
    families: int = 4


@dataclass(slots=True)
class Bench:
    """One of our bots, its town, and the taps that come next."""

    app: Offline
    town: Town
    screen: Screen
    telegram: Telegram
    coming: Iterator[Tap]
    numbers: Iterator[int]

    def updates(self, many: int) -> list[Raw]:
        return [
            update(number, tap, self.town, self.screen)
            for number, tap in zip(islice(self.numbers, many), self.coming, strict=False)
        ]


async def run(effort: Effort, console: Console) -> list[Goal]:
    with databases.folder() as place:
        async with AsyncExitStack() as stack:
            lean = await _bench(stack, place, "lean", effort)
            plain = await _bench(stack, place, "plain", effort)
            variants = [
                await _bare(stack, lean, effort),
                Variant(LEAN, lambda: _calm_round(lean, effort)),
                Variant(PLAIN, lambda: _round(plain, effort, plain.app.handle)),
                Variant(DATABASE, lambda: _database_round(lean, effort)),
            ]
            measured = await interleaved(variants, effort.rounds)
            statements = await _statements(lean)
    print_measured(console, "A calendar tap, in process", measured, BARE, "tap")
    return _goals(measured, statements)


def _goals(measured: Mapping[str, Measured], statements: int) -> list[Goal]:
    return [
        Goal("a tap in process, x BARE", measured[LEAN].times(measured[BARE]), 0.75),
        Goal("statements a tap", statements, 3),
    ]


async def _bench(stack: AsyncExitStack, place: Path, name: str, effort: Effort) -> Bench:
    telegram = Telegram(b"")
    app = Offline(settings(place, name, lean=name == "lean"), clock, telegram)
    await app.prepare()
    stack.push_async_callback(app.stop)
    town = await peopled(app, effort.families)
    screen = rendered(await december(app, town))
    telegram.edited = edited(screen)
    return Bench(app, town, screen, telegram, taps(effort.families), count(1))


async def _bare(stack: AsyncExitStack, like: Bench, effort: Effort) -> Variant:
    telegram = Telegram(edited(like.screen))
    bot = Bot(TOKENS["stock"], session=StockSession(telegram))
    stack.push_async_callback(bot.session.close)
    dispatcher = stock.dispatcher(like.screen.text, keyboard(like.screen))
    bench = Bench(like.app, like.town, like.screen, telegram, taps(effort.families), count(1))

    async def handle(raw: Raw) -> None:
        await dispatcher.feed_raw_update(bot, raw)

    return Variant(BARE, lambda: _round(bench, effort, handle))


async def _round(
    bench: Bench, effort: Effort, handle: Callable[[Raw], Awaitable[object]]
) -> Sample:
    """With the collector as Python sets it; what this process holds besides is not walked."""
    warming, counted = bench.updates(effort.warming), bench.updates(effort.taps)
    gc.collect()
    gc.freeze()
    for raw in warming:
        await handle(raw)
    with Stopwatch() as watch:
        for raw in counted:
            await handle(raw)
    gc.unfreeze()
    bench.telegram.check(effort.warming + effort.taps)
    return Sample(watch.seconds, effort.taps, cpu=watch.cpu)


async def _calm_round(bench: Bench, effort: Effort) -> Sample:
    """As the lean wire runs; the drafts are looked at, tap by tap, in ``_statements``."""
    warming, counted = bench.updates(effort.warming), bench.updates(effort.taps)
    with calm_collector():
        for raw in warming:
            await bench.app.handle(raw)
        with Stopwatch() as watch:
            for raw in counted:
                await bench.app.handle(raw)
    bench.telegram.check(effort.warming + effort.taps)
    return Sample(watch.seconds, effort.taps, cpu=watch.cpu)


async def _database_round(bench: Bench, effort: Effort) -> Sample:
    warming, counted = (list(islice(bench.coming, n)) for n in (effort.warming, effort.taps))
    with calm_collector():
        for tap in warming:
            await _mark(bench, tap)
        with Stopwatch() as watch:
            for tap in counted:
                await _mark(bench, tap)
    return Sample(watch.seconds, effort.taps, cpu=watch.cpu)


async def _mark(bench: Bench, tap: Tap) -> None:
    use_cases = for_parents(bench.app.town)
    who = await use_cases.identify(user(tap.parent))
    assert who is not None
    child, activity = who.children[0].id, bench.town.activities[0]
    span = Span(tap.day, tap.day, single=True)
    view = await use_cases.mark_days(who, child, activity, span, wanted=tap.wanted)
    assert not view.unchanged


async def _statements(bench: Bench) -> int:
    """Round trips of one whole tap; it must have changed the draft."""
    before = await _drafted(bench)
    sent: list[str] = []
    bench.app.database.listen(sent.append)
    [raw] = bench.updates(1)
    await bench.app.handle(raw)
    statements = len(sent)
    assert await _drafted(bench) != before
    return statements


async def _drafted(bench: Bench) -> int:
    views = [
        await for_parents(bench.app.town).show_month(
            who, who.children[0].id, bench.town.activities[0], bench.town.days[0]
        )
        for who in bench.town.parents
    ]
    return sum(view.drafted for view in views)
