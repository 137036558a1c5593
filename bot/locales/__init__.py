"""The catalogues, read at start: .po files only, nothing to compile."""

import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from conversations.texts import TextsByLocale

LOCALES: Final = ("fr", "en")
SOURCE: Final = "fr"  # the msgid is the French sentence
WIDE: Final = re.compile(r"(?<=«) | (?=[»:])")
THIN: Final = re.compile(r" (?=[;?!])")
NO_BREAK: Final = "\N{NO-BREAK SPACE}"
NARROW: Final = "\N{NARROW NO-BREAK SPACE}"
HERE: Final = Path(__file__).parent


@cache
def load() -> TextsByLocale:
    """Read once a process: half a second of parsing."""
    return TextsByLocale({locale: _translations(locale) for locale in LOCALES}, default=SOURCE)


def catalogue(locale: str) -> Catalog:
    """As it is on disk; an empty one for a new language."""
    path = HERE / f"{locale}.po"
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def _translations(locale: str) -> Translations:
    words = catalogue(locale)
    if locale == SOURCE:
        _hold_together(words)
    compiled = BytesIO()
    write_mo(compiled, words)
    compiled.seek(0)
    return Translations(compiled)


def _hold_together(words: Catalog) -> None:
    """French signs of two parts stand off their words, by a space at which no line may break.

    Here, on what is written by us alone: what a parent or the town typed, an address, an hour are
    put in later and stay as they are.
    """
    for message in words:
        match message.string:
            case str(text):
                message.string = _held(text)
            case tuple() | list() as texts:
                message.string = tuple(_held(text) for text in texts)


def _held(text: str) -> str:
    return THIN.sub(NARROW, WIDE.sub(NO_BREAK, text))
