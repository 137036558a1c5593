"""Messages that are to be deleted in time: ``domain.privacy.ports.OldScreens``."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select

from domain.accounts.model import SessionId
from storage.schema import guardian, order_message, screen_message, staff_screen, telegram_session

_shown, _session = screen_message.c, telegram_session.c


class SqlOldScreens:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def due(
        self, sent_until: datetime, limit: int
    ) -> Mapping[SessionId, tuple[int, Sequence[int]]]:
        """Of sessions that have ended too: the chat is still there."""
        query = (
            select(_shown.session_id, _shown.message_id, _session.user_id)
            .join_from(screen_message, telegram_session)
            .join(guardian)
            .where(_shown.sent_at <= sent_until, guardian.c.tidy_screens.is_(True))
            .order_by(_shown.sent_at, _shown.session_id, _shown.message_id)
            .limit(limit)
        )
        found: dict[SessionId, tuple[int, list[int]]] = {}
        for row in self._connection.execute(query):
            chat = int(row.user_id), list[int]()
            found.setdefault(SessionId(row.session_id), chat)[1].append(row.message_id)
        return found

    def forget(self, session: SessionId, messages: Sequence[int]) -> None:
        query = delete(screen_message).where(_shown.session_id == session)
        self._connection.execute(query.where(_shown.message_id.in_(messages)))

    def forget_sent_until(self, instant: datetime) -> None:
        for kept in (screen_message, staff_screen, order_message):
            self._connection.execute(delete(kept).where(kept.c.sent_at <= instant))
