"""School classes as buttons. A name may be too long for an address, and for half a row."""

from collections.abc import Iterable
from typing import Annotated, Final, TypeAlias
from zlib import crc32

from pydantic import Field

from conversations.screen import Button, Row

ClassCode: TypeAlias = Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]


ROOM: Final = {2: 19, 3: 12}
"""Characters of the longest label in a row of so many, so that its count is seen on a phone."""


def in_rows(buttons: Iterable[Button]) -> tuple[Row, ...]:
    """As many a row as their labels leave room for."""
    rows: list[Row] = []
    for button in buttons:
        wider = (*rows[-1], button) if rows else (button,)
        if len(wider) > 1 and max(len(one.text) for one in wider) <= ROOM.get(len(wider), 0):
            rows[-1] = wider
        else:
            rows.append((button,))
    return tuple(rows)


def code_of(name: str) -> str:
    return f"{crc32(name.encode()):08x}"


def class_of(code: str, names: Iterable[str]) -> str | None:
    """None: of no class that there is."""
    return next((name for name in names if code_of(name) == code), None)
