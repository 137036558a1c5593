"""How many rows are added at once, and found again by their numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, insert, update

from storage.schema import ledger_entry
from storage.upserts import insert_into

Row = Mapping[str, Any]


def add_all(connection: Connection, table: Table, rows: Sequence[Row]) -> list[int]:
    """Their numbers, in the order of ``rows``."""
    if not rows:
        return []
    query = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return [int(key) for key in connection.execute(query, list(rows)).scalars()]


def add_entries(connection: Connection, rows: Sequence[Row]) -> list[int]:
    """As ``add_all``, into the ledger: its trigger locks wallets, in one order whoever writes."""
    order = sorted(range(len(rows)), key=lambda at: rows[at]["wallet_id"])
    added = add_all(connection, ledger_entry, [rows[at] for at in order])
    keys = dict(zip(order, added, strict=True))
    return [keys[at] for at in range(len(rows))]


def put_all(
    connection: Connection,
    table: Table,
    rows: Sequence[Row],
    *names: str,
    key: Sequence[str] = (),
) -> None:
    """Insert, or replace the columns of these ``names``; without a name what is there stays.

    ``key``: the unique columns, where they are not the primary key.
    """
    if not rows:
        return
    query = insert_into(connection, table)
    if not names:
        connection.execute(query.on_conflict_do_nothing(), list(rows))
        return
    changed = {name: query.excluded[name] for name in names}
    where = [table.c[name] for name in key] or list(table.primary_key.columns)
    query = query.on_conflict_do_update(index_elements=where, set_=changed)
    connection.execute(query, list(rows))


def change_all(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Each row holds its ``id``, and all of them the same columns."""
    if not rows:
        return
    names = [name for name in rows[0] if name != "id"]
    columns: dict[str, Column[Any]] = {name: table.c[name] for name in names}
    query = update(table).where(table.c.id == bindparam("its_id"))
    query = query.values(
        {name: bindparam(f"new_{name}", type_=c.type) for name, c in columns.items()}
    )
    connection.execute(
        query,
        [{"its_id": row["id"], **{f"new_{n}": row[n] for n in names}} for row in rows],
    )
