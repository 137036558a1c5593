"""Reading the audit log, and taking it as a file, which is noted in it (S1)."""

from dataclasses import dataclass
from datetime import timedelta

from domain.clock import Clock
from domain.journal.model import LogAsked, LogPage
from domain.journal.ports import JournalTx
from domain.staff.acts import StaffAct, noted
from domain.staff.model import Right, StaffIdentity
from domain.work import Transaction

PER_PAGE = 8
MOST = 20_000  # lines of a file


@dataclass(frozen=True, slots=True)
class ShowJournal:
    """Of the structures that the member works for. A page that is not there: the nearest."""

    journal: Transaction[JournalTx]
    clock: Clock
    per_page: int = PER_PAGE

    async def __call__(self, member: StaffIdentity, asked: LogAsked, page: int) -> LogPage:
        member.check(Right.READ_AUDIT)
        return await self.journal.read(lambda tx: self._read(tx, member, asked, page))

    def _read(self, tx: JournalTx, member: StaffIdentity, asked: LogAsked, page: int) -> LogPage:
        since = self.clock() - timedelta(days=asked.days) if asked.days else None
        given = member.structures, asked.agent, since
        count = tx.count(*given)
        pages = max(1, -(-count // self.per_page))
        page = min(page, pages)
        offset = (page - 1) * self.per_page
        lines = tx.lines(*given, offset=offset, limit=self.per_page)
        return LogPage(asked, lines, page, pages, count, tx.agents(member.structures))


@dataclass(frozen=True, slots=True)
class TakeJournal:
    """All of it, newest first, for a file: ``MOST`` lines at most."""

    journal: Transaction[JournalTx]
    clock: Clock

    async def __call__(self, member: StaffIdentity, asked: LogAsked) -> LogPage:
        member.check(Right.READ_AUDIT)
        whole = await ShowJournal(self.journal, self.clock, MOST)(member, asked, 1)
        entry = noted(member, StaffAct.AUDIT_TAKEN, self.clock(), lines=len(whole.lines))
        await self.journal.write(lambda tx: tx.note(entry))
        return whole
