"""What the town's side asks of storage: composing, launching, following, changing (S2)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.activities.model import StructureId
from domain.announcements.composed import Classes, Composed, Missed, Progress, Reached, Status
from domain.announcements.model import AnnouncementId
from domain.audit.ports import AuditLog
from domain.staff.model import StaffId, StaffSessionId


class AnnouncingTx(AuditLog, Protocol):
    def begin(self, structure: StructureId, staff: StaffId, at: datetime) -> AnnouncementId:
        """An empty draft, for everybody of the structure."""

    def find(self, announcement: AnnouncementId, *, lock: bool = False) -> Composed | None: ...

    def structures(self) -> tuple[StructureId, ...]:
        """All of the town."""

    def listed(self, structures: Sequence[StructureId], limit: int) -> tuple[Composed, ...]:
        """Newest first, without what was thrown away or withdrawn before it went out."""

    def groups(self, structure: StructureId) -> tuple[str, ...]:
        """Age groups that children are enrolled in, sorted."""

    def classes(self, announcement: AnnouncementId, at: datetime) -> Classes:
        """The school classes that it can be for, and how many families each would reach."""

    def save(self, composed: Composed, content: bytes | None = None) -> None:
        """All of it; the file's content only where given."""

    def content(self, announcement: AnnouncementId) -> bytes | None: ...

    def reach(self, announcement: AnnouncementId, at: datetime) -> Reached: ...

    def launch(self, announcement: AnnouncementId, at: datetime) -> None:
        """Freezes the audience: one delivery a chat, one mail a guardian to be told by mail.

        Four statements, however many families; ``save`` has said that it is being sent.
        """

    def due(self, at: datetime) -> tuple[AnnouncementId, ...]:
        """Scheduled ones whose hour has come."""

    def follow(self, announcement: AnnouncementId, session: StaffSessionId | None) -> None:
        """Live progress goes to this session's chat, in a new message."""

    def progress(self, announcement: AnnouncementId) -> Progress: ...

    def missed(
        self, announcement: AnnouncementId, offset: int, limit: int
    ) -> tuple[tuple[Missed, ...], int]:
        """By name, one a guardian whom it reached nowhere; and how many there are."""

    def send_changes(self, announcement: AnnouncementId, at: datetime) -> None:
        """All chats where it is are due for what has changed."""

    def send_again(self, announcement: AnnouncementId, at: datetime) -> int:
        """Those that are uncertain are due anew; how many. It is being sent, then."""

    def cancel_unsent(self, announcement: AnnouncementId, at: datetime) -> None:
        """Chats and mails that it has not left for."""

    def set_status(self, announcement: AnnouncementId, status: Status, at: datetime) -> None: ...
