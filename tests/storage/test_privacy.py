"""A12: no personal value in clear in the database, whoever reads its files."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import Connection, text

from storage.accounts import SqlAccounts
from storage.crypto import Keyring, KeyringError, new_keyring_text
from storage.engine import Database, opened
from storage.fsm import SqlStorage
from storage.keycheck import prove_keyring
from storage.schema import metadata
from storage.town import TownWriter
from storage.urls import read_url
from tests.storage.small_town import JEAN_PAUL, NOW, SmallTown

PERSONAL = ["Jean-Paul", "Dupont", "exemple.fr", "Leyah", "Adam", "Martin", str(JEAN_PAUL)]
KNOWN_TO_ALL = "Restauration Scolaire"  # proof that the search finds what is there


@pytest.fixture
async def used(database: Database, town: SmallTown) -> None:
    """Every way by which something personal reaches the database."""
    key = StorageKey(bot_id=1, chat_id=JEAN_PAUL, user_id=JEAN_PAUL)
    await SqlStorage(database).set_data(key, {"identifier": "Dupont.JP"})
    await database.write(lambda connection: log_in(SqlAccounts(connection), town))


def log_in(accounts: SqlAccounts, town: SmallTown) -> None:
    accounts.count_failure(JEAN_PAUL, "Dupont.JP", NOW)
    accounts.open_session(town.father, town.structure, JEAN_PAUL, NOW)


def dump(connection: Connection) -> Iterator[bytes]:
    """What the server itself shows of each row, as a dump would, and the bytes behind it."""
    for name in metadata.tables:
        for row in connection.execute(text(f'SELECT "{name}"::text AS shown FROM "{name}"')):  # noqa: S608 - our own names
            yield row.shown.encode()
            yield from (bytes.fromhex(word) for word in hexadecimal(row.shown))


def hexadecimal(shown: str) -> Iterator[str]:
    for word in shown.replace('"', "").strip("()").split(","):
        if word.startswith("\\\\x"):
            yield word[3:]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_file_of_sqlite_names_nobody(
    database: Database, database_url: str, used: None
) -> None:
    await database.close()

    kept = await asyncio.to_thread(Path(read_url(database_url).database or "").read_bytes)

    assert KNOWN_TO_ALL.encode() in kept
    assert [word for word in PERSONAL if word.lower().encode() in kept.lower()] == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_the_tables_of_postgresql_name_nobody(database: Database, used: None) -> None:
    kept = b"\n".join(await database.read(lambda connection: list(dump(connection))))

    assert KNOWN_TO_ALL.encode() in kept
    assert b"cartable" not in kept
    assert [word for word in PERSONAL if word.lower().encode() in kept.lower()] == []


async def test_another_keyring_is_refused_at_start(
    database: Database, database_url: str, town: SmallTown
) -> None:
    stranger = Keyring.parse(new_keyring_text())

    async with opened(database_url, stranger) as with_stranger:
        with pytest.raises(KeyringError):
            await prove_keyring(with_stranger)


async def test_another_index_key_is_refused_at_start(
    database_url: str, town: SmallTown, database: Database
) -> None:
    """Names would still open, but nobody could log in."""
    keys = {"k1": bytes(32)}
    async with opened(database_url, Keyring(keys, b"1" * 32)) as first:
        await first.write(lambda c: c.execute(text("DELETE FROM town")))
        await prove_keyring(first)

    async with opened(database_url, Keyring(keys, b"2" * 32)) as second:
        with pytest.raises(KeyringError, match="'index'"):
            await prove_keyring(second)


async def test_the_same_keyring_is_taken_again(database: Database, town: SmallTown) -> None:
    await prove_keyring(database)

    assert await database.write(lambda connection: TownWriter(connection).publish()) == 2
