"""CSV: UTF-8, with commas or semicolons; named after its table."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO

from domain.imports.model import Trouble
from storage.imports.sources import Cells, Limits, Sheet, Unusable, check_size

GUARDED: Final = re.compile(r"'[=+\-@\t\r]")
LONGEST_LINE: Final = 200_000  # characters


def folder_sheets(folder: Path, limits: Limits) -> Iterator[Sheet]:
    """By name. What is no CSV is passed over; so are hidden and unfinished files."""
    paths = sorted(p for p in folder.iterdir() if p.suffix.lower() == ".csv" and p.name[0] != ".")
    if not paths:
        raise Unusable(folder.name, Trouble.NOTHING_THERE)
    for path in paths:
        yield csv_sheet(path, limits)


def csv_sheet(path: Path, limits: Limits) -> Sheet:
    """``families.csv``; or ``answers.2026-11-24.csv``, of which the first word is the table."""
    check_size(path, limits)
    return Sheet(path.name, path.name.split(".")[0], _rows(path))


def _rows(path: Path) -> Iterator[tuple[int, Cells]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            heading = file.readline(LONGEST_LINE)
            file.seek(0)
            delimiter = ";" if heading.count(";") > heading.count(",") else ","
            reader = csv.reader(_checked(path.name, file), delimiter=delimiter, strict=True)
            for cells in reader:
                yield reader.line_num, [_bare(cell) for cell in cells]
        except UnicodeDecodeError:
            raise Unusable(path.name, Trouble.NOT_UTF_8) from None
        except csv.Error as error:
            line = reader.line_num
            raise Unusable(path.name, Trouble.UNREADABLE, line=line, reason=str(error)) from None


def _checked(name: str, file: TextIO) -> Iterator[str]:
    """Line by line, however long somebody has made one of them."""
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE or "\0" in line:
            raise Unusable(name, Trouble.UNREADABLE, reason="NUL" if "\0" in line else "CSV")
        yield line


def _bare(cell: str) -> str:
    """Without the quote that keeps a spreadsheet from running it: see ``exchange.harmless``."""
    return cell[1:] if GUARDED.match(cell) else cell
