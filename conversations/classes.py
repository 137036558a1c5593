"""A school class in an address: its name may be too long for one."""

from collections.abc import Iterable
from typing import Annotated, TypeAlias
from zlib import crc32

from pydantic import Field

ClassCode: TypeAlias = Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]


def code_of(name: str) -> str:
    return f"{crc32(name.encode()):08x}"


def class_of(code: str, names: Iterable[str]) -> str | None:
    """None: of no class that there is."""
    return next((name for name in names if code_of(name) == code), None)
