"""Our bot with a town of parents who are connected and look at their December."""

from pathlib import Path
from typing import Any

from benchmarks.databases import sqlite_url
from benchmarks.towns import FIRST_DAY, Town, days_from, fill
from bot.settings import Settings, only
from bot.town.parents import for_parents
from bot.wiring import Application
from domain.bookings.views import MonthView

TOKENS = {"stock": "41:bench", "lean": "42:bench", "plain": "43:bench"}
DAYS = 62


def settings(place: Path, name: str, *, lean: bool, **more: Any) -> Settings:
    """Everything of its own: file, key, exchange folder."""
    return only(
        bot_token=TOKENS[name],
        database_url=sqlite_url(place, name),
        key_file=place / f"{name}.key",
        exchange_dir=place / f"{name}-exchange",
        lean_wire=lean,
        log_level="WARNING",  # a Telegram that fails is told so
        **more,
    )


async def peopled(app: Application, families: int) -> Town:
    def work(connection: Any) -> Town:
        return fill(connection, families=families, days=days_from(FIRST_DAY, DAYS), capacity=500)

    return await app.database.write(work)


async def december(app: Application, town: Town) -> MonthView:
    show = for_parents(app.town).show_month
    return await show(town.parents[0], town.child(0).id, town.activities[0], FIRST_DAY)
