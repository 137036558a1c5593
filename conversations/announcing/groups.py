"""An age group or class in an address: its name may be too long for one."""

from collections.abc import Iterable
from zlib import crc32


def number_of(group: str) -> int:
    return crc32(group.encode()) + 1


def group_of(number: int, groups: Iterable[str]) -> str | None:
    """None: of no group that there is."""
    return next((group for group in groups if number_of(group) == number), None)
