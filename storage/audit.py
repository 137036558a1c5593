"""The audit log: ``domain.audit.ports.AuditLog``."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from domain.accounts.events import Event
from domain.audit.model import Entry
from storage.crypto import Keyring
from storage.lookups import telegram_index
from storage.schema import audit


class SqlAuditLog:
    _connection: Connection
    _keyring: Keyring

    def note(self, entry: Entry) -> None:
        user = entry.telegram_user
        self._connection.execute(
            insert(audit).values(
                at=entry.at,
                actor=entry.actor,
                guardian_id=entry.guardian_id,
                user_index=None if user is None else telegram_index(self._keyring, user),
                what=entry.what,
                details=dict(entry.details),
                staff_id=entry.staff_id,
                structure_id=entry.structure_id,
            )
        )

    def resets_asked(self, telegram_user: int, since: datetime) -> tuple[datetime, ...]:
        query = select(audit.c.at).where(
            audit.c.user_index == telegram_index(self._keyring, telegram_user),
            audit.c.what == Event.RESET_ASKED,
            audit.c.at > since,
        )
        return tuple(self._connection.scalars(query.order_by(audit.c.at)))
