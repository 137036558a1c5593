"""The town's own codes, and what their lines said the last time."""

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Final, TypeVar

from sqlalchemy import Connection, select

from domain.imports.model import Record, Table
from domain.imports.ports import Known
from domain.imports.reading import said
from storage import schema
from storage.columns import keyring_of
from storage.schema import imported
from storage.upserts import insert_into

T = TypeVar("T")
PLACE: Final = "imported"
POOLS: Final = "pools"
TICKETS: Final = "tickets"  # that a line of consumptions has named
AT_ONCE: Final = 500
NUMBERED: Final = {
    Table.STRUCTURES: schema.structure,
    Table.ACTIVITIES: schema.activity,
    Table.FAMILIES: schema.family,
    Table.CHILDREN: schema.child,
}


class Codes:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keyring = keyring_of(connection.dialect)

    def ids(self, kind: str, codes: Set[str]) -> Mapping[str, int]:
        """By code, or by ``#`` and our own number."""
        numbers = {code: int(code[1:]) for code in codes if code.startswith("#")}
        found = dict(self._by_code(kind, codes - numbers.keys()))
        if numbers and kind in NUMBERED:
            there = self._numbers(Table(kind), set(numbers.values()))
            found |= {code: number for code, number in numbers.items() if number in there}
        return found

    def of_numbers(self, kind: str, numbers: Set[str]) -> Mapping[str, str]:
        """The code of each ``#`` and our number; without one, ``#`` and the number."""
        asked = {number: int(number[1:]) for number in numbers}
        named: dict[int, str] = {}
        for some in parts(sorted(set(asked.values()))):
            query = select(imported.c.row_id, imported.c.code).where(
                imported.c.kind == str(kind), imported.c.row_id.in_(some)
            )
            named |= {row[0]: row[1] for row in self._connection.execute(query)}
        return {number: named.get(key, f"#{key}") for number, key in asked.items()}

    def known(self, records: Sequence[Record]) -> Mapping[str, Known]:
        if not records:
            return {}
        now = {record.key: self._fingerprint(record) for record in records}
        known = {}
        for some in parts(now):
            query = select(imported.c.code, imported.c.row_id, imported.c.fingerprint).where(
                imported.c.kind == records[0].table.value, imported.c.code.in_(some)
            )
            for code, row_id, fingerprint in self._connection.execute(query):
                known[code] = Known(row_id, bytes(fingerprint) == now[code])
        return known

    def remember(self, records: Sequence[tuple[Record, int | None]]) -> None:
        self._put(
            {
                "kind": record.table.value,
                "code": record.key,
                "row_id": row_id,
                "fingerprint": self._fingerprint(record),
            }
            for record, row_id in records
        )

    def remember_pools(self, pools: Mapping[str, int]) -> None:
        fingerprint = self._keyring.blind(PLACE, POOLS)
        self._put(
            {"kind": POOLS, "code": code, "row_id": row_id, "fingerprint": fingerprint}
            for code, row_id in pools.items()
        )

    def remember_tickets(self, tickets: Set[str]) -> None:
        fingerprint = self._keyring.blind(PLACE, TICKETS)
        self._put(
            {"kind": TICKETS, "code": one, "row_id": None, "fingerprint": fingerprint}
            for one in sorted(tickets)
        )

    def _put(self, rows: Iterable[Mapping[str, object]]) -> None:
        listed = list(rows)
        if listed:
            query = insert_into(self._connection, imported)
            changed = {name: query.excluded[name] for name in ("row_id", "fingerprint")}
            query = query.on_conflict_do_update(imported.primary_key, set_=changed)
            self._connection.execute(query, listed)

    def _fingerprint(self, record: Record) -> bytes:
        """Blind: names are in it, which must not be guessed from it."""
        return self._keyring.blind(PLACE, json.dumps(said(record)))

    def _by_code(self, kind: str, codes: Set[str]) -> Iterable[tuple[str, int]]:
        for some in parts(codes):
            query = select(imported.c.code, imported.c.row_id).where(
                imported.c.kind == str(kind), imported.c.code.in_(some)
            )
            yield from (tuple(row) for row in self._connection.execute(query))

    def _numbers(self, table: Table, numbers: Set[int]) -> Set[int]:
        there = NUMBERED[table].c.id
        found: set[int] = set()
        for some in parts(numbers):
            found.update(self._connection.scalars(select(there).where(there.in_(some))))
        return found


def parts(values: Iterable[T]) -> Iterable[list[T]]:
    """A database takes only so many parameters at once."""
    listed = list(values)
    return (listed[at : at + AT_ONCE] for at in range(0, len(listed), AT_ONCE))
