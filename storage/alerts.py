"""What the town must look at: ``domain.alerts.ports.Alerts``."""

from datetime import datetime

from sqlalchemy import Connection, update

from domain.alerts.model import Alert
from domain.staff.model import StaffId
from storage.columns import keyring_of
from storage.schema import staff_alert
from storage.upserts import insert_into


class SqlAlerts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keyring = keyring_of(connection.dialect)

    def alert(self, alert: Alert) -> None:
        query = insert_into(self._connection, staff_alert).on_conflict_do_nothing()
        self._connection.execute(
            query.values(
                key=alert.key,
                kind=alert.kind,
                structure_id=alert.structure_id,
                details=dict(alert.details),
                at=alert.at,
            )
        )

    def settle_alert(self, key: str, by: StaffId, at: datetime) -> None:
        """Once: who was first stays."""
        query = update(staff_alert).where(
            staff_alert.c.key == key, staff_alert.c.settled_at.is_(None)
        )
        self._connection.execute(query.values(settled_at=at, settled_by=by))
