import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from storage.columns import give_keyring
from storage.crypto import Keyring
from storage.database import COMPACT_JSON
from storage.engine import Database, opened
from storage.keycheck import prove_keyring
from storage.town import TownWriter
from storage.urls import read_url
from tests.storage.rivals import Rivals
from tests.storage.small_town import SmallTown, fill
from tests.storage.worlds import in_database, in_memory


@pytest.fixture
async def town(database: Database) -> SmallTown:
    await prove_keyring(database)
    return await database.write(lambda connection: fill(TownWriter(connection)))


@pytest.fixture(params=["fake", "sqlite", "postgresql"])
async def world(request, keyring: Keyring):
    """``at = await world(data)``: that town, in memory or in a database."""
    if request.param == "fake":
        yield _at_once
        return
    url = request.getfixturevalue(f"{request.param}_url")
    async with opened(url, keyring) as database:
        yield lambda data: in_database(database, data)


@pytest.fixture(params=["sqlite", "postgresql"])
async def sql_world(request, keyring: Keyring):
    """The same for tests that count statements."""
    url = request.getfixturevalue(f"{request.param}_url")
    async with opened(url, keyring) as database:
        yield lambda data: in_database(database, data)


@pytest.fixture
async def postgresql_world(postgresql_url, keyring: Keyring):
    """The same for what only a server of many connections can show."""
    async with opened(postgresql_url, keyring) as database:
        yield lambda data: in_database(database, data)


@pytest.fixture
async def rivals(postgresql_url, keyring):
    engine = create_async_engine(
        read_url(postgresql_url), isolation_level="READ COMMITTED", json_serializer=COMPACT_JSON
    )
    give_keyring(engine.dialect, keyring)
    yield Rivals(engine)
    await engine.dispose()


async def _at_once(data):
    return in_memory(data)
