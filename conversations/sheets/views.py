"""Who comes on a day: all activities with their head-counts, or the children of one (S4)."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from conversations.screen import Button, Row, Screen, Table
from conversations.sheets import words
from conversations.sheets.routes import DaySheet, Halves, OpenSheet, TakeSheet
from conversations.staff.home import home_row
from conversations.staff.tables import in_tables
from conversations.tables import Format
from conversations.texts import Html, Texts, clipped, escaped
from conversations.widgets.paging import chosen, sliced, turner
from domain.activities.model import ActivityId
from domain.sheets.model import ActivitySheet, Half, Order, Sheet, SheetRow

LINES_A_PAGE: Final = 30  # an absence takes two
COUNTS: Final = 200  # characters of the head-counts of groups
ACTIVITIES_A_PAGE: Final = 10
HALVES: Final = 40
A_DAY: Final = timedelta(days=1)
FULL: Final = 20  # characters of the longest bar


def screen(sheet: Sheet, page: int, t: Texts) -> Screen:
    return _of_one(sheet, page, t) if sheet.chosen else _of_all(sheet, page, t)


def in_table(sheet: Sheet, page: int, t: Texts) -> Screen:
    simple = screen(sheet, page, t)
    if not sheet.activities:
        return simple
    draw = _children_in_table if sheet.chosen else _counts_in_table
    activity = sheet.chosen.id if sheet.chosen else None
    then = DaySheet.of(sheet.day, activity, sheet.order, page)
    return in_tables(simple, draw(sheet, page, t), simple.rows, then, t)


# -- all activities -----------------------------------------------------------------------------
def _of_all(sheet: Sheet, page: int, t: Texts) -> Screen:
    slices = sliced(sheet.activities, ACTIVITIES_A_PAGE)
    shown, number = chosen(slices, page)
    parts = [_title(sheet, t), *(_counts(one, t) for one in shown)]
    if not sheet.activities:
        parts.append(t("Aucun enfant n'est attendu ce jour-là."))
    rows = (
        *((_to(sheet, one),) for one in shown),
        *turner(number, len(slices), lambda n: DaySheet.of(sheet.day, page=n), t),
        _days(sheet, None, t),
        *_files(sheet, t),
        home_row(t),
    )
    return Screen("\n\n".join(parts), rows)


def _title(sheet: Sheet, t: Texts) -> Html:
    if sheet.day == sheet.today:
        return t.html("<b>Feuille du jour</b> · {day} (aujourd'hui)", day=t.day(sheet.day))
    return t.html("<b>Feuille du jour</b> · {day}", day=t.day(sheet.day))


def _counts(of: ActivitySheet, t: Texts) -> str:
    lines = [t.html("<b>{activity}</b>", activity=clipped(of.activity.name, words.ACTIVITY))]
    return "\n".join([*lines, *map(escaped, _head(of, t))])


def _head(of: ActivitySheet, t: Texts) -> list[str]:
    """The head-counts: of all, of each group, and of those who only ask to come."""
    lines = [words.counted(of.total, t)]
    if of.groups:
        told = (f"{words.group(name, t)} : {count.present}" for name, count in of.groups)
        lines.append(clipped(" · ".join(told), COUNTS))
    if of.undecided:
        lines.append(
            t.plural("{n} demande sans réponse", "{n} demandes sans réponse", of.undecided)
        )
    return lines


def _to(sheet: Sheet, of: ActivitySheet) -> Button:
    label = f"{clipped(of.activity.name, words.ACTIVITY)} · {of.total.present}"
    return Button(label, DaySheet.of(sheet.day, of.activity.id, sheet.order))


def _counts_in_table(sheet: Sheet, page: int, t: Texts) -> Iterable[str | Table]:
    shown, _ = chosen(sliced(sheet.activities, ACTIVITIES_A_PAGE), page)
    columns = (t("Attendus"), t("Absents"), t("Présents"))
    rows: list[tuple[str, ...] | str] = []
    for one in shown:
        rows.append(
            t.html("<b>{activity}</b>", activity=clipped(one.activity.name, words.ACTIVITY))
        )
        rows.append((str(one.total.expected), str(one.total.absent), str(one.total.present)))
        rows += [escaped(line) for line in _head(one, t)[1:]]
    return _title(sheet, t), Table(columns, tuple(rows))


# -- one activity -------------------------------------------------------------------------------
def _of_one(sheet: Sheet, page: int, t: Texts) -> Screen:
    pages = _pages(sheet)
    shown, number = chosen(pages, page)
    parts = [*_above(sheet, t), *_in_groups(shown, t)]
    return Screen("\n\n".join(parts), _buttons(sheet, number, len(pages), t))


def _above(sheet: Sheet, t: Texts) -> Iterable[str]:
    name = "" if sheet.chosen is None else clipped(sheet.chosen.name, words.ACTIVITY)
    title = t.html("<b>{activity}</b>\n{day}", activity=name, day=t.day(sheet.day))
    if not sheet.activities:
        return title, t("Aucun enfant n'est attendu ce jour-là.")
    return title, "\n".join(map(escaped, _head(sheet.activities[0], t)))


def _pages(sheet: Sheet) -> Sequence[Sequence[SheetRow]]:
    """At least one."""
    pages: list[list[SheetRow]] = [[]]
    left = LINES_A_PAGE
    for row in sheet.activities[0].rows if sheet.activities else ():
        lines = 1 if row.missing is None else 2
        if lines > left:
            pages.append([])
            left = LINES_A_PAGE
        pages[-1].append(row)
        left -= lines
    return pages


def _in_groups(rows: Sequence[SheetRow], t: Texts) -> list[str]:
    grouped = any(row.group for row in rows)
    return [
        "\n".join(
            ([f"<b>{escaped(words.group(name, t))}</b>"] if grouped else [])
            + [_line(row, t) for row in found]
        )
        for name, found in groupby(rows, key=lambda row: row.group or "")
    ]


def _line(row: SheetRow, t: Texts) -> Html:
    hours = t.hours(row.arrival, row.departure)
    if row.missing is None:
        return t.html("{hours} · {child}", hours=hours, child=words.child(row.child))
    return t.html(
        "✗ {hours} · {child}\n    <i>{missing}</i>",
        hours=hours,
        child=words.child(row.child),
        missing=words.missing(row.missing, t),
    )


def _buttons(sheet: Sheet, page: int, pages: int, t: Texts) -> tuple[Row, ...]:
    activity = None if sheet.chosen is None else sheet.chosen.id

    def to(number: int) -> str:
        return DaySheet.of(sheet.day, activity, sheet.order, number)

    return (
        *turner(page, pages, to, t),
        *_ordering(sheet, activity, t),
        _days(sheet, activity, t),
        *_files(sheet, t),
        (Button(t("Toutes les activités"), DaySheet.of(sheet.day)),),
        home_row(t),
    )


def _ordering(sheet: Sheet, activity: ActivityId | None, t: Texts) -> tuple[Row, ...]:
    """Where hours differ, and how many children there are each half hour."""
    if activity is None or not sheet.activities or not sheet.activities[0].halves:
        return ()
    orders = tuple(
        Button(
            ("● " if order is sheet.order else "") + t(words.ORDERS[order]),
            DaySheet.of(sheet.day, activity, order),
        )
        for order in Order
    )
    halves = Button(t("Par demi-heure"), Halves(day=sheet.day, activity=activity).pack())
    return orders, (halves,)


def _children_in_table(sheet: Sheet, page: int, t: Texts) -> Iterable[str | Table]:
    shown, _ = chosen(_pages(sheet), page)
    columns = (t("Enfant"), t("Arrivée"), t("Départ"))
    rows: list[tuple[str, ...] | str] = []
    grouped = any(row.group for row in shown)
    for name, found in groupby(shown, key=lambda row: row.group or ""):
        if grouped:
            rows.append(f"<b>{escaped(words.group(name, t))}</b>")
        for row in found:
            mark = "" if row.missing is None else "✗ "
            who = escaped(mark + words.child(row.child))
            rows.append((who, t.clock(row.arrival), t.clock(row.departure)))
            if row.missing is not None:
                rows.append(f"<i>{escaped(words.missing(row.missing, t))}</i>")
    table = (Table(columns, tuple(rows)),) if rows else ()
    return *_above(sheet, t), *table


# -- half hours ---------------------------------------------------------------------------------
def halves(sheet: Sheet, t: Texts) -> Screen:
    activity = None if sheet.chosen is None else sheet.chosen.id
    found = sheet.activities[0].halves if sheet.activities else ()
    title, *rest = _above(sheet, t)
    note = t("Enfants présents, par demi-heure. Les absents déclarés ne sont pas comptés.")
    bars = "\n".join(_bars(found[:HALVES], t))
    back = Button(t("‹ Feuille"), DaySheet.of(sheet.day, activity, sheet.order))
    parts = [title, *rest, note, f"<code>{bars}</code>" if bars else ""]
    return Screen("\n\n".join(part for part in parts if part), ((back,), home_row(t)))


def _bars(found: Sequence[Half], t: Texts) -> list[str]:
    most = max((half.present for half in found), default=0)
    width = len(str(most))
    return [
        f"{t.clock(half.start)} {half.present:>{width}} {'▪' * -(-half.present * FULL // most)}"
        if most
        else f"{t.clock(half.start)} {half.present:>{width}}"
        for half in found
    ]


# -- shared -------------------------------------------------------------------------------------
def _days(sheet: Sheet, activity: ActivityId | None, t: Texts) -> Row:
    def to(label: str, day: date) -> Button:
        return Button(label, DaySheet.of(day, activity, sheet.order))

    before, after = sheet.day - A_DAY, sheet.day + A_DAY
    now = (to(t("Aujourd'hui"), sheet.today),) if sheet.day != sheet.today else ()
    return (
        to(f"‹ {t.report_day(before)}", before),
        *now,
        to(f"{t.report_day(after)} ›", after),
    )


def _files(sheet: Sheet, t: Texts) -> tuple[Row, ...]:
    if not any(one.rows for one in sheet.activities):
        return ()
    activity = None if sheet.chosen is None else sheet.chosen.id

    def to(label: str, way: Format) -> Button:
        taken = TakeSheet(day=sheet.day, format=way, order=sheet.order, activity=activity)
        return Button(label, taken.pack())

    return ((to(t("Imprimer (PDF)"), Format.PDF), to(t("XLSX"), Format.XLSX)),)


def opened() -> str:
    return OpenSheet().pack()
