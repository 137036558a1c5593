"""A file that an agent sent into the chat: checked, then written as it was checked (X1)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from domain.imports.errors import FileChanged, NotEveryStructure, TooBig
from domain.imports.model import Outcome
from domain.imports.ports import ImportTx, Progress
from domain.staff.acts import StaffAct, noted
from domain.staff.model import Right, StaffIdentity

MOST: Final = 20  # MiB: what Telegram hands a bot


@dataclass(frozen=True, slots=True)
class ByAgent:
    """Whose import it is. An import reaches what all structures share (families, children, their
    tariffs), and may add one: it is for whoever works for every structure there is.
    """

    member: StaffIdentity
    checksum: str

    def check(self, tx: ImportTx) -> None:
        """Raises NotAllowed, NotEveryStructure."""
        self.member.check(Right.IMPORT)
        if not set(tx.catalogue().structures) <= set(self.member.structures):
            raise NotEveryStructure

    def note(self, tx: ImportTx, done: Outcome, at: datetime) -> None:
        """In the import's own transaction."""
        total = done.total
        entry = noted(
            self.member,
            StaffAct.IMPORTED,
            at,
            after=self.checksum[:12],
            checksum=self.checksum,
            lines=total.new + total.changed + total.unchanged + total.overtaken,
            new=total.new,
            changed=total.changed,
            unchanged=total.unchanged,
        )
        tx.note(entry)


class Import(Protocol):
    async def __call__(
        self, name: str, content: bytes, *, dry_run: bool, progress: Progress, by: ByAgent
    ) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class Checked:
    """``checksum``: the SHA-256 that names what was checked."""

    outcome: Outcome
    checksum: str


@dataclass(frozen=True, slots=True)
class CheckDocument:
    """Writes nothing. Raises NotAllowed, NotEveryStructure, TooBig."""

    import_document: Import

    async def __call__(
        self, member: StaffIdentity, name: str, content: bytes, progress: Progress
    ) -> Checked:
        by = _by(member, content)
        outcome = await self.import_document(name, content, dry_run=True, progress=progress, by=by)
        return Checked(outcome, by.checksum)


@dataclass(frozen=True, slots=True)
class WriteDocument:
    """All or nothing, and noted; the same file again changes nothing. ``checksum``: of what was
    checked. Raises FileChanged and what ``CheckDocument`` raises.
    """

    import_document: Import

    async def __call__(
        self,
        member: StaffIdentity,
        name: str,
        content: bytes,
        progress: Progress,
        *,
        checksum: str,
    ) -> Outcome:
        by = _by(member, content)
        if by.checksum != checksum:
            raise FileChanged
        return await self.import_document(name, content, dry_run=False, progress=progress, by=by)


def _by(member: StaffIdentity, content: bytes) -> ByAgent:
    member.check(Right.IMPORT, member.structure_id)
    if len(content) > MOST * 2**20:
        raise TooBig(most=MOST)
    return ByAgent(member, hashlib.sha256(content).hexdigest())
