"""The audience frozen, in a few statements however many families: a row a chat, a mail each."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Text,
    case,
    cast,
    insert,
    literal,
    select,
    update,
)

from domain.announcements.composed import Fate, Status
from domain.announcements.model import AnnouncementId
from domain.notices.model import Channel, Delivery, Kind
from storage.audiences import CHATS, HAS_BLOCKED, IS_MAILED, IS_MUTED, is_meant
from storage.columns import UtcDateTime
from storage.schema import (
    announcement,
    announcement_delivery,
    guardian,
    notice,
    structure,
    telegram_session,
)

_told, _delivery = announcement.c, announcement_delivery.c


class SqlLaunching:
    _connection: Connection

    def launch(self, announcement_id: AnnouncementId, at: datetime) -> None:
        self._deliver_to_chats(announcement_id, at)
        self._mail(announcement_id, at)

    def send_changes(self, announcement_id: AnnouncementId, at: datetime) -> None:
        arrived = (_delivery.announcement_id == announcement_id, _delivery.state == Fate.SENT)
        again = update(announcement_delivery).where(*arrived)
        self._connection.execute(again.values(due_at=at, attempts=0))
        changing = update(announcement).where(_told.id == announcement_id)
        self._connection.execute(changing.values(changing=True, progress_stale=True))

    def _take_up(self, announcement_id: AnnouncementId, at: datetime) -> None:
        """Also those that were claimed when it was paused, and did not leave."""
        waiting = (_delivery.announcement_id == announcement_id, _delivery.state == Fate.PENDING)
        again = update(announcement_delivery).where(*waiting)
        self._connection.execute(again.values(due_at=at))

    def send_again(self, announcement_id: AnnouncementId, at: datetime) -> int:
        doubtful = (
            _delivery.announcement_id == announcement_id,
            _delivery.state == Fate.UNCERTAIN,
        )
        again = update(announcement_delivery).where(*doubtful)
        again = again.values(state=Fate.PENDING, due_at=at, attempts=0, at=at, why=None)
        ids = self._connection.scalars(again.returning(_delivery.id)).all()
        sending = update(announcement).where(_told.id == announcement_id)
        self._connection.execute(sending.values(status=Status.SENDING, progress_stale=True))
        return len(ids)

    def cancel_unsent(self, announcement_id: AnnouncementId, at: datetime) -> None:
        waiting = (_delivery.announcement_id == announcement_id, _delivery.state == Fate.PENDING)
        cancelled = update(announcement_delivery).where(*waiting)
        self._connection.execute(cancelled.values(state=Fate.CANCELLED, due_at=None, at=at))
        mails = update(notice).where(
            notice.c.key.in_(mail_keys(announcement_id)), notice.c.done_at.is_(None)
        )
        self._connection.execute(
            mails.values(state=Delivery.FAILED, done_at=at, why="announcement withdrawn")
        )

    def _deliver_to_chats(self, announcement_id: AnnouncementId, at: datetime) -> None:
        chat = telegram_session.c.id
        fate = case(
            (IS_MUTED, literal(Fate.MUTED.value, Text)),
            (chat.isnot(None), literal(Fate.PENDING.value, Text)),
            (HAS_BLOCKED, literal(Fate.BLOCKED.value, Text)),
            else_=literal(Fate.NO_CHAT.value, Text),
        )
        due = case((chat.isnot(None), literal(at, UtcDateTime)), else_=None)
        meant = (
            select(
                _told.id,
                guardian.c.id,
                chat,
                fate,
                due,
                literal(0, Integer),
                literal(at, UtcDateTime),
            )
            .select_from(
                guardian.join(announcement, _told.id == announcement_id).outerjoin(
                    telegram_session, CHATS
                )
            )
            .where(is_meant(self._today(announcement_id, at)))
            .order_by(guardian.c.id, chat)
        )
        columns = ["announcement_id", "guardian_id", "session_id", "state", "due_at"]
        columns += ["attempts", "at"]
        self._connection.execute(insert(announcement_delivery).from_select(columns, meant))

    def _mail(self, announcement_id: AnnouncementId, at: datetime) -> None:
        """Queued with personal notices, and as they are (decision 5): the key tells once."""
        params = {"announcement": announcement_id, "structure": self._structure(announcement_id)}
        meant = (
            select(
                mail_key(announcement_id, guardian.c.id),
                guardian.c.id,
                literal(Channel.MAIL.value, Text),
                literal(Kind.ANNOUNCEMENT.value, Text),
                literal(params, JSON),
                literal(at, UtcDateTime),
                literal(Delivery.PENDING.value, Text),
                literal(at, UtcDateTime),
            )
            .select_from(guardian.join(announcement, _told.id == announcement_id))
            .where(is_meant(self._today(announcement_id, at)), IS_MAILED)
        )
        columns = ["key", "guardian_id", "channel", "kind", "params", "at", "state", "due_at"]
        self._connection.execute(insert(notice).from_select(columns, meant))

    def _today(self, announcement_id: AnnouncementId, at: datetime) -> date:
        query = select(structure.c.zone).join(announcement, _told.structure_id == structure.c.id)
        zone = self._connection.scalars(query.where(_told.id == announcement_id)).one()
        return at.astimezone(ZoneInfo(zone)).date()

    def _structure(self, announcement_id: AnnouncementId) -> int:
        query = select(_told.structure_id).where(_told.id == announcement_id)
        return int(self._connection.scalars(query).one())


def mail_key(
    announcement_id: AnnouncementId, guardian_id: ColumnElement[int]
) -> ColumnElement[str]:
    """Of the mail to that guardian; unique, as every key of the outbox."""
    before, after = literal(f"announcement:{announcement_id}:", Text), literal(":mail", Text)
    return before + cast(guardian_id, Text) + after


def mail_keys(announcement_id: AnnouncementId) -> Select[str]:
    """Of all whom it was for."""
    key = mail_key(announcement_id, _delivery.guardian_id)
    return select(key).where(_delivery.announcement_id == announcement_id)
