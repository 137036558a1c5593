"""What the back office sends is taken as it comes: each file once, whole or not at all (X2)."""

import hashlib
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from domain.alerts.model import Alert, AlertKind
from domain.alerts.ports import Alerts
from domain.clock import Clock
from domain.imports.model import Outcome, Problem, Trouble
from domain.imports.service import ImportTown
from domain.work import Transaction

PATIENCE: Final = 5
"""Ticks: what passes by itself, such as a lock or a full disk, is given so long."""


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

    What nobody foresaw holds up those that come after it, since order counts; until ``PATIENCE``
    has ended. Then the file is set aside as one with problems is, or passed over where it cannot
    even be moved. Where the database is away the agents cannot be told, and the file stays.
    """

    inbox: Inbox
    import_town: ImportTown
    alerts: Transaction[Alerts]
    clock: Clock
    _failed: dict[str, int] = field(default_factory=dict)  # in a row, by name

    async def __call__(self) -> int:
        """Raises what went wrong, at the end where others could be taken."""
        taken, stuck = 0, []
        for name in self.inbox.waiting():
            try:
                taken += await self._take(name)
            except Exception as error:
                self._failed[name] = self._failed.get(name, 0) + 1
                if self._failed[name] < PATIENCE:
                    raise
                stuck += await self._give_up(name, error)
            else:
                self._failed.pop(name, None)
        if stuck:
            raise stuck[0]
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

    async def _give_up(self, name: str, error: Exception) -> list[Exception]:
        """Whatever this fails with, too: the next file must not pay for it."""
        reason = {"reason": type(error).__name__}
        problem = Problem(_readable(name), 0, "", Trouble.UNFORESEEN, reason)
        try:
            await self._alert(name, _readable(name), 1)
            self.inbox.reject(name, [problem])
        except Exception as worse:  # noqa: BLE001 (raised once the others are taken)
            return [worse]
        del self._failed[name]
        return []

    async def _tell(self, name: str, path: Path, outcome: Outcome) -> None:
        """The agents; once for what was killed before it was set aside, and again for the same
        file on another day.
        """
        with path.open("rb") as opened:
            checksum = hashlib.file_digest(opened, "sha256").hexdigest()
        await self._alert(name, checksum, outcome.troubles)

    async def _alert(self, name: str, known_as: str, problems: int) -> None:
        now = self.clock()
        alert = Alert(
            key=f"{AlertKind.ANSWERS_REFUSED}:{known_as}:{now.date()}",
            kind=AlertKind.ANSWERS_REFUSED,
            at=now,
            details={"file": _readable(name), "problems": problems},
        )
        await self.alerts.write(lambda tx: tx.alert(alert))


def _readable(name: str) -> str:
    """As a database can keep it."""
    return name.encode(errors="backslashreplace").decode()
