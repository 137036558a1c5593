"""A line of a table, read: a record, or every problem that is in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from domain.imports.cells import Unreadable, checked
from domain.imports.model import Problem, Record, Table, Trouble, Value
from domain.imports.rules import contradictions
from domain.imports.tables import EXAMPLE, LIST, Column


@dataclass(frozen=True, slots=True)
class Heading:
    """The columns of a table as one file orders them."""

    table: Table
    file: str
    columns: tuple[Column, ...]

    def is_example(self, cells: Sequence[str]) -> bool:
        at = self.columns.index(LIST[self.table][0])
        return at < len(cells) and cells[at].strip().startswith(EXAMPLE)


def heading(
    table: Table, file: str, cells: Sequence[str], *, line: int = 1
) -> tuple[Heading | None, list[Problem]]:
    """None where lines cannot be read under it."""
    known = {column.name: column for column in LIST[table]}
    names = [cell.strip().casefold() for cell in cells]
    while names and not names[-1]:
        names.pop()
    problems = []
    for position, name in enumerate(names):
        if name not in known:
            listed = ", ".join(known)
            shown = name or str(position + 1)
            problems.append(Problem(file, line, shown, Trouble.UNKNOWN_COLUMN, {"known": listed}))
        elif name in names[:position]:
            problems.append(Problem(file, line, name, Trouble.COLUMN_TWICE))
    problems += [
        Problem(file, line, column.name, Trouble.COLUMN_MISSING)
        for column in known.values()
        if column.required and column.name not in names
    ]
    if problems:
        return None, problems
    return Heading(table, file, tuple(known[name] for name in names)), []


def read_line(
    under: Heading, line: int, cells: Sequence[str]
) -> tuple[Record | None, str | None, list[Problem]]:
    """The record, its key, and the problems. A key alone: the line is there, though unreadable."""
    given = dict(zip((c.name for c in under.columns), map(str.strip, cells), strict=False))
    problems: list[Problem] = []
    if any(cell.strip() for cell in cells[len(under.columns) :]):
        problems.append(Problem(under.file, line, "", Trouble.TOO_MANY_CELLS))
    values: dict[str, Value] = {}
    for column in LIST[under.table]:
        if column.stays and column not in under.columns:
            continue
        try:
            values[column.name] = _read(column, given.get(column.name, ""))
        except Unreadable as error:
            problems.append(Problem(under.file, line, column.name, error.trouble, error.params))
    key = key_of(under.table, values)
    if problems or key is None:
        return None, key, problems
    record = Record(under.table, under.file, line, key, values)
    problems = list(contradictions(record))
    return (None if problems else record), key, problems


def references(record: Record) -> Iterator[tuple[Column, str]]:
    """Each code that the record refers to, with its column."""
    for column in LIST[record.table]:
        if column.refers is None or (value := record.values[column.name]) is None:
            continue
        for one in value if isinstance(value, tuple) else (value,):
            yield column, str(one)


def reference_of(record: Record) -> str:
    """Of a payment: ours, where the line may tell of an order; what is given back never does.
    Families and the Trésor know it as the number of the document.
    """
    values = record.values
    return "" if values["amount"] < 0 else str(values["reference"] or values["number"] or "")


def unique(record: Record) -> Iterator[tuple[str, str, str]]:
    """What no other line of the file may say: a space of names, the name, and its column."""
    yield record.table.value, record.key, ""
    if record.table is Table.GUARDIANS:
        identifier = normalize("NFKC", record.values["identifier"]).strip().casefold()
        yield "identifier", identifier, "identifier"


def to_data(values: Mapping[str, Value]) -> list[object]:
    """JSON-safe, in the order of the table's columns; the same for the same values."""
    return [_plain(value) for value in values.values()]


def said(record: Record) -> list[object]:
    """What the line says. A later column that is empty is as it was when it was not there, so that
    the files of before are still known.
    """
    later = {column.name for column in LIST[record.table] if column.later}
    return to_data({n: v for n, v in record.values.items() if n not in later or v is not None})


def from_data(table: Table, data: Sequence[Any]) -> dict[str, Value]:
    """What ``to_data`` wrote. A column that the file had not is not there either."""
    said = zip(LIST[table], data, strict=False)
    return {column.name: _value(value, column) for column, value in said}


def _read(column: Column, cell: str) -> Value:
    cell = checked(cell) or column.default
    if cell:
        return column.read(cell)
    if column.required:
        raise Unreadable(Trouble.EMPTY)
    return None


def key_of(table: Table, values: Mapping[str, Any]) -> str | None:
    """What names the line for ever; None where a part of it cannot be read. Codes, dates and
    numbers hold no slash, so no two lines have the same by chance.
    """
    parts = []
    for column in LIST[table]:
        if column.key:
            if column.name not in values:
                return None
            parts.append(_shown(values[column.name]))
    return "/".join(parts)


def _shown(value: Value) -> str:
    if isinstance(value, Decimal):  # 700 and 700.00 are one bracket
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


def _plain(value: Value) -> object:
    match value:
        case Decimal():
            return {"d": f"{value:f}"}
        case date():
            return {"t": value.isoformat()}
        case time():
            return {"c": value.isoformat("minutes")}
    return value


def _value(data: Any, column: Column) -> Value:
    match data:
        case {"d": str(written)}:
            return Decimal(written)
        case {"t": str(written)}:
            return date.fromisoformat(written)
        case {"c": str(written)}:
            return time.fromisoformat(written)
        case list():
            return tuple(data)
    value: Value = data
    return value
