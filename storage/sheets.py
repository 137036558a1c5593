"""Who comes on a day: ``domain.sheets.ports.SheetsTx``, in one statement."""

from datetime import date

from sqlalchemy import Connection, select

from domain.absences.model import Reason
from domain.activities.model import ActivityId, StructureId
from domain.bookings.model import State
from domain.families.model import Child
from domain.sheets.model import Missing, SheetRow
from storage.audit import SqlAuditLog
from storage.bookings.rows import Row
from storage.columns import keyring_of
from storage.schema import absence, activity, booking, child

_QUERY = (
    select(
        booking.c.id,
        booking.c.activity_id,
        booking.c.arrival,
        booking.c.departure,
        booking.c.age_group,
        booking.c.state,
        child.c.id,
        child.c.first_name,
        child.c.last_name,
        child.c.school_class,
        absence.c.declared_at,
        absence.c.reason,
        absence.c.certificate_kind,
    )
    .join_from(booking, child, child.c.id == booking.c.child_id)
    .join(activity, activity.c.id == booking.c.activity_id)
    .outerjoin(absence, absence.c.booking_id == booking.c.id)
    .where(booking.c.state.in_([State.ACCEPTED, State.PENDING]))
    .order_by(booking.c.activity_id, booking.c.id)
)


class SqlSheets(SqlAuditLog):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keyring = keyring_of(connection.dialect)

    def sheet(
        self, structure: StructureId, day: date, activity_id: ActivityId | None
    ) -> tuple[SheetRow, ...]:
        query = _QUERY.where(activity.c.structure_id == structure, booking.c.day == day)
        if activity_id is not None:
            query = query.where(booking.c.activity_id == activity_id)
        return tuple(_row(row) for row in self._connection.execute(query))


def _row(row: Row) -> SheetRow:
    number, of, arrival, departure, group, state, *who = row
    since, reason, certificate = who[4:]
    why = None if reason is None else Reason(reason)
    return SheetRow(
        booking_id=number,
        activity_id=of,
        child=Child(*who[:4]),
        arrival=arrival,
        departure=departure,
        group=group,
        is_sure=state is State.ACCEPTED,
        missing=None if since is None else Missing(since, why, certificate is not None),
    )
