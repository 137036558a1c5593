"""What the back office sends is taken as it comes: each file once, whole or not at all (X2)."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from domain.imports.model import Problem
from domain.imports.service import ImportTown


class Inbox(Protocol):
    """Files that the back office has sent, by name. Raises OSError when it is not reached."""

    def waiting(self) -> tuple[str, ...]: ...

    def opened(self, name: str) -> AbstractContextManager[Path]: ...

    def accept(self, name: str) -> None:
        """Out of the way; nothing happens where it is gone already."""

    def reject(self, name: str, problems: Sequence[Problem]) -> None:
        """Aside, with its problems beside it."""


@dataclass(frozen=True, slots=True)
class TakeAnswers:
    """Everything that waits, in the order of names. Answers how many files were taken.

    A file is known by its content, in the transaction that applies it: killed before it is set
    aside, it is set aside the next time, and not applied again. One that is rejected is forgotten,
    so that it may come again once the reason has gone.
    """

    inbox: Inbox
    import_town: ImportTown

    async def __call__(self) -> int:
        taken = 0
        for name in self.inbox.waiting():
            taken += await self._take(name)
        return taken

    async def _take(self, name: str) -> bool:
        with self.inbox.opened(name) as path:
            outcome = await self.import_town(path, dry_run=False, once=name)
        if outcome.troubles:
            self.inbox.reject(name, outcome.problems)
            return False
        self.inbox.accept(name)
        return outcome.applied
