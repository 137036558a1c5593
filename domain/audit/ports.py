from collections.abc import Sequence
from typing import Protocol

from domain.audit.model import Entry


class AuditLog(Protocol):
    """Added to in the transaction that it tells of, never changed."""

    def note(self, entry: Entry) -> None: ...

    def note_all(self, entries: Sequence[Entry]) -> None:
        """As many as there are, in one statement."""
