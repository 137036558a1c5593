"""What `cartable doctor` looks at of an installation that runs: each as in ``bot.checkups``."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from aiogram.exceptions import AiogramError
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.backup import copies_in, taken_at
from bot.checkups import SECONDS, TOLERATED, Trouble
from bot.keys import keyring_of
from bot.migrated import sqlite_file
from bot.settings import BadSettings, Settings
from bot.wire.http import BotApi
from domain.calendar.nights import nights_due
from storage import migrate
from storage.engine import opened
from storage.watching import Watched, watched

NOT_LOOKED_AT: Final = "not looked at: the database cannot be used"
ROOM: Final = 256 * 1024**2  # bytes
LATE_NIGHT: Final = timedelta(hours=1)
LATE_NOTICES: Final = timedelta(minutes=15)
OLD_COPY: Final = timedelta(hours=36)
RECENT: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Facts:
    """``apart``: the database server's clock from ours; None where there is no server."""

    seen: Watched
    apart: timedelta | None


async def facts(settings: Settings, now: datetime) -> Facts | None:
    """None where the database cannot be used, which has a check of its own."""
    url = settings.database_url.get_secret_value()
    try:
        file = sqlite_file(settings)
        no_keys = settings.key is None and not settings.key_file.exists()
        if no_keys or (file is not None and not file.exists()):
            return None
        if await migrate.current(url) != migrate.newest():
            return None
        async with opened(url, keyring_of(settings)) as database:
            seen = await database.read(watched)
            apart = await database.read(_server_clock) if file is None else None
    except (SQLAlchemyError, OSError, RuntimeError, ValueError, BadSettings):
        return None
    return Facts(seen, None if apart is None else abs(apart - now))


def _server_clock(connection: Connection) -> datetime:
    found: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    return found


async def nights(found: Facts | None, settings: Settings, now: datetime) -> str:
    if found is None:
        return NOT_LOOKED_AT
    if found.apart is not None and found.apart > TOLERATED:
        raise Trouble(
            f"the database's clock is {found.apart.total_seconds():.0f} s away from ours",
            "Let both machines set their clocks by NTP: leases and deadlines compare them.",
        )
    if (last := found.seen.night) is None:
        return "none yet: the first one is handed over when the bot runs"
    missed = nights_due(last.of, now - LATE_NIGHT, night_hour=settings.night_at)
    if missed:
        raise Trouble(
            f"{len(missed)} not done, the last that was is {last.of}",
            "Start `cartable run`: they are caught up in order. If it runs, its log says why "
            "under job_failed, job night.",
        )
    return f"done up to {last.of}"


async def outbox(found: Facts | None, now: datetime) -> str:
    if found is None:
        return NOT_LOOKED_AT
    late = {
        channel: now - waiting.due_at
        for channel, waiting in found.seen.waiting.items()
        if now - waiting.due_at > LATE_NOTICES
    }
    if late:
        told = ", ".join(
            f"{channel} {by.total_seconds() / 60:.0f} min" for channel, by in late.items()
        )
        raise Trouble(
            f"notices should have left long ago ({told})",
            "Start `cartable run`. If it runs, its log says what Telegram or the mail server "
            "answers.",
        )
    waiting = sum(each.count for each in found.seen.waiting.values())
    return f"{waiting} notices wait, none is late"


async def backups(found: Facts | None, settings: Settings, now: datetime) -> str:
    if _database_file(settings) is None:
        return "the database is a server's: see to its pg_dump (`cartable backup` says which)"
    folder = settings.backup_dir
    daily = "Run `cartable backup --keep 35` each day by a timer (docs/operations.md)."
    copies = copies_in(folder) if folder.is_dir() else []
    if not copies and (found is None or found.seen.night is None):
        return "none yet; one a day is expected from the first night on"
    if not copies:
        raise Trouble(f"no copy in {folder}", f"{daily} CARTABLE_BACKUP_DIR says where they are.")
    if _lies_in(settings.key_file, folder):
        raise Trouble(
            f"the key file lies among the copies in {folder}",
            "Move it: whoever finds both reads everything.",
        )
    age = now - taken_at(copies[0])
    if age > OLD_COPY:
        raise Trouble(f"the newest copy is {age.days * 24 + age.seconds // 3600} h old", daily)
    return f"{copies[0].name}; keep a copy on another machine, and the keys apart"


def _lies_in(file: Path, folder: Path) -> bool:
    return file.resolve().is_relative_to(folder.resolve())


async def disk(settings: Settings, room: int = ROOM) -> str:
    """``room``: bytes that each folder should have free."""
    full = [
        f"{folder} {free // 1024**2} MB"
        for folder, needed in _places(settings, room)
        if (free := shutil.disk_usage(_there(folder)).free) < needed
    ]
    if full:
        raise Trouble(
            f"little room left: {', '.join(full)}",
            "Make room: a full disk stops bookings, backups and the night.",
        )
    return "there is room"


def _places(settings: Settings, room: int) -> Iterator[tuple[Path, int]]:
    yield settings.exchange_dir, room
    if (file := _database_file(settings)) is not None:
        size = file.stat().st_size if file.exists() else 0
        yield file.parent, room + size
        yield settings.backup_dir, room + size


def _database_file(settings: Settings) -> Path | None:
    try:
        return sqlite_file(settings)
    except ArgumentError:
        return None


def _there(folder: Path) -> Path:
    """It, or what it will be made in."""
    folder = folder.absolute()
    while not folder.exists():
        folder = folder.parent
    return folder


async def webhook(settings: Settings, now: datetime) -> str:
    if settings.public_url is None:
        return "none set: updates are fetched by long polling (CARTABLE_PUBLIC_URL)"
    if not settings.public_url.startswith("https://"):
        raise Trouble(
            "CARTABLE_PUBLIC_URL does not begin with https://",
            "Telegram calls nothing else: give the address of your reverse proxy.",
        )
    api = BotApi(settings.token, settings.api_url, seconds=SECONDS)
    try:
        told: dict[str, Any] = await api.call("getWebhookInfo", {})
    except AiogramError:
        return "not compared: Telegram did not answer"
    finally:
        await api.close()
    return _read_webhook(told, settings.public_url, now)


def _read_webhook(told: dict[str, Any], public_url: str, now: datetime) -> str:
    url, failed = str(told.get("url", "")), told.get("last_error_date")
    if not url:
        return "Telegram has none yet: the bot sets it when it starts"
    if not url.startswith(public_url.rstrip("/")):
        raise Trouble(
            f"Telegram calls another address ({url})",
            "Start `cartable run`, which sets it; or another installation uses this token: give "
            "each its own.",
        )
    if failed is not None and now.timestamp() - failed < RECENT.total_seconds():
        raise Trouble(
            f"Telegram could not reach it: {told.get('last_error_message', 'no reason told')}",
            "Check that the proxy forwards /telegram, its certificate, and that the bot runs.",
        )
    return f"set, {told.get('pending_update_count', 0)} updates wait"
