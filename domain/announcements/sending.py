"""What the courier asks of storage: which chats are next, and what became of them (N7).

An announcement is sent to a chat at most once: one that left, and whose answer was never noted,
is uncertain, and stays so unless an agent has it sent again. Changing or taking away what arrived
is harmless twice, and is tried again.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.announcements.composed import Composed, DeliveryId, Fate, Followed
from domain.announcements.model import AnnouncementId
from domain.staff.model import StaffSessionId

MOST_ATTEMPTS = 8
"""With the courier's back-off, some minutes; what waits for a 429 is no attempt."""


class Task(StrEnum):
    SEND = "send"
    EDIT = "edit"
    TAKE_AWAY = "take_away"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One claimed chat; ``message_id`` where it is there already."""

    id: DeliveryId
    announcement_id: AnnouncementId
    task: Task
    chat: int
    locale: str
    attempts: int  # those before
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """``due_at``: when to try again, or to look whether it changed since; None: never."""

    of: Outgoing
    fate: Fate
    due_at: datetime | None
    version: int  # of the words that are in the chat now; 0: none
    message_id: int | None = None
    attempts: int = 0
    why: str | None = None

    @property
    def is_gone(self) -> bool:
        return self.fate is Fate.BLOCKED


@dataclass(frozen=True, slots=True)
class Live:
    """Progress that somebody watches in their chat."""

    followed: Followed
    session_id: StaffSessionId
    chat: int
    locale: str
    message_id: int | None


class SendingTx(Protocol):
    def take(self, at: datetime, *, limit: int, lease_until: datetime) -> tuple[Outgoing, ...]:
        """Claims chats: of changes first, then of what is being sent. Those whose quiet hours
        last are put off to their end, those that are connected no more are noted so. A claim
        that is lost is made again after its lease.
        """

    def leaves(self, delivery: DeliveryId, *, lease_until: datetime) -> bool:
        """Noted before it is sent, one by one: only what was on its way when a process died is
        uncertain. False where it must not: paused or withdrawn since, or with somebody else.
        """

    def composed(
        self, announcements: Set[AnnouncementId]
    ) -> Mapping[AnnouncementId, Composed]: ...

    def content(self, announcement: AnnouncementId) -> bytes | None: ...

    def keep_file(self, announcement: AnnouncementId, telegram_id: str) -> None: ...

    def note(self, outcomes: Sequence[Outcome], at: datetime) -> None:
        """Also blocks chats that are gone, with a mail instead where that was the last one."""

    def live(self) -> tuple[Live, ...]:
        """Those with news since they were last told."""

    def told(self, live: Live, message: int) -> None:
        """There, in that message. Whether there is news since is asked again."""

    def unwatch(self, live: Live) -> None:
        """Nobody reads it there any more."""

    def next_due(self) -> datetime | None: ...
