"""What can be said in one message, and how what was typed is read (S2). Pure."""

from typing import Final

from domain.announcements.errors import (
    CaptionTooLong,
    FileTooBig,
    NothingSaid,
    TextTooLong,
    TitleTooLong,
)

MESSAGE: Final = 4096
CAPTION: Final = 1024
TITLE: Final = 120
BETWEEN: Final = 2  # an empty line
BIGGEST_FILE: Final = 20 * 1024 * 1024  # what Telegram lets a bot fetch
MEGABYTE: Final = 1024 * 1024


def length(text: str) -> int:
    """As Telegram counts: in UTF-16, where most pictograms are two."""
    return len(text.encode("utf-16-le")) // 2


def read(said: str) -> tuple[str, str]:
    """The first line is the title, the rest the text. Raises NothingSaid, TitleTooLong."""
    first, _, rest = said.strip().partition("\n")
    title = first.strip()
    if not title:
        raise NothingSaid
    if (has := length(title)) > TITLE:
        raise TitleTooLong(longest=TITLE, has=has)
    return title, rest.strip()


def room(title: str, *, has_file: bool) -> int:
    """How long the text may be under this title."""
    return (CAPTION if has_file else MESSAGE) - length(title) - BETWEEN


def check_length(title: str, text: str, *, has_file: bool) -> None:
    """Raises TextTooLong, CaptionTooLong."""
    longest = room(title, has_file=has_file)
    if (over := length(text) - longest) > 0:
        raise (CaptionTooLong if has_file else TextTooLong)(longest=longest, over=over)


def check_size(size: int) -> None:
    """In bytes. Raises FileTooBig."""
    if size > BIGGEST_FILE:
        raise FileTooBig(most=BIGGEST_FILE // MEGABYTE)
