from dataclasses import dataclass
from datetime import datetime
from typing import Final, NewType

AnnouncementId = NewType("AnnouncementId", int)
PICTURES: Final = (".png", ".jpg", ".jpeg", ".webp")
"""Names that end so are shown, not offered for download."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What the town says on the home screen, as plain text."""

    id: AnnouncementId
    title: str
    text: str
    starts_at: datetime
    file_name: str | None = None  # a picture or a document beside it


@dataclass(frozen=True, slots=True)
class Attachment:
    title: str  # of the announcement
    name: str
    content: bytes
