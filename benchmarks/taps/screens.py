"""Each screen of booking, whole: the press comes in, rights, facts, the message redrawn.

Beside the same BARE edit of a month as the tap: what a screen may cost before it is felt.
"""

import gc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from aiogram import Bot
from rich.console import Console
from sqlalchemy import update as change

from benchmarks import databases
from benchmarks.measuring import Sample, Stopwatch, Variant, interleaved
from benchmarks.tables import Goal, print_measured
from benchmarks.taps import stock
from benchmarks.taps.bots import TOKENS, december, settings
from benchmarks.taps.updates import Raw, edited, keyboard, message, rendered
from benchmarks.taps.wires import Offline, StockSession, Telegram
from benchmarks.towns import FIRST_DAY, Town, clock, days_from, fill, user
from bot.town.parents import for_parents
from bot.wire.lean import calm_collector
from conversations.booking.routes import Confirm, Month, Recap
from conversations.copying.routes import CopySources
from conversations.followup.routes import Filter, FollowUp
from conversations.hours.routes import PickArrival
from conversations.overview.routes import DaySheet, Overview, Week
from conversations.pattern.routes import ShowPattern
from conversations.screen import Screen
from domain.activities.hours_model import Choosing, to_data
from domain.bookings.model import Span
from domain.bookings.pattern import Pattern
from domain.families.model import Display
from storage.schema import activity

BARE = "BARE: stock aiogram, a month redrawn"
ACTIVITIES, DAYS, DRAFTED = 12, 62, 20
LAST = FIRST_DAY.replace(day=31)
NEXT_MONTH = FIRST_DAY.replace(year=FIRST_DAY.year + 1, month=1)
SIMPLY, IN_TABLES = 0, 1
"""Which parent has which display."""
Presses = Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Effort:
    warming: int = (
        120  # presses before a round, which do not count: what was frozen is walked once
    )
    presses: int = 60  # a round and screen
    rounds: int = 5


@dataclass(slots=True)
class Bench:
    app: Offline
    town: Town
    screen: Screen
    telegram: Telegram
    numbers: Any

    def update(self, data: str, parent: int = 0) -> Raw:
        chat, number = user(parent), next(self.numbers)
        return {
            "update_id": number,
            "callback_query": {
                "id": str(number),
                "from": {"id": chat, "is_bot": False, "first_name": "Anne"},
                "chat_instance": "1",
                "message": message(self.screen, chat),
                "data": data,
            },
        }


async def run(effort: Effort, console: Console) -> list[Goal]:
    """None should cost more than the bare edit of a month."""
    with databases.folder() as place:
        telegram = Telegram(b"")
        app = Offline(settings(place, "lean", lean=True), clock, telegram)
        await app.prepare()
        try:
            bench = await _furnished(app, telegram)
            names = _presses(bench, await _confirmed(bench))
            stock_bench = await _bare(bench)
            variants = [Variant(BARE, lambda: _bare_round(*stock_bench, effort))]
            variants += [_variant(bench, name, *press, effort) for name, press in names.items()]
            measured = await interleaved(variants, effort.rounds)
            await stock_bench[1].session.close()
        finally:
            await app.stop()
    print_measured(console, "The screens of booking, in process", measured, BARE, "screen")
    slowest = max(names, key=lambda name: measured[name].times(measured[BARE]))
    worst = measured[slowest].times(measured[BARE])
    return [Goal(f"the slowest screen ({slowest}), x BARE", worst, 1.0)]


async def _furnished(app: Offline, telegram: Telegram) -> Bench:
    """Twelve activities, of which one lets hours be chosen."""

    def work(connection: Any) -> Town:
        town = fill(
            connection,
            families=2,
            days=days_from(FIRST_DAY, DAYS),
            capacity=500,
            activities=ACTIVITIES,
        )
        timed = activity.c.id == town.activities[1]
        connection.execute(change(activity).where(timed).values(hours=to_data(Choosing(step=5))))
        return town

    town = await app.database.write(work)
    screen = rendered(await december(app, town))
    telegram.edited = edited(screen)
    return Bench(app, town, screen, telegram, count(1))


async def _confirmed(bench: Bench) -> Sequence[str]:
    """Each parent has twenty days booked next month, and twenty drafted; one prefers tables.
    Answers the digests of what they confirmed.
    """
    digests = [await _booked(bench, parent) for parent in (SIMPLY, IN_TABLES)]
    profile = for_parents(bench.app.town).profile
    await profile.set_display(bench.town.parents[IN_TABLES], Display.RICH)
    return digests


async def _booked(bench: Bench, parent: int) -> str:
    use_cases, who = for_parents(bench.app.town), bench.town.parents[parent]
    of = bench.town.child(parent).id, bench.town.activities[0]
    for first in (NEXT_MONTH, FIRST_DAY):
        span = Span(first, first.replace(day=DRAFTED))
        await use_cases.mark_days(who, *of, span, wanted=True)
        if first == NEXT_MONTH:
            recap = await use_cases.show_recap(who)
            await use_cases.confirm(who, recap.round, recap.digest)
    return recap.digest


def _presses(bench: Bench, digests: Sequence[str]) -> Presses:
    """``result`` is the kept one: what a confirmation costs is measured by itself."""
    simply = {name: (SIMPLY, data) for name, data in _simply(bench, digests[SIMPLY]).items()}
    child = bench.town.child(IN_TABLES).id
    in_tables = {
        "sheet of a day": DaySheet.data(child, FIRST_DAY),
        "recap": Recap.data(1),
        "result": Confirm.data(1, digests[IN_TABLES]),
        "follow-up": FollowUp.data(1),
    }
    return simply | {f"{name}, in tables": (IN_TABLES, data) for name, data in in_tables.items()}


def _simply(bench: Bench, digest: str) -> Mapping[str, str]:
    child, first, timed = bench.town.child(SIMPLY).id, *bench.town.activities[:2]
    mondays = Pattern(frozenset({0, 3}), FIRST_DAY, LAST, skip_holidays=True)
    return {
        "calendar": Month.data(child, first, FIRST_DAY),
        "all activities": Overview.data(child, FIRST_DAY),
        "sheet of a day": DaySheet.data(child, FIRST_DAY),
        "hours": PickArrival(child=child, activity=timed, day=FIRST_DAY, every=False).pack(),
        "weekly pattern": ShowPattern.of(child, first, mondays),
        "copy": CopySources.data(child, timed, FIRST_DAY),
        "all children": Week.data(FIRST_DAY),
        "recap": Recap.data(1),
        "result": Confirm.data(1, digest),
        "follow-up": FollowUp.data(1),
        "its filters": Filter().pack(),
    }


def _variant(bench: Bench, name: str, parent: int, data: str, effort: Effort) -> Variant:
    async def one_round() -> Sample:
        every = effort.warming + effort.presses
        updates = [bench.update(data, parent) for _ in range(every)]
        with calm_collector():
            for raw in updates[: effort.warming]:
                await bench.app.handle(raw)
            with Stopwatch() as watch:
                for raw in updates[effort.warming :]:
                    await bench.app.handle(raw)
        bench.telegram.check(every)
        return Sample(watch.seconds, effort.presses, cpu=watch.cpu)

    return Variant(name, one_round)


async def _bare(like: Bench) -> Any:
    telegram = Telegram(edited(like.screen))
    bot = Bot(TOKENS["stock"], session=StockSession(telegram))
    dispatcher = stock.dispatcher(like.screen.text, keyboard(like.screen))
    return dispatcher, bot, telegram, like


async def _bare_round(
    dispatcher: Any, bot: Any, telegram: Telegram, like: Bench, effort: Effort
) -> Sample:
    every = effort.warming + effort.presses
    updates = [like.update("x") for _ in range(every)]
    gc.collect()
    gc.freeze()
    for raw in updates[: effort.warming]:
        await dispatcher.feed_raw_update(bot, raw)
    with Stopwatch() as watch:
        for raw in updates[effort.warming :]:
            await dispatcher.feed_raw_update(bot, raw)
    gc.unfreeze()
    telegram.check(every)
    return Sample(watch.seconds, effort.presses, cpu=watch.cpu)
