"""The workbook that a town fills: a sheet a table, and one that explains every column."""

from pathlib import Path
from typing import Any, Final

from xlsxwriter import Workbook

from conversations.imports.columns import COLUMNS, TABLES, explained
from conversations.texts import Texts
from domain.imports.examples import LINES
from domain.imports.model import Table
from domain.imports.tables import LIST

EXPLAINS: Final = "Lisez-moi"  # passed over by the import
WIDTH: Final = 16


def write_template(path: Path, t: Texts) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@"})  # 0001 stays 0001
        _explain(book.add_worksheet(EXPLAINS), bold, wrapped, t)
        for table in Table:
            sheet = book.add_worksheet(table.value)
            sheet.freeze_panes(1, 0)
            for at, column in enumerate(LIST[table]):
                sheet.set_column(at, at, WIDTH, text)
                sheet.write_string(0, at, column.name, bold)
                sheet.write_string(1, at, LINES[table].get(column.name, ""))


def _explain(sheet: Any, bold: Any, wrapped: Any, t: Texts) -> None:
    sheet.set_column(0, 1, WIDTH)
    sheet.set_column(2, 2, 12)
    sheet.set_column(3, 3, 90, wrapped)
    row = 0
    for line in explained(t):
        sheet.write_string(row, 0, line)
        row += 1
    for table in Table:
        row += 1
        sheet.write_string(row, 0, table.value, bold)
        sheet.write_string(row, 3, t(TABLES[table]), bold)
        for column in LIST[table]:
            row += 1
            needed = t("obligatoire") if column.required else ""
            for at, said in enumerate(("", column.name, needed, t(COLUMNS[column.name]))):
                sheet.write_string(row, at, said)
        row += 1
