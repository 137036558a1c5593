"""An announcement as the agents see it: composed, sent, followed, changed (S2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final, NewType, TypeAlias

from domain.activities.model import ActivityId, StructureId
from domain.announcements.model import AnnouncementId
from domain.families.model import GuardianId
from domain.staff.model import StaffId

DeliveryId = NewType("DeliveryId", int)
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Status(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    PAUSED = "paused"
    SENT = "sent"  # nothing is left to send; on the home screens until its window ends
    WITHDRAWN = "withdrawn"  # also a draft that was thrown away


TOLD: Final = frozenset({Status.SENDING, Status.PAUSED, Status.SENT})
"""On the home screens."""
UNSENT: Final = frozenset({Status.DRAFT, Status.SCHEDULED})


class Reach(StrEnum):
    EVERYONE = "everyone"  # of all structures
    STRUCTURE = "structure"
    ACTIVITY = "activity"  # enrolled there, now or later
    GROUP = "group"  # enrolled in this age group, in any activity of the structure
    BOOKED = "booked"  # whoever holds a place on that day, in one activity or in any
    CLASS = "class"  # of this school class, and enrolled in any activity of the structure


@dataclass(frozen=True, slots=True)
class Audience:
    reach: Reach = Reach.STRUCTURE
    activity_id: ActivityId | None = None
    group: str | None = None
    day: date | None = None
    school_class: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """``telegram_id``: where Telegram keeps it, so that it is uploaded once."""

    name: str
    is_picture: bool
    telegram_id: str | None = None


@dataclass(frozen=True, slots=True)
class Composed:
    """``version`` grows with whatever changes before it is sent, and with its words afterwards."""

    id: AnnouncementId
    structure_id: StructureId
    staff_id: StaffId | None  # who began it; None: imported
    title: str
    text: str
    status: Status
    audience: Audience
    version: int
    starts_at: datetime
    ends_at: datetime | None = None
    scheduled_at: datetime | None = None  # None: as soon as it is confirmed
    shown_days: int | None = None  # how long it stays on the home screens; None: until withdrawn
    file: File | None = None
    new_title: str | None = None  # of what was sent: the words that are to replace it
    new_text: str | None = None
    changing: bool = False  # a change is still on its way to the chats

    def ends(self, starts_at: datetime) -> datetime | None:
        return None if self.shown_days is None else starts_at + timedelta(days=self.shown_days)


class Fate(StrEnum):
    """What became of it in one chat (N7)."""

    PENDING = "pending"
    SENDING = "sending"  # a crash here makes it uncertain
    SENT = "sent"
    UNCERTAIN = "uncertain"  # it may have arrived; sent again only where an agent says so
    BLOCKED = "blocked"  # the bot, or the account is gone
    FAILED = "failed"
    NO_CHAT = "no_chat"  # never connected, or connected no more
    MUTED = "muted"  # wants none of these by Telegram
    CANCELLED = "cancelled"  # withdrawn before it was sent there
    WITHDRAWN = "withdrawn"  # taken away again


OPEN: Final = frozenset({Fate.PENDING, Fate.SENDING})
MISSED: Final = frozenset({Fate.BLOCKED, Fate.FAILED, Fate.UNCERTAIN, Fate.NO_CHAT})
"""For whom the town may want another way."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Whom an audience holds at this instant."""

    guardians: int = 0
    families: int = 0
    chats: int = 0  # that it would be sent to
    by_mail: int = 0  # guardians without a chat, or who want a mail as well


Classes: TypeAlias = tuple[tuple[str, int], ...]
"""By name, in the order of a school, with the families of each."""


@dataclass(frozen=True, slots=True)
class Progress:
    fates: Mapping[Fate, int]
    outdated: int = 0  # arrived, and the last change has not reached them yet
    stuck: int = 0  # arrived, and cannot be changed or taken away any more
    mails: int = 0
    doubted_at: datetime | None = None  # since when the last of the uncertain ones is

    def count(self, *fates: Fate) -> int:
        return sum(self.fates.get(fate, 0) for fate in fates)

    @property
    def total(self) -> int:
        """Of chats."""
        return sum(self.fates.values()) - self.count(Fate.NO_CHAT, Fate.MUTED)

    @property
    def doubts(self) -> int:
        """Names those that are uncertain now: others are later. In milliseconds; 0: none."""
        since = self.doubted_at
        return 0 if since is None else (since - EPOCH) // timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Missed:
    """A guardian whom it did not reach, for follow-up by other means (N7)."""

    guardian_id: GuardianId
    name: str
    fate: Fate
    mail: str | None  # what became of the mail: a word of ``notices.Delivery``; None: no mail
    emails: int  # how many addresses are known


@dataclass(frozen=True, slots=True)
class Followed:
    composed: Composed
    progress: Progress

    @property
    def may_go_again(self) -> bool:
        """All of it was sent, and some of it may not have arrived."""
        return self.composed.status is Status.SENT and self.progress.doubts > 0


@dataclass(frozen=True, slots=True)
class Planned:
    composed: Composed
    reached: Reached
