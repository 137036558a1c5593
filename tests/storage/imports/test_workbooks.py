"""X1: the same town in one workbook, and workbooks that are not to be trusted."""

import csv
import zipfile
from datetime import date, time
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot import locales
from bot.import_template import write_template
from domain.imports.examples import LINES
from domain.imports.model import Counts, Table, Trouble
from domain.imports.tables import EXAMPLE, LIST
from storage.imports import FileStaging
from storage.imports.sources import Limits
from tests.storage.imports.files import TOWN

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def workbook(path: Path, **tables: list[list[object]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def whole_town(path: Path) -> Path:
    return workbook(path, **{name: list(csv.reader(StringIO(t))) for name, t in TOWN.items()})


def repacked(path: Path, **parts: bytes) -> Path:
    """With more parts in it, or other ones in their place."""
    with zipfile.ZipFile(path) as old:
        kept = {name: old.read(name) for name in old.namelist()}
    kept |= {name.replace("__", "/").replace("_dot_", "."): data for name, data in parts.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in kept.items():
            new.writestr(name, data)
    return path


async def only_problem(import_town, path: Path) -> Trouble:
    outcome = await import_town(path, dry_run=True)
    (problem,) = outcome.problems
    return problem.trouble


async def test_a_workbook_is_the_same_town(import_town, folder, tmp_path):
    await import_town(folder)

    outcome = await import_town(whole_town(tmp_path / "town.xlsx"))

    assert outcome.total == Counts(unchanged=24)


async def test_cells_may_be_dates_times_and_numbers(import_town, folder, tmp_path):
    await import_town(folder)
    rows = [
        ["activity", "day", "open", "arrival", "departure", "places"],
        ["ALSH", date(2026, 12, 9), True, time(8), time(17), 1.0],
    ]

    outcome = await import_town(workbook(tmp_path / "days.xlsx", openings=rows))

    assert outcome.total == Counts(unchanged=1)


async def test_a_formula_is_a_problem_with_its_cell_and_is_never_reckoned(import_town, tmp_path):
    path = workbook(tmp_path / "f.xlsx", families=[["code", "resident"], ["F1", "=1+1"]])

    outcome = await import_town(path)

    (problem,) = outcome.problems
    assert (problem.trouble, problem.line, problem.column) == (Trouble.FORMULA, 2, "B")
    assert not outcome.applied


async def test_a_text_that_begins_as_a_formula_is_a_text(import_town, folder, tmp_path):
    await import_town(folder)
    book = Workbook()
    sheet = book.active
    sheet.title = "children"
    sheet.append(["code", "families", "first_name", "last_name"])
    sheet.append(["C1", "F1", "Leyah", ""])
    sheet["D2"].value = "=Dupont"
    sheet["D2"].data_type = "s"
    book.save(tmp_path / "t.xlsx")

    outcome = await import_town(tmp_path / "t.xlsx")

    assert outcome.total == Counts(changed=1)


@pytest.mark.parametrize(
    ("part", "content", "trouble"),
    [
        ("xl__vbaProject_dot_bin", b"MZ", Trouble.MACROS),
        ("xl__externalLinks__externalLink1_dot_xml", b"<x/>", Trouble.OUTSIDE_LINKS),
        ("xl__connections_dot_xml", b"<x/>", Trouble.OUTSIDE_LINKS),
        ("xl__media__zeros_dot_bin", bytes(11 * 2**20), Trouble.TOO_LARGE),  # 1000 to 1
    ],
)
async def test_what_may_hide_in_the_archive_is_refused(
    import_town, tmp_path, part, content, trouble
):
    path = repacked(whole_town(tmp_path / "town.xlsx"), **{part: content})

    assert await only_problem(import_town, path) is trouble


async def test_a_workbook_with_macros_under_another_name_is_refused(import_town, tmp_path):
    path = whole_town(tmp_path / "town.xlsx")
    with zipfile.ZipFile(path) as archive:
        types = archive.read("[Content_Types].xml")
    types = types.replace(b"spreadsheetml.sheet.main", b"x").replace(
        b"openxmlformats-officedocument.x", b"ms-excel.sheet.macroEnabled.main"
    )

    assert b"macroEnabled" in types
    path = repacked(path, **{"[Content_Types]_dot_xml": types})
    assert await only_problem(import_town, path) is Trouble.MACROS


async def test_entities_are_never_expanded(import_town, tmp_path):
    path = workbook(tmp_path / "e.xlsx", families=[["code"], ["F1"]])
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "F1">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c></row>'
        b'<row r="2"><c r="A2" t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>'
    )

    path = repacked(path, xl__worksheets__sheet1_dot_xml=bomb)

    assert await only_problem(import_town, path) is Trouble.UNREADABLE


async def test_no_file_is_larger_and_no_table_longer_than_allowed(database_url, tmp_path, folder):
    async def told(limits: Limits, path: Path) -> list[Trouble]:
        async with FileStaging(limits)(path, lambda *_: None) as staged:
            return [problem.trouble for problem in staged.problems]

    book = whole_town(tmp_path / "town.xlsx")
    assert await told(Limits(file=100), book) == [Trouble.TOO_LARGE]
    assert await told(Limits(unpacked=100), book) == [Trouble.TOO_LARGE]
    assert Trouble.TOO_MANY_LINES in await told(Limits(lines=3), folder)
    assert await told(Limits(), folder) == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not an archive", b"<html></html>"])
async def test_what_is_no_workbook_is_told(import_town, tmp_path, content):
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)

    assert await only_problem(import_town, path) is Trouble.UNREADABLE


CELL = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c></row>'
    b'<row r="2">%s</row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="A2"><v>1E999</v></c>',
        b'<c r="A2" t="e"><v>#N/A</v></c>',
        b'<c r="A2" t="s"><v>99</v></c>',
        b'<c r="0"><v>1</v></c>',
    ],
    ids=["endless", "left by a formula", "no such text", "no such cell"],
)
async def test_a_cell_that_cannot_be_is_told_and_breaks_nothing(import_town, tmp_path, cell):
    """A file that breaks its reader would be looked at again for ever, and hold up all others."""
    path = workbook(tmp_path / "c.xlsx", families=[["code"], ["F1"]])

    path = repacked(path, xl__worksheets__sheet1_dot_xml=CELL % cell)

    assert await only_problem(import_town, path) is Trouble.UNREADABLE


@pytest.mark.parametrize("part", ["xl__workbook_dot_xml", "xl__styles_dot_xml"])
async def test_a_part_that_is_no_xml_is_told(import_town, tmp_path, part):
    path = workbook(tmp_path / "p.xlsx", families=[["code"], ["F1"]])

    assert await only_problem(import_town, repacked(path, **{part: b"<"})) is Trouble.UNREADABLE


async def test_texts_that_are_read_whole_are_limited_before_they_are_unpacked(
    import_town, tmp_path
):
    path = workbook(tmp_path / "s.xlsx", families=[["code"], ["F1"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as archive:
        part = zipfile.ZipInfo("xl/media/texts.xml")
        with archive.open(part, "w", force_zip64=True) as opened:
            for _ in range(129):
                opened.write(bytes(2**20))

    assert await only_problem(import_town, path) is Trouble.TOO_LARGE


# -- the template ------------------------------------------------------------------------------
async def test_the_template_as_it_is_holds_nothing_to_import(import_town, tmp_path):
    write_template(tmp_path / "t.xlsx", locales.load()("fr"))

    outcome = await import_town(tmp_path / "t.xlsx")

    assert outcome.problems == ()
    assert outcome.total == Counts()


async def test_its_examples_together_are_a_town_that_can_be_imported(import_town, tmp_path):
    tables = {
        table.value: [
            [column.name for column in LIST[table]],
            [LINES[table].get(c.name, "").replace(EXAMPLE, "") for c in LIST[table]],
        ]
        for table in Table
        if table is not Table.ANSWERS
    }

    outcome = await import_town(workbook(tmp_path / "t.xlsx", **tables))

    assert outcome.problems == ()
    assert outcome.total == Counts(new=13)


def test_every_column_has_an_explanation_and_every_table_an_example(database_url):
    from conversations.imports.columns import COLUMNS, TABLES

    names = {column.name for table in Table for column in LIST[table]}
    assert COLUMNS.keys() == names
    assert TABLES.keys() == set(Table) == LINES.keys()
