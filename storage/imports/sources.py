"""Where tables are read from: a folder, or a file of one of three kinds. Cells are text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from domain.imports.model import Problem, Table, Trouble

MEBIBYTE: Final = 2**20
MOST_LINES: Final = 2_000_000  # in all tables together
Cells: TypeAlias = Sequence[str]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes: of one file as it is sent, and of what is packed in it."""

    file: int = 256 * MEBIBYTE
    unpacked: int = 1024 * MEBIBYTE
    lines: int = MOST_LINES


class Unusable(Exception):
    """The file, or one of its tables, cannot be read at all."""

    def __init__(
        self, file: str, trouble: Trouble, *, line: int = 0, column: str = "", **params: object
    ) -> None:
        super().__init__(trouble)
        self.problem = Problem(file, line, column, trouble, params)


@dataclass(frozen=True, slots=True)
class Sheet:
    """``rows``: the number of the line, and its cells; the first are the headings. Read once."""

    file: str
    name: str
    rows: Iterator[tuple[int, Cells]]

    def table(self) -> Table | None:
        name = self.name.strip().casefold()
        return Table(name) if name in set(Table) else None


def check_size(path: Path, limits: Limits) -> None:
    if path.stat().st_size > limits.file:
        raise Unusable(path.name, Trouble.TOO_LARGE, most=limits.file // MEBIBYTE)
