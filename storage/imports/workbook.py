"""XLSX: a sheet a table. Formulas are told, never run; what may hide in the archive is refused.

``openpyxl`` parses with ``defusedxml`` where that is installed, and it is a dependency of ours for
that alone: no entity is expanded.
"""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from domain.imports.model import Trouble
from storage.imports.sources import MEBIBYTE, Cells, Limits, Sheet, Unusable, check_size

MOST_PARTS: Final = 1000
MOST_RATIO: Final = 200  # of a part that is not small
SMALL: Final = 10 * MEBIBYTE
MOST_AT_ONCE: Final = 128 * MEBIBYTE  # of texts and styles, which are read whole; sheets are not
MOST_COLUMNS: Final = 100
EXPLAINS: Final = "lisez-moi"  # the template's first sheet


def workbook_sheets(path: Path, limits: Limits) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    check_size(path, limits)
    check_archive(path, limits)
    try:
        workbook = load_workbook(path, read_only=True, keep_links=False, keep_vba=False)
    except Exception as error:  # noqa: BLE001 - whatever a stranger's archive does to its reader
        raise Unusable(path.name, Trouble.UNREADABLE, reason=type(error).__name__) from None
    try:
        for sheet in workbook.worksheets:
            if sheet.title.strip().casefold() != EXPLAINS:
                yield Sheet(f"{path.name}[{sheet.title}]", sheet.title, _rows(path, sheet))
    finally:
        workbook.close()


def check_archive(path: Path, limits: Limits) -> None:
    """Before anything is unpacked. Raises Unusable."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Unusable(path.name, Trouble.UNREADABLE, reason="XLSX") from None
    names = {part.filename.casefold() for part in parts}
    if any("vbaproject" in name or "macrosheets/" in name for name in names):
        raise Unusable(path.name, Trouble.MACROS)
    if any("externallinks/" in name or "connections.xml" in name for name in names):
        raise Unusable(path.name, Trouble.OUTSIDE_LINKS)
    _check_unpacked(path, parts, limits)
    _check_types(path)


def _check_unpacked(path: Path, parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """What the archive says of itself is checked again by zipfile while it unpacks."""
    bombs = [
        part
        for part in parts
        if part.file_size > SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1)
    ]
    total = sum(part.file_size for part in parts)
    at_once = sum(part.file_size for part in parts if "worksheets/" not in part.filename)
    too_much = total > limits.unpacked or at_once > MOST_AT_ONCE
    if bombs or too_much or len(parts) > MOST_PARTS:
        raise Unusable(path.name, Trouble.TOO_LARGE, most=limits.unpacked // MEBIBYTE)


def _check_types(path: Path) -> None:
    """A workbook with macros says so, even under another name."""
    with zipfile.ZipFile(path) as archive:
        try:
            with archive.open("[Content_Types].xml") as opened:
                types = opened.read(MEBIBYTE)
        except Exception:  # noqa: BLE001 - likewise: zlib, encryption, what not
            raise Unusable(path.name, Trouble.UNREADABLE, reason="XLSX") from None
    if b"macroenabled" in types.lower():
        raise Unusable(path.name, Trouble.MACROS)


def _rows(path: Path, sheet: Any) -> Iterator[tuple[int, Cells]]:
    name = f"{path.name}[{sheet.title}]"
    sheet.reset_dimensions()  # what a file says of its own size is not believed
    try:
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
            yield number, [_text(name, number, cell) for cell in row]
    except Unusable:
        raise
    except Exception as error:  # noqa: BLE001 - likewise
        raise Unusable(name, Trouble.UNREADABLE, reason=type(error).__name__) from None


def _text(name: str, line: int, cell: Any) -> str:
    """As it would stand in a CSV file."""
    value = cell.value
    _check_value(name, line, cell)
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat()
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case float():
            return f"{value:.10g}" if value != int(value) else str(int(value))
    return str(value)


def _check_value(name: str, line: int, cell: Any) -> None:
    if cell.data_type == "f":
        raise Unusable(name, Trouble.FORMULA, line=line, column=cell.column_letter)
    if cell.data_type == "e":  # what a formula left, such as #N/A
        where = {"line": line, "column": cell.column_letter}
        raise Unusable(name, Trouble.UNREADABLE, **where, reason=str(cell.value))
