"""Tables and agendas as files, off the event loop. What families wrote is never a formula."""

import asyncio
import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, time
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any, Final

import icalendar
import xlsxwriter

from conversations.tables import Cell, Event, Format, Table
from domain.clock import Clock

BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"  # without it a French spreadsheet misreads accents
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
WIDEST: Final = 40  # characters


@dataclass(frozen=True, slots=True)
class TableFiles:
    """``now`` stands in the files that want to know when they were made."""

    clock: Clock

    async def table(self, of: Table, as_: Format) -> bytes:
        """XLSX or CSV."""
        write: Callable[[Table], bytes] = {Format.XLSX: as_xlsx, Format.CSV: as_csv}[as_]
        return await asyncio.to_thread(write, of)

    async def agenda(self, events: Sequence[Event]) -> bytes:
        return await asyncio.to_thread(self._agenda, events)

    def _agenda(self, events: Sequence[Event]) -> bytes:
        calendar = icalendar.Calendar()
        calendar.add("prodid", "-//Cartable//FR")
        calendar.add("version", "2.0")
        for event in events:
            entry = icalendar.Event()
            entry.add("uid", event.uid)
            entry.add("dtstamp", self.clock().astimezone(UTC))
            entry.add("dtstart", event.starts.astimezone(UTC))
            entry.add("dtend", event.ends.astimezone(UTC))
            entry.add("summary", event.title)
            entry.add("location", event.place)
            entry.add("status", "CONFIRMED" if event.is_certain else "TENTATIVE")
            calendar.add_component(entry)
        written: bytes = calendar.to_ical()
        return written


def as_csv(of: Table) -> bytes:
    """Semicolons, commas in amounts, CRLF and a BOM: what a French spreadsheet opens by itself."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(of.columns)
    writer.writerows([_word(cell) for cell in row] for row in of.rows)
    label, amount = of.total
    writer.writerow([label, _word(amount) if isinstance(amount, Decimal) else str(amount)])
    return (BOM + out.getvalue()).encode()


def _word(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Decimal():
            return f"{cell:.2f}".replace(".", ",")
        case date():
            return f"{cell:%d/%m/%Y}"
        case time():
            return f"{cell:%H:%M}"
        case _:
            return f"'{cell}" if cell.startswith(FORMULA) else cell


def as_xlsx(of: Table) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    kinds: dict[type, Any] = {
        Decimal: book.add_format({"num_format": "0.00"}),
        date: book.add_format({"num_format": "dd/mm/yyyy"}),
        time: book.add_format({"num_format": "hh:mm"}),
    }
    for number, line in enumerate((of.title, *of.head)):
        sheet.write_string(number, 0, line, bold if number == 0 else None)
    top = len(of.head) + 2
    for column, name in enumerate(of.columns):
        sheet.write_string(top, column, name, bold)
        sheet.set_column(column, column, _width(of, column))
    for row, cells in enumerate(of.rows, top + 1):
        for column, cell in enumerate(cells):
            _write(sheet, row, column, cell, kinds)
    sheet.freeze_panes(top + 1, 0)
    last = top + 1 + len(of.rows)
    sheet.write_string(last, 0, of.total[0], bold)
    amount = of.total[1]
    as_money = kinds[Decimal] if isinstance(amount, Decimal) else None
    sheet.write_number(last, len(of.columns) - 1, float(amount), as_money)
    sheet.write_string(last + 1, 0, of.note)
    book.close()
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Cell, kinds: dict[type, Any]) -> None:
    match cell:
        case Decimal():
            sheet.write_number(row, column, float(cell), kinds[Decimal])
        case date() | time():
            sheet.write_datetime(row, column, cell, kinds[type(cell)])
        case str():
            sheet.write_string(row, column, cell)


def _width(of: Table, column: int) -> int:
    words = [of.columns[column], *(_word(row[column]) for row in of.rows)]
    return min(max(map(len, words)) + 2, WIDEST)
