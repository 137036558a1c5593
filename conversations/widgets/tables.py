"""The second display: what tables share, and the way back to texts (decision 9)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from conversations.profile.routes import ShowSimply
from conversations.screen import Button, Rich, Row, Screen, Table
from conversations.texts import Texts

LINES_PER_PAGE: Final = 30
"""Some three heights of a phone. With groups and remarks far below the 500 rows of a message."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a table, under its section and its group. All is Telegram HTML.

    ``remark`` stands across a row of its own: a reason is longer than a column is wide.
    """

    section: str
    group: str
    cells: tuple[str, ...]
    remark: str = ""


def sections(
    entries: Iterable[Entry], columns: tuple[str, ...], t: Texts
) -> tuple[str | Table, ...]:
    """A title and a table for each section, in the order given."""
    blocks: list[str | Table] = []
    for section, lines in groupby(entries, key=lambda entry: entry.section):
        blocks += [section, Table(columns, tuple(_rows(lines, t)))]
    return tuple(blocks)


def _rows(entries: Iterable[Entry], t: Texts) -> Iterator[tuple[str, ...] | str]:
    for group, lines in groupby(entries, key=lambda entry: entry.group):
        yield group
        for remark, alike in groupby(lines, key=lambda entry: entry.remark):
            told = [line.cells for line in alike]
            yield from told
            if remark:
                yield _of_all(remark, len(told), t)


def _of_all(remark: str, lines: int, t: Texts) -> str:
    """Said once of a month of days, it does not double the table."""
    if lines == 1:
        return remark
    return t("{n} jours ci-dessus : {remark}", n=lines, remark=remark)


def in_tables(
    simple: Screen, blocks: Iterable[str | Table], rows: tuple[Row, ...], then: str, t: Texts
) -> Screen:
    """``simple``: the same in the first display. ``then``: the address of this screen."""
    back = Button(t("Affichage simple"), ShowSimply.data(then))
    note = t("Telegram n'a pas accepté les tableaux : voici le texte.")
    shown = Rich(tuple(block for block in blocks if block), (*rows, (back,)), t.is_rtl)
    return Screen(f"{note}\n\n{simple.text}", simple.rows, shown)
