"""What agents did: ``domain.journal.ports.JournalTx``."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select

from domain.activities.model import StructureId
from domain.families.model import GuardianId
from domain.journal.model import LogLine
from domain.staff.model import StaffId
from storage.audit import SqlAuditLog
from storage.columns import keyring_of
from storage.schema import audit, staff_member


class SqlJournal(SqlAuditLog):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keyring = keyring_of(connection.dialect)

    def count(
        self, structures: tuple[StructureId, ...], agent: StaffId | None, since: datetime | None
    ) -> int:
        query = select(func.count()).select_from(audit)
        return self._connection.execute(query.where(_asked(structures, agent, since))).scalar_one()

    def lines(
        self,
        structures: tuple[StructureId, ...],
        agent: StaffId | None,
        since: datetime | None,
        *,
        offset: int,
        limit: int,
    ) -> tuple[LogLine, ...]:
        query = (
            select(audit, staff_member.c.name)
            .join_from(audit, staff_member, staff_member.c.id == audit.c.staff_id)
            .where(_asked(structures, agent, since))
            .order_by(audit.c.at.desc(), audit.c.id.desc())
            .offset(offset)
            .limit(limit)
        )
        return tuple(_line(row) for row in self._connection.execute(query))

    def agents(self, structures: tuple[StructureId, ...]) -> tuple[tuple[StaffId, str], ...]:
        acted = select(audit.c.staff_id).where(
            audit.c.staff_id.isnot(None), audit.c.structure_id.in_(structures)
        )
        query = select(staff_member.c.id, staff_member.c.name).where(
            staff_member.c.id.in_(acted.distinct())
        )
        found = [(StaffId(row.id), row.name) for row in self._connection.execute(query)]
        return tuple(sorted(found, key=lambda one: (one[1].casefold(), one[0])))


def _asked(
    structures: tuple[StructureId, ...], agent: StaffId | None, since: datetime | None
) -> ColumnElement[bool]:
    wanted: list[ColumnElement[bool]] = [
        audit.c.staff_id.isnot(None),
        audit.c.structure_id.in_(structures),
    ]
    if agent is not None:
        wanted.append(audit.c.staff_id == agent)
    if since is not None:
        wanted.append(audit.c.at >= since)
    return and_(*wanted)


def _line(row: Any) -> LogLine:
    return LogLine(
        at=row.at,
        staff_id=StaffId(row.staff_id),
        who=row.name,
        what=row.what,
        structure_id=StructureId(row.structure_id),
        guardian_id=None if row.guardian_id is None else GuardianId(row.guardian_id),
        details=row.details,
        reason=row.reason,
    )
