"""How far an announcement has come, and whom it did not reach (S2, N7)."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, Update, exists, func, select, update

from domain.announcements.composed import MISSED, OPEN, Fate, Missed, Progress, Status
from domain.announcements.model import AnnouncementId
from domain.families.model import GuardianId
from storage.launching import mail_key, mail_keys
from storage.schema import announcement, announcement_delivery, guardian, notice

_told, _delivery = announcement.c, announcement_delivery.c
_arrived = _delivery.state == Fate.SENT
is_outdated: ColumnElement[bool] = _arrived & (
    (_told.status == Status.WITHDRAWN) | (_delivery.version < _told.version)
)
"""Of a delivery and its announcement: what is in that chat is not what should be."""


class SqlFollowing:
    _connection: Connection

    def progress(self, announcement_id: AnnouncementId) -> Progress:
        waits = is_outdated & _delivery.due_at.isnot(None)
        stuck = is_outdated & _delivery.due_at.is_(None)
        query = (
            select(
                _delivery.state,
                func.count(),
                func.count().filter(waits),
                func.count().filter(stuck),
                func.max(_delivery.at),
            )
            .join(announcement, _told.id == _delivery.announcement_id)
            .where(_delivery.announcement_id == announcement_id)
            .group_by(_delivery.state)
        )
        rows = self._connection.execute(query).all()
        return Progress(
            fates={row[0]: row[1] for row in rows},
            outdated=sum(row[2] for row in rows),
            stuck=sum(row[3] for row in rows),
            mails=self._mails(announcement_id),
            doubted_at=next((row[4] for row in rows if row[0] is Fate.UNCERTAIN), None),
        )

    def missed(
        self, announcement_id: AnnouncementId, offset: int, limit: int
    ) -> tuple[tuple[Missed, ...], int]:
        """Names are sealed, so that they are put in order here."""
        reached = (
            select(_delivery.id)
            .where(
                _delivery.announcement_id == announcement_id,
                _delivery.guardian_id == guardian.c.id,
                _delivery.state.in_((Fate.SENT, *OPEN)),
            )
            .correlate(guardian)
        )
        query = (
            select(
                guardian.c.id,
                guardian.c.last_name,
                guardian.c.first_name,
                guardian.c.emails,
                func.min(_delivery.state).label("fate"),
                func.min(notice.c.state).label("mail"),
            )
            .join(announcement_delivery, _delivery.guardian_id == guardian.c.id)
            .outerjoin(notice, notice.c.key == mail_key(announcement_id, guardian.c.id))
            .where(
                _delivery.announcement_id == announcement_id,
                _delivery.state.in_(MISSED),
                ~reached.exists(),
            )
            .group_by(guardian.c.id)
        )
        rows = self._connection.execute(query).all()
        found = [
            Missed(
                GuardianId(row.id),
                f"{row.last_name.upper()} {row.first_name}",
                Fate(row.fate),
                row.mail,
                len(row.emails),
            )
            for row in rows
        ]
        return _page(found, offset, limit), len(found)

    def settle(self) -> None:
        """What has nothing left to send is sent; what has nothing left to change is changed. What
        somebody holds is theirs to settle: waited for, they might be waiting for us.
        """
        of_it = _delivery.announcement_id == _told.id
        unsent = exists().where(of_it, _delivery.state.in_(OPEN)).correlate(announcement)
        to_change = exists().where(of_it, is_outdated, _delivery.due_at.isnot(None))
        sent = _free(_told.status == Status.SENDING, ~unsent)
        self._connection.execute(sent.values(status=Status.SENT, progress_stale=True))
        changed = _free(_told.changing.is_(True), ~unsent, ~to_change.correlate(announcement))
        self._connection.execute(changed.values(changing=False, progress_stale=True))

    def _mails(self, announcement_id: AnnouncementId) -> int:
        query = select(func.count()).where(notice.c.key.in_(mail_keys(announcement_id)))
        return self._connection.scalar(query) or 0


def _page(found: Iterable[Missed], offset: int, limit: int) -> tuple[Missed, ...]:
    by_name = sorted(found, key=lambda one: (one.name.casefold(), one.guardian_id))
    return tuple(by_name[offset : offset + limit])


def _free(*which: ColumnElement[bool]) -> Update:
    """Those announcements that nobody holds."""
    ours = select(_told.id).where(*which).with_for_update(skip_locked=True).cte("ours")
    return update(announcement).where(_told.id.in_(select(ours.c.id)))
