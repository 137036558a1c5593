"""Keeping the catalogues in step with the source; French fills itself."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir

from bot.locales import SOURCE, catalogue

ROOT: Final = Path(__file__).parents[2]
ROOMS: Final = ("conversations", "handlers")
KEYWORDS: Final = {"t": None, "texts": None, "html": None, "mark": None, "plural": (1, 2)}
STILL: Final = datetime(2026, 1, 1, tzinfo=UTC)  # so that a run without news changes nothing


def extracted() -> Catalog:
    template = Catalog(project="cartable", charset="utf-8", creation_date=STILL)
    for room in ROOMS:
        found = extract_from_dir(ROOT / room, method_map=[("**.py", "python")], keywords=KEYWORDS)
        for path, _, message, _, _ in sorted(found, key=lambda one: one[:2]):
            template.add(message, locations=[(f"{room}/{path}", 0)])
    return template


def updated(locale: str) -> Catalog:
    """What is on disk with today's messages; translations that still apply are kept."""
    known = catalogue(locale)
    known.update(extracted(), no_fuzzy_matching=True)
    known.revision_date = STILL
    known.fuzzy = False
    known.project, known.version = "cartable", "1"
    known.last_translator = known.language_team = known.msgid_bugs_address = "Cartable"
    known.header_comment = f"# The texts of Cartable in {locale}. `make locales` keeps it."
    if locale == SOURCE:
        for message in known:
            if message.id:
                message.string = message.id
    return known


def missing(known: Catalog) -> Iterator[Message]:
    """Messages without words in that language, or whose words are only guessed."""
    for message in known:
        words = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and (message.fuzzy or not all(words)):
            yield message
