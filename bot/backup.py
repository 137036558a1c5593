"""`cartable backup`: the SQLite file copied whole while the bot writes to it."""

import os
import re
import shlex
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import URL

from bot.migrated import sqlite_file
from bot.settings import BadSettings, Settings
from storage.urls import read_url

NAMED: Final = re.compile(r"cartable-(\d{8}T\d{6}Z)\.db")
A_DAY: Final = timedelta(days=1)
STAMP: Final = "%Y%m%dT%H%M%SZ"


def back_up(settings: Settings, folder: Path, now: datetime, keep: int | None = None) -> Path:
    """A new file, for its owner only; under its name only when it is whole. Of the copies in the
    folder the ``keep`` newest stay. Raises BadSettings.
    """
    source = sqlite_file(settings)
    if source is None:
        raise BadSettings(how_to_dump(settings, folder, now))
    if not source.exists():
        raise BadSettings(f"There is no database at {source} yet.")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"cartable-{now.astimezone(UTC):{STAMP}}.db"
    if target.exists():
        raise BadSettings(f"{target} is there already.")
    _clear_begun(folder, now - A_DAY)
    beside = target.with_suffix(".part")
    try:
        _copy(source, beside)
        beside.replace(target)
        sync_folder(folder)
    except (sqlite3.Error, OSError) as error:
        raise BadSettings(
            f"No copy was made ({error}); those of before are kept. See that there is room in "
            f"{folder}, and run `cartable doctor`."
        ) from error
    finally:
        for suffix in ("", "-journal"):
            Path(f"{beside}{suffix}").unlink(missing_ok=True)
    for old in copies_in(folder)[keep:] if keep else ():
        old.unlink(missing_ok=True)
    return target


def _clear_begun(folder: Path, before: datetime) -> None:
    """Halves that were left when the machine stopped: one a day would fill the disk for good."""
    for path in folder.glob("cartable-*.part"):
        name = path.with_suffix(".db")
        if NAMED.fullmatch(name.name) and taken_at(name) <= before:
            path.unlink(missing_ok=True)


def copies_in(folder: Path) -> list[Path]:
    """Newest first: what this command made, and nothing else that lies there."""
    found = [path for path in folder.glob("cartable-*.db") if NAMED.fullmatch(path.name)]
    return sorted(found, key=lambda path: path.name, reverse=True)


def taken_at(copy: Path) -> datetime:
    """By its name, which survives being copied about."""
    return datetime.strptime(copy.name, f"cartable-{STAMP}.db").replace(tzinfo=UTC)


def how_to_dump(settings: Settings, folder: Path, now: datetime) -> str:
    """For a server, which has tools of its own."""
    dump = shlex.quote(str(folder / f"cartable-{now.astimezone(UTC):{STAMP}}.dump"))
    return (
        "The database is a PostgreSQL server's; its own tool backs it up, while the bot runs:\n"
        f"  pg_dump --format=custom --no-owner --no-privileges --file={dump} "
        f"{_address(settings)}\n"
        "The password comes from ~/.pgpass or PGPASSWORD. The keys are not in it."
    )


def how_to_restore(settings: Settings, dump: Path) -> str:
    new = f"{read_url(settings.database_url.get_secret_value()).database}_restored"
    return (
        "The database is a PostgreSQL server's; its own tools restore it, beside what is there:\n"
        "  1. stop every `cartable run`\n"
        f"  2. createdb --maintenance-db={_address(settings)} {shlex.quote(new)}\n"
        "  3. pg_restore --single-transaction --exit-on-error --no-owner --no-privileges "
        f"--dbname={_address(settings, new)} {shlex.quote(str(dump))}\n"
        f"  4. name {new} in DATABASE_URL, then `cartable db upgrade`, `cartable doctor`, and "
        "start again\n"
        "The password comes from ~/.pgpass or PGPASSWORD."
    )


def sync_folder(folder: Path) -> None:
    """A new name, too, must survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def check_whole(connection: sqlite3.Connection) -> None:
    """Raises OSError."""
    (well,) = connection.execute("PRAGMA integrity_check").fetchone()
    if well != "ok":
        raise OSError(0, f"the copy is damaged: {well}")


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)  # of one that was cut off
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    # Whoever opens the file for reading alone cannot follow its journal.
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)
        check_whole(written)
    with target.open("rb") as file:
        os.fsync(file.fileno())


def _address(settings: Settings, database: str | None = None) -> str:
    """As PostgreSQL's tools read it, without the password."""
    url = read_url(settings.database_url.get_secret_value())
    shown = URL.create(
        "postgresql",
        username=url.username,
        host=url.host,
        port=url.port,
        database=database or url.database,
        query={name: url.query[name] for name in ("host", "port") if name in url.query},
    )
    return shlex.quote(shown.render_as_string())
