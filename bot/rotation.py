"""`cartable keys`: a new key for what is sealed, while the bot works (A12)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from bot.keys import FROM_ENVIRONMENT
from bot.migrated import migrated
from bot.settings import BadSettings, Settings
from storage.keyfile import add_key, changed_at, drop_old_keys
from storage.resealing import left, reseal

SETTLED: Final = timedelta(minutes=10)
"""A transaction that sealed with the old key has ended by then: none may take as long."""


@dataclass(frozen=True, slots=True)
class Rotated:
    """``added`` is the new key's name; None where an earlier rotation was taken up again."""

    added: str | None
    resealed: int
    left: int  # rows that somebody held


async def rotate(settings: Settings, told: Callable[[int], object]) -> Rotated:
    """Killed in the middle, it goes on where it was: a key is added only when nothing is left."""
    path = _key_file(settings)
    async with migrated(settings) as database:
        begun = await database.read(left)
        added = None if begun else add_key(path)
        resealed = await reseal(database, told=told)
        return Rotated(added, resealed, await database.read(left))


async def reseal_only(settings: Settings, told: Callable[[int], object]) -> Rotated:
    """With the key on top of the keyring, wherever it comes from."""
    async with migrated(settings) as database:
        resealed = await reseal(database, told=told)
        return Rotated(None, resealed, await database.read(left))


async def prune(settings: Settings, now: datetime) -> tuple[str, ...]:
    """Answers the names of the keys that went. Raises BadSettings while one may be needed."""
    path = _key_file(settings)
    if now - changed_at(path) < SETTLED:
        minutes = int(SETTLED.total_seconds() // 60)
        raise BadSettings(
            f"The keys changed less than {minutes} minutes ago: wait, so that nothing under way "
            "is sealed with a key that goes."
        )

    def work(connection: Connection) -> tuple[str, ...]:
        # In the transaction that looked: on SQLite nobody writes meanwhile.
        if stale := left(connection):
            raise BadSettings(
                f"{stale} rows are still sealed with an old key: `cartable keys rotate` first."
            )
        return drop_old_keys(path)

    async with migrated(settings) as database:
        return await database.write(work)


def _key_file(settings: Settings) -> Path:
    if settings.key is not None:
        raise BadSettings(FROM_ENVIRONMENT)
    return settings.key_file
