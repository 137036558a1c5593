from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from domain.activities.model import StructureId
from domain.notices.model import FamilyNotice
from domain.reports.model import (
    Contents,
    Handover,
    Transmission,
    TransmissionId,
)


class Transmissions(Protocol):
    def claim(self, structure: StructureId, night: date, at: datetime) -> Transmission:
        """Open this night, once ever, and claim every movement, all news of absences and all that
        was paid online, where they are not transmitted yet, by state and never by number (decision
        6); answers the existing one when it is there.
        """

    def unwritten(self) -> tuple[Transmission, ...]:
        """Claimed, but their files are not known to be on disk; oldest first."""

    def contents(self, transmission: TransmissionId) -> Contents:
        """Movements in the order of request, then what became known of absences and what was paid
        online since the last night; the same for ever.
        """

    def untaken(self) -> tuple[Transmission, ...]:
        """Written, but not known to be taken by the back office; oldest first."""

    def taken(self, transmissions: Sequence[TransmissionId], at: datetime) -> None:
        """Said again, the first instant stays."""

    def written(
        self,
        transmission: TransmissionId,
        at: datetime,
        checksum: str,
        reports: Sequence[FamilyNotice],
    ) -> None:
        """Close it and queue the families' reports, together."""

    def last_night(self, structure: StructureId) -> date | None: ...


class ExchangeFiles(Protocol):
    def write(self, transmission: Transmission, contents: Contents) -> str:
        """Atomically, as CSV and JSON; the same bytes whenever repeated. Answers the SHA-256."""

    def look(self, transmissions: Sequence[Transmission]) -> Sequence[Handover]:
        """What became of each, in the same order; they are written. WAITS, SIGNED or LOST."""

    def compare(self, transmission: Transmission, contents: Contents) -> Handover:
        """What an acknowledgement says: TAKEN, MISREAD, or WAITS while it is being written."""

    def dismiss(self, transmission: Transmission) -> None:
        """Take a wrong acknowledgement away."""


class Jobs(Protocol):
    """Due rows, not timers (decision 7)."""

    def claim(self, name: str, business_date: date, at: datetime, lease_until: datetime) -> bool:
        """True for whoever may run it now; False when done, or held by somebody alive."""

    def done(self, name: str, business_date: date, at: datetime) -> None: ...

    def forget(self, name: str, before: date) -> None:
        """What was claimed of this name for earlier dates."""

    def last_done(self, name: str) -> date | None: ...
