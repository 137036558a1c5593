"""`cartable restore`: a copy put in the database's place, once it is known to be good there."""

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.backup import STAMP, check_whole, how_to_restore, sync_folder
from bot.keys import keyring_of
from bot.migrated import sqlite_file
from bot.settings import BadSettings, Settings
from storage import migrate
from storage.crypto import KeyringError
from storage.engine import opened
from storage.keycheck import is_proven

JOURNALS: Final = ("-wal", "-shm")
LOCKED_FROM: Final = 0x40000002  # SQLite's shared lock: these bytes, held while a file is open
LOCKED: Final = 510
IN_USE: Final = "{} is in use: stop the bot (and whatever else has it open), then try again."


@dataclass(frozen=True, slots=True)
class Restored:
    """``aside``: where what was there before is kept. ``older``: the schema needs an upgrade."""

    path: Path
    aside: Path | None
    older: bool


async def restore(
    settings: Settings, copy: Path, now: datetime, *, overwrite: bool = False
) -> Restored:
    """Nothing is changed before everything about the copy is known to be well: it is whole, its
    schema is known, the keys open it. Raises BadSettings.
    """
    target = sqlite_file(settings)
    if target is None:
        raise BadSettings(how_to_restore(settings, copy))
    _check_places(settings, copy, target, overwrite=overwrite)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f"{target.name}.part")
    try:
        _take(copy, beside)
        older = _revision(beside) != migrate.newest()
        await _check_keys(settings, beside)
        aside = _put(beside, target, now)
    finally:
        _clear(beside)
    return Restored(target, aside, older)


def _check_places(settings: Settings, copy: Path, target: Path, *, overwrite: bool) -> None:
    if not copy.is_file():
        raise BadSettings(f"There is no file {copy}.")
    if any(Path(f"{copy}{suffix}").exists() for suffix in JOURNALS):
        raise BadSettings(
            f"{copy} has a journal beside it: it is a database in use, or was copied from under a "
            "running bot. Take a copy that `cartable backup` made."
        )
    if settings.key is None and not settings.key_file.exists():
        raise BadSettings(
            f"{settings.key_file} is missing, and without it no name in the copy can be read. "
            "Restore it from its own copy first."
        )
    if target.exists() and not overwrite:
        raise BadSettings(
            f"There is a database at {target} already. With --yes it is put aside, not deleted."
        )


def _take(copy: Path, beside: Path) -> None:
    _clear(beside)  # of one that was cut off
    with copy.open("rb") as read, os.fdopen(_new_file(beside), "wb") as written:
        shutil.copyfileobj(read, written)
    try:
        with closing(sqlite3.connect(beside)) as connection:
            check_whole(connection)
    except (sqlite3.DatabaseError, OSError):
        raise BadSettings(
            f"{copy} is damaged, or no SQLite database. Take another copy."
        ) from None


def _clear(beside: Path) -> None:
    for suffix in ("", *JOURNALS):
        Path(f"{beside}{suffix}").unlink(missing_ok=True)


def _new_file(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def _revision(path: Path) -> str:
    try:
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError:
        found = None
    if found is None:
        raise BadSettings("This is no database of Cartable: it has no schema revision.")
    if found[0] not in migrate.revisions():
        raise BadSettings(
            f"The copy was made by a newer Cartable (schema {found[0]}, this one knows "
            f"{migrate.newest()}). Install that version, then restore."
        )
    return str(found[0])


async def _check_keys(settings: Settings, path: Path) -> None:
    try:
        async with opened(f"sqlite:///{path}", keyring_of(settings)) as database:
            await database.read(is_proven)
    except KeyringError as error:
        raise BadSettings(
            f"The keys do not open this copy ({error}). Restore the key file of its time first: "
            "after a rotation, older copies need the older file."
        ) from None


def _put(beside: Path, target: Path, now: datetime) -> Path | None:
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    aside = None
    if target.exists():
        aside = target.with_name(f"{target.name}.before-{now.astimezone(UTC):{STAMP}}")
        with _held(target):
            os.link(target, aside)  # so that there is a whole database under the name at any time
            for suffix in JOURNALS:
                if (journal := Path(f"{target}{suffix}")).exists():
                    journal.replace(f"{aside}{suffix}")
            beside.replace(target)
    else:
        beside.replace(target)
    sync_folder(target.parent)
    return aside


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Nobody else has it open, or opens it meanwhile; its journal is folded in."""
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            # Refused while any other connection is open, idle ones too.
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise BadSettings(IN_USE.format(path)) from error
        except sqlite3.DatabaseError:
            _check_idle(path)  # it is damaged: a good reason to restore
        yield


def _check_idle(path: Path) -> None:
    with path.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, LOCKED, LOCKED_FROM)
        except OSError as error:
            raise BadSettings(IN_USE.format(path)) from error
