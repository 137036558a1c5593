"""The sheet of one day in a table (B4)."""

from collections.abc import Iterator

from conversations.overview import views
from conversations.overview.routes import DaySheet
from conversations.screen import Screen, Table
from conversations.texts import Texts, clipped, escaped
from conversations.widgets.tables import in_tables
from domain.bookings.overview import DaySheetView, SheetLine


def day_sheet(view: DaySheetView, t: Texts) -> Screen:
    simple = views.day_sheet(view, t)
    if not view.lines:
        return simple
    columns = (t("Activité"), t("Horaires"), t("Coût"))
    rows = tuple(row for line in view.lines for row in _rows(line, t))
    blocks = (views.sheet_head(view, t), Table(columns, rows), *views.sheet_notes(view, t))
    return in_tables(simple, blocks, simple.rows, DaySheet.data(view.child.id, view.day), t)


def _rows(line: SheetLine, t: Texts) -> Iterator[tuple[str, ...] | str]:
    name = escaped(clipped(line.activity.name, views.NAME))
    yield f"<b>{name}</b>", t.hours(line.arrival, line.departure), views.cost(line, t)
    yield " · ".join(part for part in (views.state(line.day, t), views.places(line, t)) if part)
