"""Who comes on a day: all activities and classes with their head-counts, or the children of an
activity, of a class, of both (S4).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, TypeAlias, TypeVar

from conversations.classes import code_of, in_rows
from conversations.screen import Button, Row, Screen, Table
from conversations.sheets import words
from conversations.sheets.routes import DaySheet, Halves, OpenSheet, TakeSheet
from conversations.staff.home import home_row
from conversations.staff.tables import in_tables
from conversations.tables import Format
from conversations.texts import Html, Texts, clipped, escaped
from conversations.widgets.paging import sliced, turner
from domain.sheets.model import ActivitySheet, Half, Order, Sheet, SheetRow

LINES_A_PAGE: Final = 30  # an absence takes two
COUNTS: Final = 200  # characters of the head-counts of groups
ACTIVITIES_A_PAGE: Final = 10
HALVES: Final = 40
ACTIVITY_LINES: Final = 3  # of its name and head-counts
CLASSES_A_PAGE: Final = 30
NEIGHBOUR: Final = 16
A_DAY: Final = timedelta(days=1)
FULL: Final = 20  # characters of the longest bar

Item = TypeVar("Item")
Page: TypeAlias = list[tuple[ActivitySheet, list[SheetRow]]]


def screen(sheet: Sheet, page: int, t: Texts) -> Screen:
    return _of_children(sheet, page, t) if _tells_children(sheet) else _of_all(sheet, page, t)


def in_table(sheet: Sheet, page: int, t: Texts) -> Screen:
    simple = screen(sheet, page, t)
    if not sheet.activities:
        return simple
    draw = _children_in_table if _tells_children(sheet) else _counts_in_table
    then = _to_same(sheet)(page)
    return in_tables(simple, draw(sheet, page, t), simple.rows, then, t)


def _tells_children(sheet: Sheet) -> bool:
    return sheet.chosen is not None or sheet.school_class is not None


def _to_same(sheet: Sheet) -> Callable[[int], str]:
    """The address of each page."""
    activity = None if sheet.chosen is None else sheet.chosen.id
    return lambda page: DaySheet.of(sheet.day, activity, sheet.order, page, sheet.school_class)


# -- all activities -----------------------------------------------------------------------------
def _of_all(sheet: Sheet, page: int, t: Texts) -> Screen:
    """The pages of activities are those of classes, too."""
    activities = sliced(sheet.activities, ACTIVITIES_A_PAGE)
    pages = max(len(activities), _pages_of_classes(sheet))
    number = min(page, pages)
    shown = _nth(activities, number)
    parts = [_title(sheet, t), *(_counts(one, t) for one in shown)]
    if not sheet.activities:
        parts.append(t("Aucun enfant n'est attendu ce jour-là."))
    rows = (
        *((_to(sheet, one),) for one in shown),
        *_classes(sheet, number, t),
        *turner(number, pages, _to_same(sheet), t),
        _days(sheet, t),
        *_files(sheet, t),
        home_row(t),
    )
    return Screen("\n\n".join(parts), rows)


def _nth(slices: Sequence[Sequence[Item]], number: int) -> Sequence[Item]:
    """Empty for a page that others have alone."""
    return slices[number - 1] if number <= len(slices) else ()


# -- classes ------------------------------------------------------------------------------------
def _pages_of_classes(sheet: Sheet) -> int:
    return len(sliced(sheet.classes, CLASSES_A_PAGE))


def _classes(sheet: Sheet, page: int, t: Texts) -> tuple[Row, ...]:
    activity = None if sheet.chosen is None else sheet.chosen.id
    shown = _nth(sliced(sheet.classes, CLASSES_A_PAGE), page)
    return in_rows(
        Button(
            f"{words.school_class(name, t)} · {count.present}",
            DaySheet.of(sheet.day, activity, sheet.order, school_class=name),
        )
        for name, count in shown
    )


def _neighbours(sheet: Sheet, t: Texts) -> Iterable[Row]:
    """The class before and the one after, as they are called at a door; and all of them."""
    activity = None if sheet.chosen is None else sheet.chosen.id
    names = [name for name, _ in sheet.classes]
    if sheet.school_class not in names:
        return
    here = names.index(sheet.school_class)

    def to(label: str, name: str | None) -> Button:
        return Button(label, DaySheet.of(sheet.day, activity, sheet.order, school_class=name))

    row = []
    if here > 0:
        before = names[here - 1]
        row.append(to(f"‹ {clipped(words.school_class(before, t), NEIGHBOUR)}", before))
    if here + 1 < len(names):
        after = names[here + 1]
        row.append(to(f"{clipped(words.school_class(after, t), NEIGHBOUR)} ›", after))
    if row:
        yield tuple(row)
    yield (to(t("Toutes les classes"), None),)


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
    activities = sliced(sheet.activities, ACTIVITIES_A_PAGE)
    shown = _nth(activities, min(page, max(len(activities), _pages_of_classes(sheet))))
    columns = (t("Attendus"), t("Absents"), t("Présents"))
    rows: list[tuple[str, ...] | str] = []
    for one in shown:
        rows.append(
            t.html("<b>{activity}</b>", activity=clipped(one.activity.name, words.ACTIVITY))
        )
        rows.append((str(one.total.expected), str(one.total.absent), str(one.total.present)))
        rows += [escaped(line) for line in _head(one, t)[1:]]
    return (_title(sheet, t), Table(columns, tuple(rows))) if rows else (_title(sheet, t),)


# -- children -----------------------------------------------------------------------------------
def _of_children(sheet: Sheet, page: int, t: Texts) -> Screen:
    pages = _pages(sheet, t)
    number = min(page, max(len(pages), _more_classes(sheet)))
    parts = [*_above(sheet, t)]
    for of, rows in _nth(pages, number):
        if sheet.chosen is None:
            parts.append(_counts(of, t))
        parts += [_part(one, t) for one in words.parts(sheet, of, rows, t) if one.rows]
    return Screen("\n\n".join(parts), _buttons(sheet, number, len(pages), t))


def _above(sheet: Sheet, t: Texts) -> Iterable[str]:
    of = sheet.school_class
    named = [] if of is None else [words.school_class(of, t)]
    if sheet.chosen is not None:
        named.append(clipped(sheet.chosen.name, words.ACTIVITY))
    title = t.html("<b>{what}</b>\n{day}", what=" · ".join(named), day=t.day(sheet.day))
    if not sheet.activities:
        return title, t("Aucun enfant n'est attendu ce jour-là.")
    if sheet.chosen is not None:
        return title, "\n".join(map(escaped, _head(sheet.activities[0], t)))
    count = dict(sheet.classes).get(of or "")
    return (title,) if count is None else (title, escaped(words.counted(count, t)))


def _pages(sheet: Sheet, t: Texts) -> Sequence[Page]:
    """At least one."""
    pages: list[Page] = [[]]
    left, part = LINES_A_PAGE, None
    for of, of_part, row in _called(sheet, t):
        lines = 1 if row.missing is None else 2
        if lines + _heads(sheet, pages[-1], of, of_part, part) > left:
            pages.append([])
            left, part = LINES_A_PAGE, None
        left -= lines + _heads(sheet, pages[-1], of, of_part, part)
        if not pages[-1] or pages[-1][-1][0] is not of:
            pages[-1].append((of, []))
        pages[-1][-1][1].append(row)
        part = of_part
    return pages


def _called(sheet: Sheet, t: Texts) -> Iterator[tuple[ActivitySheet, words.Part, SheetRow]]:
    for of in sheet.activities:
        for part in words.parts(sheet, of, of.rows, t):
            for row in part.rows:
                yield of, part, row


def _heads(
    sheet: Sheet, page: Page, of: ActivitySheet, part: words.Part, before: words.Part | None
) -> int:
    """Lines above a child on this page: of its activity, of its class or group."""
    is_first = not page or page[-1][0] is not of
    counts = ACTIVITY_LINES if sheet.chosen is None and is_first else 0
    return counts + (1 if part.heading and part is not before else 0)


def _part(part: words.Part, t: Texts) -> str:
    lines = [_line(part, row, t) for row in part.rows]
    if part.heading:
        counted = words.counted(part.count, t)
        lines.insert(0, t.html("<b>{part}</b> · {count}", part=part.heading, count=counted))
    return "\n".join(lines)


def _line(part: words.Part, row: SheetRow, t: Texts) -> Html:
    hours = t.hours(row.arrival, row.departure)
    if row.missing is None:
        return t.html("{hours} · {child}", hours=hours, child=part.who(row))
    return t.html(
        "✗ {hours} · {child}\n    <i>{missing}</i>",
        hours=hours,
        child=part.who(row),
        missing=words.missing(row.missing, t),
    )


def _buttons(sheet: Sheet, page: int, pages: int, t: Texts) -> tuple[Row, ...]:
    if sheet.school_class is not None:
        classes = tuple(_neighbours(sheet, t))
    else:
        classes, pages = _classes(sheet, page, t), max(pages, _more_classes(sheet))
    return (
        *turner(page, pages, _to_same(sheet), t),
        *classes,
        *_ordering(sheet, t),
        _days(sheet, t),
        *_files(sheet, t),
        *(((Button(t("Toutes les activités"), DaySheet.of(sheet.day)),),) if sheet.chosen else ()),
        home_row(t),
    )


def _more_classes(sheet: Sheet) -> int:
    """Pages that are needed for classes."""
    return _pages_of_classes(sheet) if sheet.school_class is None else 1


def _ordering(sheet: Sheet, t: Texts) -> tuple[Row, ...]:
    """By hour where hours differ, and then how many children there are each half hour."""
    has_hours = any(one.halves for one in sheet.activities)
    is_by_class = bool(sheet.classes) and sheet.school_class is None
    by_hour = (Order.ARRIVAL, Order.DEPARTURE) if has_hours else ()
    orders = (*((Order.CLASS,) if is_by_class else ()), Order.NAME, *by_hour)
    if len(orders) == 1:
        return ()
    now = sheet.order if sheet.order in orders else Order.NAME
    activity = None if sheet.chosen is None else sheet.chosen.id
    buttons = [
        Button(
            ("● " if order is now else "") + t(words.ORDERS[order]),
            DaySheet.of(sheet.day, activity, order, school_class=sheet.school_class),
        )
        for order in orders
    ]
    wide = 2 if len(buttons) > 3 else 3
    rows = tuple(tuple(row) for row in sliced(buttons, wide))
    if sheet.chosen is None or not has_hours:
        return rows
    halves = Halves(day=sheet.day, activity=sheet.chosen.id).pack()
    return (*rows, (Button(t("Par demi-heure"), halves),))


def _children_in_table(sheet: Sheet, page: int, t: Texts) -> Iterable[str | Table]:
    pages = _pages(sheet, t)
    columns = (t("Enfant"), t("Arrivée"), t("Départ"))
    blocks: list[str | Table] = [*_above(sheet, t)]
    for of, found in _nth(pages, min(page, max(len(pages), _more_classes(sheet)))):
        rows: list[tuple[str, ...] | str] = []
        for part in words.parts(sheet, of, found, t):
            rows += _rows_of(part, t)
        if sheet.chosen is None:
            blocks.append(_counts(of, t))
        blocks.append(Table(columns, tuple(rows)))
    return blocks


def _rows_of(part: words.Part, t: Texts) -> Iterable[tuple[str, ...] | str]:
    if part.heading:
        counted = words.counted(part.count, t)
        yield t.html("<b>{part}</b> · {count}", part=part.heading, count=counted)
    for row in part.rows:
        mark = "" if row.missing is None else "✗ "
        yield escaped(mark + part.who(row)), t.clock(row.arrival), t.clock(row.departure)
        if row.missing is not None:
            yield f"<i>{escaped(words.missing(row.missing, t))}</i>"


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
def _days(sheet: Sheet, t: Texts) -> Row:
    activity, of = None if sheet.chosen is None else sheet.chosen.id, sheet.school_class

    def to(label: str, day: date) -> Button:
        return Button(label, DaySheet.of(day, activity, sheet.order, school_class=of))

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
    about = {
        "activity": None if sheet.chosen is None else sheet.chosen.id,
        "school_class": None if sheet.school_class is None else code_of(sheet.school_class),
    }

    def to(label: str, way: Format) -> Button:
        taken = TakeSheet(day=sheet.day, format=way, order=sheet.order, **about)
        return Button(label, taken.pack())

    return ((to(t("Imprimer (PDF)"), Format.PDF), to(t("XLSX"), Format.XLSX)),)


def opened() -> str:
    return OpenSheet().pack()
