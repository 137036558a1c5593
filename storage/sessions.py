"""Sessions and the messages that they were shown: ``domain.sessions.ports.Sessions``."""

from datetime import datetime

from sqlalchemy import Connection, Integer, Table, delete, literal, select, update

from domain.accounts.model import SessionId
from domain.families.model import GuardianId
from domain.sessions.model import Device
from storage.audit import SqlAuditLog
from storage.columns import UtcDateTime, keyring_of
from storage.lookups import telegram_index
from storage.schema import screen_message, staff_screen, staff_session, telegram_session
from storage.upserts import insert_into

_session, _message = telegram_session.c, screen_message.c


class SqlSessions(SqlAuditLog):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keyring = keyring_of(connection.dialect)

    def live(self, guardian: GuardianId) -> tuple[Device, ...]:
        query = (
            select(_session.id, _session.opened_at, _session.seen_at)
            .where(_session.guardian_id == guardian, _session.ended_at.is_(None))
            .order_by(_session.seen_at.desc(), _session.id.desc())
        )
        return tuple(
            Device(SessionId(row.id), row.opened_at, row.seen_at)
            for row in self._connection.execute(query)
        )

    def end(self, guardian: GuardianId, session: SessionId, at: datetime) -> int | None:
        theirs = _session.id == session, _session.guardian_id == guardian
        live = update(telegram_session).where(*theirs, _session.ended_at.is_(None))
        self._connection.execute(live.values(ended_at=at))
        user = self._connection.scalar(select(_session.user_id).where(*theirs))
        return None if user is None else int(user)

    def remember_message(self, telegram_user: int, message: int, at: datetime) -> None:
        self._remember(screen_message, telegram_session, telegram_user, message, at)

    def remember_staff_message(self, telegram_user: int, message: int, at: datetime) -> None:
        self._remember(staff_screen, staff_session, telegram_user, message, at)

    def _remember(
        self, kept: Table, sessions: Table, telegram_user: int, message: int, at: datetime
    ) -> None:
        of = sessions.c
        shown = select(of.id, literal(message, Integer), literal(at, UtcDateTime)).where(
            of.user_index == telegram_index(self._keyring, telegram_user), of.ended_at.is_(None)
        )
        query = insert_into(self._connection, kept).from_select(
            ["session_id", "message_id", "sent_at"], shown
        )
        # A chat that was begun anew counts its messages from the start again.
        query = query.on_conflict_do_update(kept.primary_key, set_={"sent_at": at})
        self._connection.execute(query)

    def take_messages(self, session: SessionId, since: datetime) -> tuple[int, ...]:
        query = delete(screen_message).where(_message.session_id == session)
        rows = self._connection.execute(query.returning(_message.message_id, _message.sent_at))
        return tuple(sorted(row.message_id for row in rows if row.sent_at >= since))
