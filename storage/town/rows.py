from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, insert


class Rows:
    """How rows are added, for the writers of a town."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _add(self, table: Table, **values: Any) -> int:
        row = self._connection.execute(insert(table).values(**values).returning(table.c.id))
        return int(row.scalar_one())

    def _add_all(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """One statement, however many; none for none."""
        if rows := list(rows):
            self._connection.execute(insert(table), rows)
