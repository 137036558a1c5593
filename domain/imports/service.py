"""A town's tables, written whole or not at all (X1); its back office's answers too (X2)."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from secrets import token_urlsafe

from domain.accounts.ports import Passwords
from domain.clock import Clock
from domain.imports.checking import Check
from domain.imports.model import Outcome, Table
from domain.imports.ports import Author, ImportTx, Progress, Staged, Staging
from domain.imports.writing import Refused, Write
from domain.work import Transaction

NOTHING_TAKEN = Outcome(counts={})


def silent(stage: str, done: int, lines: int) -> None:
    """No progress is shown."""


@dataclass(frozen=True, slots=True)
class ImportTown:
    """``path``: a folder of CSV files, or one file (CSV, XLSX, JSON), whatever its size.

    A dry run reads and tells; a run does the same and, where there is no problem at all, writes
    everything in one transaction, tells the families what was answered, and has running bots read
    the town again. The same file again changes nothing. ``once``: the name of a file that counts
    as taken from then on, by its content. ``by``: who is asked whether they may, and noted.
    """

    town: Transaction[ImportTx]
    stage: Staging
    passwords: Passwords
    clock: Clock

    async def __call__(
        self,
        path: Path,
        *,
        dry_run: bool,
        progress: Progress = silent,
        once: str | None = None,
        by: Author | None = None,
    ) -> Outcome:
        async with self.stage(path, progress) as staged:
            if dry_run or staged.troubles:
                return await self.town.read(lambda tx: _checking(tx, staged, progress, by)())
            # Nobody knows it: a new guardian gets in by the town's letter.
            nobodys = await self.passwords.hash(token_urlsafe())
            run = Run(staged, nobodys, self.clock(), progress, once, by)
            try:
                return await self.town.write(run)
            except Refused as refused:
                return refused.outcome


@dataclass(frozen=True, slots=True)
class Run:
    """One unit of work."""

    staged: Staged
    nobodys: str
    now: datetime
    progress: Progress
    once: str | None
    by: Author | None

    def __call__(self, tx: ImportTx) -> Outcome:
        tx.one_at_a_time()
        if self.once is not None and not tx.take(self.staged.checksum, self.once, self.now):
            return NOTHING_TAKEN
        check = _checking(tx, self.staged, self.progress, self.by)
        checked = check()
        if checked.troubles:
            raise Refused(checked)
        tx.hold(check.needs)
        counts = dict(checked.counts)
        write = Write(tx, self.staged, self.nobodys, self.now, self.progress)
        write.tables()
        if answered := write.answers(counts.get(Table.ANSWERS)):
            counts[Table.ANSWERS] = answered
        done = replace(checked, counts=counts, applied=True)
        if self.by is not None:
            self.by.note(tx, done, self.now)
        return done


def _checking(tx: ImportTx, staged: Staged, progress: Progress, by: Author | None) -> Check:
    if by is not None:
        by.check(tx)
    return Check(tx, staged, progress)
