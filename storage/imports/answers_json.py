"""JSON, for machines: ``{"format": "cartable-answer", "version": 1, "answers": [{...}], ...}``."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from domain.imports.model import Table, Trouble
from domain.imports.tables import LIST, VERSION
from storage.imports.sources import MEBIBYTE, Cells, Limits, Sheet, Unusable

FORMAT: Final = "cartable-answer"
MOST_BYTES: Final = 32 * MEBIBYTE  # read whole: larger ones come as CSV or XLSX
ABOUT: Final = frozenset({"format", "version", "about"})


def json_sheets(path: Path, limits: Limits) -> Iterator[Sheet]:
    if path.stat().st_size > min(MOST_BYTES, limits.file):
        raise Unusable(path.name, Trouble.TOO_LARGE, most=MOST_BYTES // MEBIBYTE)
    try:
        said = json.loads(
            path.read_bytes(), parse_float=str, parse_int=str, object_pairs_hook=_once
        )
    except (ValueError, RecursionError):
        raise Unusable(path.name, Trouble.UNREADABLE, reason="JSON") from None
    if not isinstance(said, dict) or (said.get("format"), said.get("version")) != (
        FORMAT,
        str(VERSION),
    ):
        raise Unusable(path.name, Trouble.UNREADABLE, reason=f"{FORMAT} {VERSION}")
    for name, rows in said.items():
        if name not in ABOUT:
            yield Sheet(f"{path.name}[{name}]", name, _rows(f"{path.name}[{name}]", name, rows))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A table that is said twice would lose its first lines without a word."""
    said = dict(pairs)
    if len(said) < len(pairs):
        raise ValueError("a name twice")
    return said


def _rows(file: str, name: str, rows: Any) -> Iterator[tuple[int, Cells]]:
    """Line 1 is the headings, as everywhere: the first object is line 2."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Unusable(file, Trouble.UNREADABLE, reason="[{...}]")
    columns = [column.name for column in LIST[Table(name)]] if name in set(Table) else []
    given = list(dict.fromkeys(key for row in rows for key in row))
    ordered = [c for c in columns if c in given] + [c for c in given if c not in columns]
    yield 1, ordered or columns
    for number, row in enumerate(rows, start=2):
        yield number, [_text(file, number, column, row.get(column)) for column in ordered]


def _text(file: str, line: int, column: str, value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return value
        case dict():
            return json.dumps(value)
        case list() if all(isinstance(one, str) for one in value):
            return ";".join(value)
    raise Unusable(file, Trouble.UNREADABLE, line=line, column=column, reason="JSON")
