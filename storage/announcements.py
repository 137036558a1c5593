"""What the town says: ``domain.announcements.ports.Announcements``."""

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from domain.announcements.composed import TOLD, Reach
from domain.announcements.model import Announcement, AnnouncementId, Attachment
from domain.announcements.ports import Reader
from storage.audiences import is_for
from storage.schema import announcement

_told = announcement.c


class SqlAnnouncements:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def current(self, reader: Reader) -> tuple[Announcement, ...]:
        query = (
            select(_told.id, _told.title, _told.text, _told.starts_at, _told.file_name)
            .where(_is_theirs(reader))
            .order_by(_told.starts_at.desc(), _told.id.desc())
        )
        return tuple(Announcement(*row) for row in self._connection.execute(query))

    def attachment(self, reader: Reader, announcement: AnnouncementId) -> Attachment | None:
        query = select(_told.title, _told.file_name, _told.file).where(
            _is_theirs(reader), _told.id == announcement, _told.file.isnot(None)
        )
        row = self._connection.execute(query).one_or_none()
        return None if row is None else Attachment(*row)


def _is_theirs(reader: Reader) -> ColumnElement[bool]:
    return and_(
        or_(_told.structure_id == reader.structure_id, _told.reach == Reach.EVERYONE),
        _told.status.in_(TOLD),
        _told.starts_at <= reader.now,
        or_(_told.ends_at.is_(None), _told.ends_at > reader.now),
        is_for(reader.family_id, reader.today),
    )
