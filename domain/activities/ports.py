from typing import Protocol

from domain.activities.catalogue import Catalogue


class Catalogues(Protocol):
    """The town's data by version; a reader that knows a newer version gets the newer data."""

    async def __call__(self, version: int | None = None) -> Catalogue: ...
