from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.audit.ports import AuditLog
from domain.emails.model import Addresses, Pending
from domain.families.model import GuardianId
from domain.notices.model import Notice


class Emails(AuditLog, Protocol):
    def addresses(self, guardian: GuardianId, *, lock: bool = False) -> Addresses: ...

    def set_verified(self, guardian: GuardianId, addresses: Sequence[str]) -> None:
        """Links of a forgotten password that are on their way let nobody in any more (A7)."""

    def put_pending(
        self, guardian: GuardianId, pending: Sequence[Pending], codes: Sequence[str]
    ) -> None:
        """Replaces the whole list; a code of "" keeps the one that was sent to that address.

        Codes are kept so that they can be compared and not read.
        """

    def proves(self, guardian: GuardianId, pending: Pending, code: str) -> bool:
        """Whether that is its code."""

    def count_tries(self, guardian: GuardianId) -> None:
        """One wrong code more for each address that waits: nobody says which one was meant."""

    def forget_pending(self, guardian: GuardianId, address: str) -> None: ...

    def codes_sent(self, guardian: GuardianId, since: datetime) -> int: ...

    def post(self, notices: Sequence[Notice]) -> None:
        """As ``Outbox.post``, in this transaction."""
