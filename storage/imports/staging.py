"""Reads a folder or a file into a spool: ``domain.imports.ports.Staging``."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from domain.imports.model import Problem, Table, Trouble
from domain.imports.ports import Progress, Staged
from domain.imports.reading import Heading, heading, read_line
from storage.imports.answers_json import json_sheets
from storage.imports.csv_files import csv_sheet, folder_sheets
from storage.imports.sources import Cells, Limits, Sheet, Unusable
from storage.imports.spool import Spool
from storage.imports.workbook import workbook_sheets

EVERY: Final = 500  # lines between two words of progress


@dataclass(frozen=True, slots=True)
class FileStaging:
    limits: Limits = Limits()  # noqa: RUF009 - frozen

    @asynccontextmanager
    async def __call__(self, path: Path, progress: Progress) -> AsyncIterator[Staged]:
        spool = await asyncio.to_thread(self._read, path, progress)
        with closing(spool):
            yield spool

    def _read(self, path: Path, progress: Progress) -> Spool:
        spool = Spool()
        try:
            _fill(spool, path, self.limits, progress)
        except BaseException:
            spool.close()
            raise
        return spool


def _fill(spool: Spool, path: Path, limits: Limits, progress: Progress) -> None:
    if not path.is_dir() and not path.is_file():
        spool.tell([Problem(path.name, 0, "", Trouble.NOTHING_THERE)])
        return
    spool.checksum = _checksum(path)
    seen: set[Table] = set()
    try:
        for sheet in _sheets(path, limits):
            try:
                _fill_table(spool, sheet, seen, limits, progress)
            except Unusable as unusable:
                spool.tell([unusable.problem])
    except Unusable as unusable:
        spool.tell([unusable.problem])
        return
    if not seen and not spool.troubles:
        spool.tell([Problem(path.name, 0, "", Trouble.NOTHING_THERE)])


def _sheets(path: Path, limits: Limits) -> Iterator[Sheet]:
    if path.is_dir():
        return folder_sheets(path, limits)
    match path.suffix.lower():
        case ".xlsx":
            return workbook_sheets(path, limits)
        case ".json":
            return json_sheets(path, limits)
        case ".csv":
            return iter((csv_sheet(path, limits),))
        case ".xlsm" | ".xlsb" | ".xls":
            raise Unusable(path.name, Trouble.MACROS)
    raise Unusable(path.name, Trouble.UNREADABLE, reason=path.suffix or "?")


def _fill_table(
    spool: Spool, sheet: Sheet, seen: set[Table], limits: Limits, progress: Progress
) -> None:
    under = _heading(spool, sheet, seen)
    if under is None:
        return
    for number, cells in _filled(sheet):
        if under.is_example(cells):
            continue
        _fill_line(spool, under, number, cells)
        if spool.lines > limits.lines:
            raise Unusable(sheet.file, Trouble.TOO_MANY_LINES, most=limits.lines)
        if spool.lines % EVERY == 0:
            progress("reading", spool.lines, 0)


def _heading(spool: Spool, sheet: Sheet, seen: set[Table]) -> Heading | None:
    table = sheet.table()
    if table is None:
        raise Unusable(sheet.file, Trouble.UNKNOWN_TABLE, known=", ".join(Table))
    if table in seen:
        raise Unusable(sheet.file, Trouble.TABLE_TWICE)
    seen.add(table)
    first = next(_filled(sheet), None)
    if first is None:
        return None
    under, problems = heading(table, sheet.file, first[1], line=first[0])
    spool.tell(problems)
    return under


def _filled(sheet: Sheet) -> Iterator[tuple[int, Cells]]:
    return ((number, cells) for number, cells in sheet.rows if any(map(str.strip, cells)))


def _fill_line(spool: Spool, under: Heading, number: int, cells: Cells) -> None:
    record, key, problems = read_line(under, number, cells)
    spool.tell(problems)
    if key is not None:
        spool.add(under.table, under.file, number, key, record)


def _checksum(path: Path) -> str:
    """Of a folder, that of its files by name."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    digest = hashlib.sha256()
    for file in files:
        if file.is_file():
            with file.open("rb") as opened:
                part = hashlib.file_digest(opened, "sha256")
            digest.update(part.digest() if path.is_dir() else b"")
            if not path.is_dir():
                return part.hexdigest()
    return digest.hexdigest()
