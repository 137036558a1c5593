"""Everything that is sealed, sealed again with the key that seals now: after a new key was added.

In batches, each in a transaction of its own: the bot works on meanwhile, and whoever is killed in
the middle has only to begin again, as a value tells which key it was sealed with.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    LargeBinary,
    Table,
    bindparam,
    func,
    or_,
    select,
    type_coerce,
    update,
)

from storage.columns import SealedJson, SealedText, keyring_of
from storage.database import Database
from storage.schema import metadata

BATCH: Final = 200  # rows that others may have to wait for, a few milliseconds


@dataclass(frozen=True, slots=True)
class SealedTable:
    table: Table
    columns: tuple[Column[Any], ...]

    @property
    def key(self) -> tuple[Column[Any], ...]:
        return tuple(self.table.primary_key.columns)


def sealed_tables() -> Iterator[SealedTable]:
    """All there are, by the types of their columns: none can be forgotten."""
    for table in metadata.sorted_tables:
        sealed = tuple(c for c in table.c if isinstance(c.type, SealedText | SealedJson))
        if sealed:
            yield SealedTable(table, sealed)


def left(connection: Connection) -> int:
    """Rows that hold something sealed with another key than the one that seals now."""
    mark = keyring_of(connection.dialect).mark
    return sum(
        connection.scalar(select(func.count()).select_from(of.table).where(_stale(of, mark))) or 0
        for of in sealed_tables()
    )


async def reseal(
    database: Database, *, batch: int = BATCH, told: Callable[[int], object] = lambda _: None
) -> int:
    """Answers how many rows were sealed again; ``told`` hears it after each transaction.

    Rows that somebody holds are passed over: done when ``left`` answers 0.
    """
    done = 0
    for of in sealed_tables():
        while changed := await database.write(partial(_reseal, of=of, batch=batch)):
            done += changed
            told(done)
    return done


def _reseal(connection: Connection, *, of: SealedTable, batch: int) -> int:
    keyring = keyring_of(connection.dialect)
    raw = (type_coerce(column, LargeBinary).label(column.name) for column in of.columns)
    query = select(*of.key, *raw).where(_stale(of, keyring.mark)).order_by(*of.key).limit(batch)
    # Held until the commit, and never waited for: no deadlock with those who change several.
    rows = connection.execute(query.with_for_update(skip_locked=True, key_share=True)).all()
    if not rows:
        return 0
    places = {column.name: _place(column) for column in of.columns}

    def again(name: str, value: bytes | None) -> bytes | None:
        place = places[name]
        return None if value is None else keyring.seal(keyring.open(value, place), place)

    renewed = [
        {f"key_{column.name}": getattr(row, column.name) for column in of.key}
        | {f"new_{name}": again(name, getattr(row, name)) for name in places}
        for row in rows
    ]
    connection.execute(_renewal(of), renewed)
    return len(rows)


def _renewal(of: SealedTable) -> Any:
    new = {c.name: bindparam(f"new_{c.name}", type_=LargeBinary) for c in of.columns}
    return (
        update(of.table)
        .where(
            *(column == bindparam(f"key_{column.name}", type_=column.type) for column in of.key)
        )
        .values({of.table.c[name]: type_coerce(value, LargeBinary) for name, value in new.items()})
    )


def _stale(of: SealedTable, mark: bytes) -> ColumnElement[bool]:
    """A NULL is not: it compares as unknown."""
    known = bindparam(None, mark, type_=LargeBinary)
    return or_(
        *(
            func.substr(type_coerce(column, LargeBinary), 1, len(mark)) != known
            for column in of.columns
        )
    )


def _place(column: Column[Any]) -> str:
    assert isinstance(column.type, SealedText | SealedJson)  # noqa: S101 - by sealed_tables
    return column.type.place
