"""What the back office sends: ``domain.imports.answers.Inbox``, over a drop."""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final

from domain.imports.model import Problem
from storage.exchange.drop import REJECTED, TAKEN, Drop
from storage.exchange.lines import harmless

COLUMNS: Final = ("file", "line", "column", "problem", "sentence")


@dataclass(frozen=True, slots=True)
class DropInbox:
    """``explain``: the sentence of a problem."""

    drop: Drop
    explain: Callable[[Problem], str]

    def waiting(self) -> tuple[str, ...]:
        return self.drop.arrivals()

    @contextmanager
    def opened(self, name: str) -> Iterator[Path]:
        with self.drop.fetched(name) as path:
            yield path

    def accept(self, name: str) -> None:
        self.drop.set_aside(name, TAKEN)

    def reject(self, name: str, problems: Sequence[Problem]) -> None:
        text = StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        for one in problems:
            said = (one.file, one.line, one.column, one.trouble.value, self.explain(one))
            writer.writerow([harmless(cell) for cell in said])
        self.drop.set_aside(
            name, REJECTED, text.getvalue().encode("utf-8-sig", "backslashreplace")
        )
