"""The audit log in memory; for the fakes of what is told there."""

from collections.abc import Sequence

from domain.audit.model import Entry
from tests.fakes.data import TownData


class FakeAuditLog:
    data: TownData

    def note(self, entry: Entry) -> None:
        self.data.audit[len(self.data.audit) + 1] = entry

    def note_all(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            self.note(entry)
