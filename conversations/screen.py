"""What a chat shows: one message, drawn whole each time.

Plain data on purpose: modelling the 56 buttons of a month as aiogram objects costs 0.3 ms a tap.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from html import escape
from typing import NamedTuple


class Style(StrEnum):
    """A colour, always beside a mark that says the same without it."""

    PRIMARY = "primary"
    SUCCESS = "success"
    DANGER = "danger"


class Button(NamedTuple):  # made sixty times a month, and made three times as fast
    """``text`` is plain. Exactly one of ``data`` (at most 64 bytes) and ``url``."""

    text: str
    data: str | None = None
    style: Style | None = None
    url: str | None = None


Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A native table: texts are Telegram HTML of one line, without blockquotes.

    A row holds one text a column; a text of its own stands across all columns. The last column
    holds amounts and is set right.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...] | str, ...]


@dataclass(frozen=True, slots=True)
class Rich:
    """The second display (decision 9): paragraphs of Telegram HTML, and tables.

    ``rows`` hold the way back: some clients show nothing of such a message but its buttons.
    """

    blocks: tuple[str | Table, ...]
    rows: tuple[Row, ...]
    is_rtl: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    """``text`` is Telegram HTML: names in it are escaped.

    ``rich``, for those who prefer tables, says the same; the text is shown if it is refused.
    """

    text: str
    rows: tuple[Row, ...] = ()
    rich: Rich | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file for the chat; ``caption`` is Telegram HTML of at most 1024 characters."""

    name: str
    content: bytes
    caption: str = ""
    rows: tuple[Row, ...] = ()
    is_picture: bool = False  # shown, and not offered for download


@dataclass(frozen=True, slots=True)
class Invoice:
    """To be paid in the chat, in EUR. ``title`` has at most 32 characters, ``description`` 255;
    ``payload`` comes back with the payment, and the person never sees it.
    """

    title: str
    description: str
    label: str
    cents: int
    payload: str


def noted(screen: Screen, note: str) -> Screen:
    """The same screen under a sentence (plain text) about what has just happened."""
    return under(screen, escape(note, quote=False))


def under(screen: Screen, above: str) -> Screen:
    """The same screen under some lines of Telegram HTML, in both displays."""
    rich = screen.rich
    if rich is not None:
        rich = replace(rich, blocks=(above, *rich.blocks))
    return Screen(f"{above}\n\n{screen.text}", screen.rows, rich)
