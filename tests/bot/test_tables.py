"""F3: tables and agendas as files, read back by somebody else's reader."""

import csv
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO

import icalendar
import openpyxl
import pytest

from bot.printing.tables import TableFiles
from conversations.tables import Event, Format, Table
from domain.calendar.model import PARIS

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
EVIL = '=HYPERLINK("http://x")'
OF = Table(
    title="Suivi des réservations",
    head=("Mairie", "Jean-Paul DUPONT"),
    columns=("Date", "Activité", "Arrivée", "Coût (€)", "État"),
    rows=(
        (date(2026, 12, 2), "Éveil ; <musical>", time(7, 30), Decimal("24.87"), None),
        (date(2026, 12, 3), EVIL, time(18), Decimal("0.50"), "+33"),
    ),
    total=("TOTAL", Decimal("25.37")),
    note="Le coût peut évoluer.",
    file_name="suivi",
)


@pytest.fixture
def files() -> TableFiles:
    return TableFiles(lambda: NOW)


async def test_commas_open_in_a_french_spreadsheet(files):
    written = await files.table(OF, Format.CSV)

    assert written.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(written.decode("utf-8-sig")), delimiter=";"))
    assert rows == [
        list(OF.columns),
        ["02/12/2026", "Éveil ; <musical>", "07:30", "24,87", ""],
        ["03/12/2026", f"'{EVIL}", "18:00", "0,50", "'+33"],
        ["TOTAL", "25,37"],
    ]


async def test_a_workbook_holds_days_hours_and_amounts_and_no_formula(files):
    written = await files.table(OF, Format.XLSX)

    sheet = openpyxl.load_workbook(BytesIO(written)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == OF.title
    assert rows[4] == list(OF.columns)
    assert rows[5] == [datetime(2026, 12, 2), "Éveil ; <musical>", time(7, 30), 24.87, None]  # noqa: DTZ001
    assert rows[6][1] == EVIL
    assert sheet.cell(7, 2).data_type == "s"
    assert rows[7][0] == "TOTAL"
    assert rows[7][4] == 25.37


async def test_an_agenda_tells_instants_and_keeps_its_names(files):
    events = (
        Event(
            uid="reservation-7@cartable",
            title="Éveil ; musical, Paolo\nX",
            starts=datetime(2026, 7, 6, 7, 30, tzinfo=PARIS),
            ends=datetime(2026, 7, 6, 18, tzinfo=PARIS),
            place="Mairie",
            is_certain=True,
        ),
        Event("b", "x" * 200, NOW, NOW, "Mairie", is_certain=False),
    )

    written = await files.agenda(events)

    first, second = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert str(first["uid"]) == "reservation-7@cartable"
    assert first.decoded("dtstart") == datetime(2026, 7, 6, 5, 30, tzinfo=UTC)
    assert str(first["summary"]) == "Éveil ; musical, Paolo\nX"
    assert [str(one["status"]) for one in (first, second)] == ["CONFIRMED", "TENTATIVE"]
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
