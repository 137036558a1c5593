from typing import Protocol

from domain.alerts.model import Alert


class Alerts(Protocol):
    """Added to in the transaction that it tells of."""

    def alert(self, alert: Alert) -> None:
        """Nothing when its key is there already."""
