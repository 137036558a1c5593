"""The database of the settings: made when it is missing, brought up to date, keys proven."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import make_url

from bot.keys import keyring_of
from bot.settings import BadSettings, Settings
from storage import migrate
from storage.crypto import KeyringError
from storage.engine import Database, opened
from storage.keycheck import prove_keyring

TOO_NEW = (
    "The database was upgraded by a newer Cartable (its schema is {}). Install that version "
    "again, or restore the copy of before."
)


@asynccontextmanager
async def migrated(settings: Settings) -> AsyncIterator[Database]:
    """Raises BadSettings when it is a newer version's, or the keys are not those of it."""
    url = settings.database_url.get_secret_value()
    if file := sqlite_file(settings):
        file.parent.mkdir(parents=True, exist_ok=True)
    keyring = keyring_of(settings)
    if (found := await migrate.current(url)) and found not in migrate.revisions():
        raise BadSettings(TOO_NEW.format(found))
    await migrate.upgrade(url)
    async with opened(url, keyring) as database:
        try:
            await prove_keyring(database)
        except KeyringError as error:
            raise BadSettings(
                f"These are not the keys of this database ({error}). Restore the key file that "
                "belongs to it."
            ) from error
        yield database


def sqlite_file(settings: Settings) -> Path | None:
    """None where the database is a server's."""
    url = make_url(settings.database_url.get_secret_value())
    is_file = url.get_backend_name() == "sqlite" and url.database
    return Path(url.database) if is_file and url.database else None
