"""`cartable backup`: the SQLite file copied whole while the bot writes to it."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from bot.migrated import sqlite_file
from bot.settings import BadSettings, Settings


def back_up(settings: Settings, folder: Path, now: datetime) -> Path:
    """A new file, for its owner only; under its name only when it is whole. Raises BadSettings."""
    source = sqlite_file(settings)
    if source is None:
        raise BadSettings("The database is a PostgreSQL server's: back it up with pg_dump.")
    if not source.exists():
        raise BadSettings(f"There is no database at {source} yet.")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"cartable-{now:%Y%m%dT%H%M%SZ}.db"
    if target.exists():
        raise BadSettings(f"{target} is there already.")
    beside = target.with_suffix(".part")
    _copy(source, beside)
    beside.replace(target)
    return target


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)  # of one that was cut off
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    # Whoever opens the file for reading alone cannot follow its journal.
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)
        (well,) = written.execute("PRAGMA integrity_check").fetchone()
    if well != "ok":
        raise OSError(0, f"the copy is damaged: {well}")
    with target.open("rb") as file:
        os.fsync(file.fileno())
