"""The follow-up in a table (F2): a row of figures, then whom and what, then the state."""

from collections.abc import Iterator

from conversations.followup import views
from conversations.followup.routes import FollowUp
from conversations.screen import Screen, Table
from conversations.texts import Html, Texts, clipped, escaped
from conversations.widgets.tables import in_tables
from domain.bookings.views import FollowUpLine, FollowUpView


def screen(view: FollowUpView, header: Html, told: str, t: Texts) -> Screen:
    simple = views.screen(view, header, told, t)
    if not view.lines:
        return simple
    columns = (t("N°"), t("Jour"), t("Horaires"), t("Coût"))
    rows: tuple[tuple[str, ...] | str, ...] = tuple(
        row for number, line in views.numbered(view) for row in _rows(number, line, t)
    )
    blocks: tuple[str | Table, ...] = (
        *views.above(header, told, t),
        Table(columns, rows),
        views.total(view, t),
    )
    return in_tables(simple, blocks, simple.rows, FollowUp.data(view.page), t)


def _rows(number: int, line: FollowUpLine, t: Texts) -> Iterator[tuple[str, ...] | str]:
    booking = line.booking
    yield (
        f"<b>{number}</b>",
        t.short_day(booking.slot.day),
        t.hours(booking.arrival, booking.departure),
        t.money(booking.price),
    )
    yield t.html(
        "<b>{child}</b> · {activity}",
        child=line.child.first_name,
        activity=clipped(line.activity.name, views.NAME),
    )
    yield escaped(views.state(line, t))
