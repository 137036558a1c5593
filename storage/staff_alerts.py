"""What waits for the town's agents: ``domain.alerts.ports.AlertDesk``."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select, update

from domain.activities.model import StructureId
from domain.alerts.model import Alert, AlertId, Noted, Sight
from domain.alerts.recipients import Reached
from domain.payments.model import Stray
from domain.staff.model import StaffId
from storage.alerts import SqlAlerts
from storage.audit import SqlAuditLog
from storage.payments import stray_of
from storage.schema import (
    staff_alert,
    staff_member,
    staff_session,
    staff_structure,
    stray_payment,
)

_alert, _session, _member = staff_alert.c, staff_session.c, staff_member.c


class SqlStaffAlerts(SqlAlerts, SqlAuditLog):
    def count(self, sight: Sight) -> int:
        query = select(func.count()).select_from(staff_alert).where(*_open(sight))
        return self._connection.execute(query).scalar_one()

    def open(self, sight: Sight, *, offset: int, limit: int) -> tuple[Noted, ...]:
        query = select(staff_alert).where(*_open(sight))
        newest = query.order_by(_alert.at.desc(), _alert.id.desc()).offset(offset).limit(limit)
        return tuple(_noted(row) for row in self._connection.execute(newest))

    def one(self, alert: AlertId) -> Noted | None:
        query = select(staff_alert).where(_alert.id == alert)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _noted(row)

    def stray(self, provider: str, reference: str) -> Stray | None:
        query = select(stray_payment).where(
            stray_payment.c.provider == provider,
            stray_payment.c.provider_reference == reference,
        )
        row = self._connection.execute(query).one_or_none()
        return None if row is None else stray_of(row)

    def settle(self, alert: AlertId, by: StaffId, at: datetime) -> bool:
        query = update(staff_alert).where(_alert.id == alert, _alert.settled_at.is_(None))
        settled = query.values(settled_at=at, settled_by=by)
        return self._connection.execute(settled).rowcount == 1

    # -- telling the agents --------------------------------------------------------------------
    def has_untold(self) -> bool:
        query = select(_alert.id).where(_alert.told_at.is_(None)).limit(1)
        return self._connection.scalar(query) is not None

    def take_untold(self, at: datetime, limit: int) -> tuple[Alert, ...]:
        waiting = (
            select(_alert.id)
            .where(_alert.told_at.is_(None))
            .order_by(_alert.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("waiting")
        )
        query = update(staff_alert).where(_alert.id.in_(select(waiting.c.id)))
        taken = self._connection.execute(query.values(told_at=at).returning(*staff_alert.c))
        rows = sorted(taken, key=lambda row: int(row.id))
        return tuple(_noted(row).alert for row in rows if row.settled_at is None)

    def reached(self) -> Sequence[Reached]:
        works_for: defaultdict[int, list[StructureId]] = defaultdict(list)
        pairs = select(staff_structure).order_by(staff_structure.c.structure_id)
        for pair in self._connection.execute(pairs):
            works_for[pair.staff_id].append(StructureId(pair.structure_id))
        query = (
            select(_session.user_id, _member.id, _member.role, _member.locale)
            .join_from(staff_session, staff_member, _member.id == _session.staff_id)
            .where(_session.ended_at.is_(None), _member.disabled_at.is_(None))
            .order_by(_session.id)
        )
        return [
            Reached(int(row.user_id), row.role, tuple(works_for[row.id]), row.locale)
            for row in self._connection.execute(query)
        ]


def _open(sight: Sight) -> tuple[ColumnElement[bool], ...]:
    theirs: ColumnElement[bool] = _alert.structure_id.in_(sight.structures)
    if sight.common:
        theirs = or_(theirs, _alert.structure_id.is_(None))
    return (_alert.settled_at.is_(None), theirs)


def _noted(row: Row[Any]) -> Noted:
    structure = None if row.structure_id is None else StructureId(row.structure_id)
    alert = Alert(row.key, row.kind, row.at, structure, row.details)
    return Noted(AlertId(row.id), alert, row.settled_at is not None)
