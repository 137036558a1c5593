"""The town's own data, whole, in memory: ``domain.activities.ports.Catalogues``."""

import asyncio

from sqlalchemy import Connection, select

from domain.activities.catalogue import Catalogue
from storage.catalogue_rows import read_activities, read_structures
from storage.database import Database
from storage.schema import town


class SqlCatalogues:
    """Keeps one catalogue, and reads it again only when somebody has heard of a newer one."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: Catalogue | None = None
        self._loading = asyncio.Lock()

    async def __call__(self, version: int | None = None) -> Catalogue:
        """Without a version the newest one, which costs a look at its number."""
        if version is None:
            version = await self._database.read(catalogue_version)
        if self._kept is None or self._kept.version < version:
            async with self._loading:
                # Whoever waited here finds it loaded.
                if self._kept is None or self._kept.version < version:
                    self._kept = await self._database.read(load_catalogue)
        return self._kept


def catalogue_version(connection: Connection) -> int:
    """0 before the first import."""
    return connection.scalar(select(town.c.catalogue_version)) or 0


def load_catalogue(connection: Connection) -> Catalogue:
    # The number first: an import that commits meanwhile has a higher one, so it is read again.
    version = catalogue_version(connection)
    return Catalogue(version, read_structures(connection), read_activities(connection))
