"""A wrong keyring is noticed when the program starts, not by the first parent who comes."""

from typing import Final

from sqlalchemy import Connection, select

from storage.columns import keyring_of
from storage.crypto import KeyringError
from storage.database import Database
from storage.schema import town
from storage.upserts import insert_into

KNOWN: Final = "cartable"


async def prove_keyring(database: Database) -> None:
    """Raises KeyringError unless this keyring sealed what is in the database.

    An empty database takes the keyring that it is shown first.
    """
    if not await database.read(is_proven):
        await database.write(_adopt)


def is_proven(connection: Connection) -> bool:
    """False while it is empty; changes nothing. Raises KeyringError."""
    row = connection.execute(select(town.c.key_check, town.c.index_check)).first()
    if row is None or row.key_check is None:
        return False
    if row.index_check != _index(connection):
        raise KeyringError("the 'index' key is not the one that this database was filled with")
    return True


def _adopt(connection: Connection) -> None:
    checks = {"key_check": KNOWN, "index_check": _index(connection)}
    query = insert_into(connection, town).values(id=1, catalogue_version=0, **checks)
    connection.execute(query.on_conflict_do_update(town.primary_key, set_=checks))


def _index(connection: Connection) -> bytes:
    return keyring_of(connection.dialect).blind("check", KNOWN)
