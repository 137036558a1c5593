"""The agents' side of announcements: ``domain.announcements.announcing.AnnouncingTx`` (S2)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update

from domain.activities.model import ActivityId, StructureId
from domain.announcements.composed import (
    UNSENT,
    Audience,
    Classes,
    Composed,
    File,
    Reached,
    Status,
)
from domain.announcements.model import AnnouncementId
from domain.families.classes import rank
from domain.staff.model import StaffId, StaffSessionId
from storage.audiences import CHATS, IS_MAILED, is_meant
from storage.audit import SqlAuditLog
from storage.columns import keyring_of
from storage.following import SqlFollowing
from storage.launching import SqlLaunching
from storage.schema import (
    activity,
    announcement,
    child,
    child_family,
    enrolment,
    guardian,
    guardian_structure,
    structure,
    telegram_session,
)

_told = announcement.c
COLUMNS: Final = tuple(column for column in _told if column.name != "file")  # may be megabytes
_BY_NEWEST: Final = _told.id.desc()


class SqlAnnouncing(SqlLaunching, SqlFollowing, SqlAuditLog):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keyring = keyring_of(connection.dialect)

    def begin(self, structure: StructureId, staff: StaffId, at: datetime) -> AnnouncementId:
        query = insert(announcement).values(
            structure_id=structure,
            staff_id=staff,
            title="",
            text="",
            starts_at=at,
            status=Status.DRAFT,
            shown_days=14,
        )
        return AnnouncementId(self._connection.scalars(query.returning(_told.id)).one())

    def find(self, announcement: AnnouncementId, *, lock: bool = False) -> Composed | None:
        query = select(*COLUMNS).where(_told.id == announcement)
        if lock:
            query = query.with_for_update()
        row = self._connection.execute(query).one_or_none()
        return None if row is None else to_composed(row)

    def structures(self) -> tuple[StructureId, ...]:
        found = self._connection.scalars(select(structure.c.id).order_by(structure.c.id))
        return tuple(StructureId(one) for one in found)

    def listed(self, structures: Sequence[StructureId], limit: int) -> tuple[Composed, ...]:
        query = (
            select(*COLUMNS)
            .where(_told.structure_id.in_(structures), _told.status != Status.WITHDRAWN)
            .order_by(_told.status.in_(UNSENT).desc(), _told.starts_at.desc(), _BY_NEWEST)
            .limit(limit)
        )
        return tuple(to_composed(row) for row in self._connection.execute(query))

    def groups(self, structure: StructureId) -> tuple[str, ...]:
        query = (
            select(enrolment.c.age_group)
            .join(activity)
            .where(activity.c.structure_id == structure, enrolment.c.age_group.isnot(None))
            .distinct()
        )
        return tuple(sorted(str(group) for group in self._connection.scalars(query)))

    def classes(self, announcement_id: AnnouncementId, at: datetime) -> Classes:
        """Counted as ``reach`` counts, so that the preview says the same."""
        named = child.c.school_class
        query = (
            select(named, func.count(guardian.c.family_id.distinct()))
            .select_from(guardian.join(announcement, _told.id == announcement_id))
            .join(
                guardian_structure,
                (guardian_structure.c.guardian_id == guardian.c.id)
                & (guardian_structure.c.structure_id == _told.structure_id),
            )
            .join(child_family, child_family.c.family_id == guardian.c.family_id)
            .join(child, child.c.id == child_family.c.child_id)
            .join(enrolment, enrolment.c.child_id == child.c.id)
            .join(activity, activity.c.id == enrolment.c.activity_id)
            .where(
                guardian.c.erased_at.is_(None),
                named.isnot(None),
                activity.c.structure_id == _told.structure_id,
                enrolment.c.valid_to >= self._today(announcement_id, at),
            )
            .group_by(named)
        )
        found = [(str(name), int(families)) for name, families in self._connection.execute(query)]
        return tuple(sorted(found, key=lambda one: rank(one[0])))

    def save(self, composed: Composed, content: bytes | None = None) -> None:
        values = _values(composed)
        if content is not None:
            values["file"] = content
        elif composed.file is None:
            values["file"] = None
        self._change(composed.id, **values)

    def content(self, announcement: AnnouncementId) -> bytes | None:
        found: bytes | None = self._connection.scalar(
            select(_told.file).where(_told.id == announcement)
        )
        return found

    def reach(self, announcement_id: AnnouncementId, at: datetime) -> Reached:
        meant = (_told.id == announcement_id, is_meant(self._today(announcement_id, at)))
        people = select(
            func.count(guardian.c.id),
            func.count(guardian.c.family_id.distinct()),
            func.count(guardian.c.id).filter(IS_MAILED),
        ).select_from(guardian.join(announcement, meant[0]))
        chats = (
            select(func.count())
            .select_from(guardian.join(announcement, meant[0]).join(telegram_session, CHATS))
            .where(meant[1])
        )
        guardians, families, by_mail = self._connection.execute(people.where(meant[1])).one()
        return Reached(guardians, families, self._connection.scalar(chats) or 0, by_mail)

    def due(self, at: datetime) -> tuple[AnnouncementId, ...]:
        query = select(_told.id).where(_told.status == Status.SCHEDULED, _told.scheduled_at <= at)
        return tuple(AnnouncementId(one) for one in self._connection.scalars(query))

    def follow(self, announcement: AnnouncementId, session: StaffSessionId | None) -> None:
        self._change(announcement, follower_id=session, progress_message=None, progress_stale=True)

    def set_status(self, announcement: AnnouncementId, status: Status, at: datetime) -> None:
        self._change(announcement, status=status, progress_stale=True)
        if status is Status.SENDING:
            self._take_up(announcement, at)
        self.settle()

    def launch(self, announcement_id: AnnouncementId, at: datetime) -> None:
        super().launch(announcement_id, at)
        self.settle()

    def send_changes(self, announcement_id: AnnouncementId, at: datetime) -> None:
        super().send_changes(announcement_id, at)
        self.settle()

    def _change(self, announcement_id: AnnouncementId, **values: object) -> None:
        query = update(announcement).where(_told.id == announcement_id)
        self._connection.execute(query.values(**values))


def to_composed(row: Row[Any]) -> Composed:
    """``row`` holds all of ``announcement`` but the file's content."""
    file = row.file_name and File(row.file_name, row.file_is_picture, row.file_telegram_id)
    return Composed(
        id=AnnouncementId(row.id),
        structure_id=StructureId(row.structure_id),
        staff_id=None if row.staff_id is None else StaffId(row.staff_id),
        title=row.title,
        text=row.text,
        status=row.status,
        audience=Audience(
            row.reach,
            None if row.activity_id is None else ActivityId(row.activity_id),
            row.age_group,
            row.day,
            row.school_class,
        ),
        version=row.version,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        scheduled_at=row.scheduled_at,
        shown_days=row.shown_days,
        file=file or None,
        new_title=row.new_title,
        new_text=row.new_text,
        changing=row.changing,
    )


def _values(composed: Composed) -> dict[str, object]:
    file, audience = composed.file, composed.audience
    return {
        "title": composed.title,
        "text": composed.text,
        "status": composed.status,
        "reach": audience.reach,
        "activity_id": audience.activity_id,
        "age_group": audience.group,
        "day": audience.day,
        "school_class": audience.school_class,
        "version": composed.version,
        "starts_at": composed.starts_at,
        "ends_at": composed.ends_at,
        "scheduled_at": composed.scheduled_at,
        "shown_days": composed.shown_days,
        "file_name": file and file.name,
        "file_is_picture": file is not None and file.is_picture,
        "file_telegram_id": file and file.telegram_id,
        "new_title": composed.new_title,
        "new_text": composed.new_text,
        "progress_stale": True,
    }
