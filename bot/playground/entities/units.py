"""Telegram counts in UTF-16 code units."""

LAST_OF_ONE_UNIT = "\uffff"


def length(text: str) -> int:
    if text.isascii():
        return len(text)
    return len(text) + sum(character > LAST_OF_ONE_UNIT for character in text)


def index(text: str, offset: int) -> int:
    """The position in ``text`` (in characters) of a UTF-16 offset."""
    if text.isascii() or max(text, default="") <= LAST_OF_ONE_UNIT:
        return offset
    units = 0
    for position, character in enumerate(text):
        if units >= offset:
            return position
        units += 2 if character > LAST_OF_ONE_UNIT else 1
    return len(text)
