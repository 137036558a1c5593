"""What lines refer to: rows that the town has, by its own codes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from domain.imports.model import Linked, Record, Table
from domain.imports.ports import ImportTx, Known
from domain.imports.reading import key_of, references

Ids = Mapping[Table, Mapping[str, int]]


def wanted(records: Sequence[Record]) -> dict[Table, set[str]]:
    """The codes that these lines refer to, by table."""
    codes = defaultdict[Table, set[str]](set)
    for record in records:
        for column, code in references(record):
            if column.refers is not None:
                codes[column.refers].add(code)
    return codes


def find(tx: ImportTx, records: Sequence[Record]) -> Ids:
    return {table: tx.ids(table, codes) for table, codes in wanted(records).items()}


def keyed(tx: ImportTx, records: Sequence[Record]) -> list[Record]:
    """Whoever names a row by ``#`` and our number and whoever names it by the town's code mean one
    line: its key has the code where there is one. What it says stays as it was said.
    """
    numbers = defaultdict[Table, set[str]](set)
    for table, codes in wanted(records).items():
        numbers[table] |= {code for code in codes if code.startswith("#")}
    names = {table: tx.codes(table, those) for table, those in numbers.items() if those}
    return [_keyed(record, names) for record in records] if names else list(records)


def _keyed(record: Record, names: Mapping[Table, Mapping[str, str]]) -> Record:
    of = {
        column.name: named
        for column, code in references(record)
        if column.key and column.refers and (named := names.get(column.refers, {}).get(code))
    }
    key = key_of(record.table, {**record.values, **of}) if of else None
    return record if key is None else replace(record, key=key)


def link(record: Record, ids: Ids, known: Mapping[str, Known]) -> Linked:
    """What is not there yet is left out."""
    refers = defaultdict[str, list[int]](list)
    for column, code in references(record):
        if column.refers is not None and (found := ids[column.refers].get(code)) is not None:
            refers[column.name].append(found)
    there = known.get(record.key)
    linked = {name: tuple(found) for name, found in refers.items()}
    return Linked(record, linked, there.id if there is not None else None)
