"""A table as data, before it becomes a paper, a workbook or commas."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

from conversations.printed import Printed
from conversations.texts import Texts

Cell = str | Decimal | date | time | None


class Format(StrEnum):
    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"
    AGENDA = "ics"


@dataclass(frozen=True, slots=True)
class Table:
    """Amounts are EUR. ``total``: what it is, and how much, or how many. ``note`` stands under
    the table.
    """

    title: str
    head: tuple[str, ...]  # lines above: who, where, which filters, when it was made
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[str, Decimal | int]
    note: str
    file_name: str  # without its suffix


@dataclass(frozen=True, slots=True)
class Event:
    """``uid`` stays the same in every export, so that an agenda replaces and does not repeat."""

    uid: str
    title: str
    starts: datetime  # with its zone
    ends: datetime
    place: str
    is_certain: bool


def printed(of: Table, t: Texts) -> Printed:
    label, amount = of.total
    return Printed(
        template="table",
        title=of.title,
        locale=t.locale,
        facts={
            "head": list(of.head),
            "columns": list(of.columns),
            "rows": [[_word(cell, t) for cell in row] for row in of.rows],
            "is_amount": [_are_amounts(column) for column in zip(*of.rows, strict=True)],
            "total": t("{label} : {value}", label=label, value=_total(amount, t)),
            "note": of.note,
        },
        file_name=f"{of.file_name}.pdf",
    )


def _are_amounts(cells: tuple[Cell, ...]) -> bool:
    return all(isinstance(cell, Decimal) for cell in cells)


def _total(amount: Decimal | int, t: Texts) -> str:
    return t.money(amount) if isinstance(amount, Decimal) else str(amount)


def _word(cell: Cell, t: Texts) -> str:
    match cell:
        case None:
            return ""
        case str():
            return cell
        case date():
            return f"{t.short_day(cell)} {cell.year}"
        case time():
            return t.clock(cell)
        case _:
            return t.money(cell)
