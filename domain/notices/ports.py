from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.notices.model import Due, FamilyNotice, Notice, NoticeId


class Outbox(Protocol):
    """Queued in the transaction that causes it, delivered by another worker (N7)."""

    def post(self, notices: Sequence[Notice]) -> None:
        """Queue; a key that is already there is left as it is."""

    def post_to_families(self, notices: Sequence[FamilyNotice]) -> None:
        """The same for each guardian, key extended by guardian and channel."""

    def claim(self, now: datetime, *, limit: int, lease_until: datetime) -> tuple[Due, ...]:
        """Take what is due, oldest first: pending and due, or claimed by somebody who died."""

    def sent(self, notice: NoticeId, at: datetime) -> None: ...

    def uncertain(self, notice: NoticeId, at: datetime) -> None: ...

    def failed(self, notice: NoticeId, at: datetime, why: str) -> None: ...

    def retry(self, notice: NoticeId, due: datetime, why: str) -> None: ...

    def remember_message(self, chat: int, message: int, at: datetime) -> None:
        """A notice that arrived there, so that leaving takes it away with the screens (A9)."""

    def chat_gone(self, chat: int, at: datetime, why: str) -> None:
        """The person blocked the bot: no push there until they write again."""

    def chat_back(self, chat: int) -> None: ...

    def next_due(self) -> datetime | None: ...
