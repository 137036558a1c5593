"""INSERT ... ON CONFLICT, which both databases have and SQLAlchemy spells once for each."""

from typing import TypeAlias

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Upsert: TypeAlias = postgresql.Insert | sqlite.Insert


def insert_into(connection: Connection, table: Table) -> Upsert:
    """An INSERT that knows ``on_conflict_do_nothing``, ``on_conflict_do_update``, ``excluded``."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
