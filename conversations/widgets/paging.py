"""Long texts in pages: a message holds 4096 characters, and a phone shows some forty lines."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from conversations.screen import Button, Row
from conversations.texts import Texts

BUDGET: Final = 2600  # characters of body a page; head, totals and notes need the rest

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines under a title, repeated where a page cuts them."""

    title: str
    lines: tuple[str, ...]


def paged(blocks: Iterable[Block], budget: int = BUDGET) -> tuple[str, ...]:
    """One text a page, at least one; no line is cut."""
    pages: list[str] = []
    page = ""
    for block in blocks:
        title = f"\n\n{block.title}" if page else block.title
        for line in block.lines:
            entry = f"{title}\n{line}"
            if page and len(page) + len(entry) > budget:
                pages.append(page)
                page, entry = "", f"{block.title}\n{line}"
            page += entry
            title = ""
    return (*pages, page)


def chosen(pages: Sequence[Item], page: int) -> tuple[Item, int]:
    """That page and its number; the last one when it is no longer there."""
    number = min(page, len(pages))
    return pages[number - 1], number


def sliced(items: Sequence[Item], size: int) -> tuple[Sequence[Item], ...]:
    return tuple(items[at : at + size] for at in range(0, len(items), size)) or ((),)


def turner(page: int, pages: int, to: Callable[[int], str], t: Texts) -> tuple[Row, ...]:
    """Nothing for a single page."""
    if pages <= 1:
        return ()
    middle = Button(t("Page {page}/{pages}", page=page, pages=pages), to(page))
    before = (Button("‹", to(page - 1)),) if page > 1 else ()
    after = (Button("›", to(page + 1)),) if page < pages else ()
    return ((*before, middle, *after),)
