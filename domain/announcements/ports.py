from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.activities.model import StructureId
from domain.announcements.model import Announcement, AnnouncementId, Attachment
from domain.families.model import FamilyId


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, where and when: what decides which announcements are theirs to see."""

    structure_id: StructureId
    family_id: FamilyId
    today: date
    now: datetime


class Announcements(Protocol):
    """Only what is published at that instant, for everybody of the structure or for the families
    with a child enrolled, now or later, in the activity that it is about (H1).
    """

    def current(self, reader: Reader) -> tuple[Announcement, ...]:
        """Newest first; no file is read."""

    def attachment(self, reader: Reader, announcement: AnnouncementId) -> Attachment | None: ...
