"""What the back office sends is taken as it comes: each file once, whole or not at all (X2)."""

import hashlib
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from domain.alerts.model import Alert, AlertKind
from domain.alerts.ports import Alerts
from domain.clock import Clock
from domain.imports.model import Outcome, Problem
from domain.imports.service import ImportTown
from domain.work import Transaction


class Inbox(Protocol):
    """Files that the back office has sent, by name. Raises OSError when it is not reached."""

    def waiting(self) -> tuple[str, ...]:
        """Names may hold what is no Unicode."""

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
    alerts: Transaction[Alerts]
    clock: Clock

    async def __call__(self) -> int:
        taken = 0
        for name in self.inbox.waiting():
            taken += await self._take(name)
        return taken

    async def _take(self, name: str) -> bool:
        with self.inbox.opened(name) as path:
            if not path.exists():  # another process has taken it since
                return False
            outcome = await self.import_town(path, dry_run=False, once=_readable(name))
            if outcome.troubles:
                await self._tell(name, path, outcome)
        if outcome.troubles:
            self.inbox.reject(name, outcome.problems)
            return False
        self.inbox.accept(name)
        return outcome.applied

    async def _tell(self, name: str, path: Path, outcome: Outcome) -> None:
        """The agents; once for what was killed before it was set aside, and again for the same
        file on another day.
        """
        now = self.clock()
        with path.open("rb") as opened:
            checksum = hashlib.file_digest(opened, "sha256").hexdigest()
        alert = Alert(
            key=f"{AlertKind.ANSWERS_REFUSED}:{checksum}:{now.date()}",
            kind=AlertKind.ANSWERS_REFUSED,
            at=now,
            details={"file": _readable(name), "problems": outcome.troubles},
        )
        await self.alerts.write(lambda tx: tx.alert(alert))


def _readable(name: str) -> str:
    """As a database can keep it."""
    return name.encode(errors="backslashreplace").decode()
