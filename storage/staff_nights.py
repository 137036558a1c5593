"""Past nights for the town's agents: ``domain.reports.by_hand.PastNights``."""

from sqlalchemy import Connection, func, select

from domain.activities.model import StructureId
from domain.reports.model import Transmission, TransmissionId
from storage.audit import SqlAuditLog
from storage.columns import keyring_of
from storage.schema import movement, transmission


class SqlPastNights(SqlAuditLog):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keyring = keyring_of(connection.dialect)

    def count(self, structure: StructureId) -> int:
        query = select(func.count()).where(transmission.c.structure_id == structure)
        return self._connection.execute(query).scalar_one()

    def past(self, structure: StructureId, *, offset: int, limit: int) -> tuple[Transmission, ...]:
        query = (
            select(transmission)
            .where(transmission.c.structure_id == structure)
            .order_by(transmission.c.number.desc())
            .offset(offset)
            .limit(limit)
        )
        return tuple(
            Transmission(
                TransmissionId(row.id),
                StructureId(row.structure_id),
                row.night,
                row.number,
                row.claimed_at,
                row.movements,
                row.checksum,
                row.written_at,
            )
            for row in self._connection.execute(query)
        )

    def unclaimed(self, structure: StructureId) -> int:
        query = select(func.count()).where(
            movement.c.structure_id == structure,
            movement.c.transmission_id.is_(None),
            movement.c.void.is_(False),
        )
        return self._connection.execute(query).scalar_one()
