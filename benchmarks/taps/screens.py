"""Each screen of booking, whole: the press comes in, rights, facts, the message redrawn.

Beside the same BARE edit of a month as the tap: what a screen may cost before it is felt.
"""

import gc
from collections.abc import Mapping
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
from bot.wire.lean import calm_collector
from conversations.booking.routes import Month, Recap
from conversations.copying.routes import CopySources
from conversations.followup.routes import Filter, FollowUp
from conversations.hours.routes import PickArrival
from conversations.overview.routes import DaySheet, Overview, Week
from conversations.pattern.routes import ShowPattern
from conversations.screen import Screen
from domain.activities.hours_model import Choosing, to_data
from domain.bookings.model import Span
from domain.bookings.pattern import Pattern
from storage.schema import activity

BARE = "BARE: stock aiogram, a month redrawn"
ACTIVITIES, DAYS, DRAFTED = 12, 62, 20
LAST = FIRST_DAY.replace(day=31)


@dataclass(frozen=True, slots=True)
class Effort:
    presses: int = 60  # a round and screen
    rounds: int = 5


@dataclass(slots=True)
class Bench:
    app: Offline
    town: Town
    screen: Screen
    telegram: Telegram
    numbers: Any

    def update(self, data: str) -> Raw:
        chat, number = user(0), next(self.numbers)
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
            names = _presses(bench)
            stock_bench = await _bare(bench)
            variants = [Variant(BARE, lambda: _bare_round(*stock_bench, effort))]
            variants += [_variant(bench, name, data, effort) for name, data in names.items()]
            measured = await interleaved(variants, effort.rounds)
            await stock_bench[1].session.close()
        finally:
            await app.stop()
    print_measured(console, "The screens of booking, in process", measured, BARE, "screen")
    slowest = max(names, key=lambda name: measured[name].times(measured[BARE]))
    worst = measured[slowest].times(measured[BARE])
    return [Goal(f"the slowest screen ({slowest}), x BARE", worst, 1.0)]


async def _furnished(app: Offline, telegram: Telegram) -> Bench:
    """Twelve activities, of which one lets hours be chosen; twenty days drafted."""

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
    use_cases = app.town.for_parents()
    span = Span(FIRST_DAY, FIRST_DAY.replace(day=DRAFTED))
    child = town.child(0).id
    await use_cases.mark_days(town.parents[0], child, town.activities[0], span, wanted=True)
    screen = rendered(await december(app, town))
    telegram.edited = edited(screen)
    return Bench(app, town, screen, telegram, count(1))


def _presses(bench: Bench) -> Mapping[str, str]:
    child, first, timed = bench.town.child(0).id, *bench.town.activities[:2]
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
        "follow-up": FollowUp.data(1),
        "its filters": Filter().pack(),
    }


def _variant(bench: Bench, name: str, data: str, effort: Effort) -> Variant:
    async def one_round() -> Sample:
        updates = [bench.update(data) for _ in range(effort.presses + 1)]
        with calm_collector():
            await bench.app.handle(updates[0])
            with Stopwatch() as watch:
                for raw in updates[1:]:
                    await bench.app.handle(raw)
        bench.telegram.check(effort.presses + 1)
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
    updates = [like.update("x") for _ in range(effort.presses + 1)]
    gc.collect()
    gc.freeze()
    await dispatcher.feed_raw_update(bot, updates[0])
    with Stopwatch() as watch:
        for raw in updates[1:]:
            await dispatcher.feed_raw_update(bot, raw)
    gc.unfreeze()
    telegram.check(effort.presses + 1)
    return Sample(watch.seconds, effort.presses, cpu=watch.cpu)
