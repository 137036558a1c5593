from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.alerts.model import Alert, AlertId, Noted, Sight
from domain.alerts.recipients import Reached
from domain.audit.ports import AuditLog
from domain.payments.model import Stray
from domain.staff.model import StaffId


class Alerts(Protocol):
    """Added to in the transaction that it tells of."""

    def alert(self, alert: Alert) -> None:
        """Nothing when its key is there already."""


class AlertDesk(Alerts, AuditLog, Protocol):
    """What waits for the town's agents."""

    def count(self, sight: Sight) -> int:
        """Open ones."""

    def open(self, sight: Sight, *, offset: int, limit: int) -> tuple[Noted, ...]:
        """Newest first."""

    def one(self, alert: AlertId) -> Noted | None: ...

    def stray(self, provider: str, reference: str) -> Stray | None: ...

    def settle(self, alert: AlertId, by: StaffId, at: datetime) -> bool:
        """False, and nothing is written, when it is settled already: who was first stays."""

    # -- telling the agents --------------------------------------------------------------------
    def has_untold(self) -> bool: ...

    def take_untold(self, at: datetime, limit: int) -> tuple[Alert, ...]:
        """Oldest first, and told from now on: of two processes one gets each. Settled ones are
        not told.
        """

    def reached(self) -> Sequence[Reached]:
        """Everybody who is connected as an agent, each chat once."""
