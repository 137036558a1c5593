"""The recap in tables: bookings, changes, cancellations (B12)."""

from collections.abc import Iterator

from conversations.booking import recap
from conversations.booking.routes import Recap
from conversations.screen import Screen
from conversations.texts import Texts
from conversations.widgets.paging import chosen, sliced, turner
from conversations.widgets.tables import LINES_PER_PAGE, Entry, in_tables, sections
from domain.bookings.views import RecapLine, RecapView


def screen(view: RecapView, t: Texts, page: int = 1) -> Screen:
    pages = sliced(tuple(_entries(view, t)), LINES_PER_PAGE)
    shown, page = chosen(pages, page)
    rows = (*turner(page, len(pages), Recap.data, t), *recap.actions(view, t))
    columns = (t("Jour"), t("Arrivée"), t("Départ"), t("Coût"))
    blocks = (recap.head(t), *sections(shown, columns, t), "\n".join(recap.totals(view, t)))
    return in_tables(recap.screen(view, t, page), blocks, rows, Recap.data(page), t)


def _entries(view: RecapView, t: Texts) -> Iterator[Entry]:
    for section, lines in recap.parts(view, t):
        for line in lines:
            yield _entry(f"<b>{section}</b>", line, t)


def _entry(section: str, line: RecapLine, t: Texts) -> Entry:
    star = "*" if line.quotient_missing else ""
    return Entry(
        section=section,
        group=t.html(
            "<b>{child} · {activity}</b>",
            child=line.child.first_name,
            activity=line.activity.name,
        ),
        cells=(
            f"{recap.sign(line)} {t.short_day(line.slot.day)}",
            t.clock(line.line.arrival),
            t.clock(line.line.departure),
            t.money(line.price) + star,
        ),
        remark=" · ".join(recap.remarks(line, t)),
    )
