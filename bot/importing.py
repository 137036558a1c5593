"""The import over a real database, for the command line."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.clock import utc_now
from bot.migrated import migrated
from bot.passwords import Argon2Passwords
from bot.settings import Settings
from domain.imports.service import ImportTown
from storage.engine import transactions
from storage.imports import FileStaging, SqlImport


@asynccontextmanager
async def importing(settings: Settings) -> AsyncIterator[ImportTown]:
    async with migrated(settings) as database:
        town = transactions(database, SqlImport)
        yield ImportTown(town, FileStaging(), Argon2Passwords(), utc_now)
