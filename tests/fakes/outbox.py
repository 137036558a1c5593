"""The outbox in memory. A lease and a retry are the same thing: not before that instant."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.families.model import Child, Guardian, GuardianId
from domain.notices.model import (
    BY_MAIL_TOO,
    Channel,
    Delivery,
    Due,
    FamilyNotice,
    Notice,
    NoticeId,
)
from tests.fakes.data import StoredNotice, TownData

OPEN = {Delivery.PENDING, Delivery.SENDING}


class FakeOutbox:
    def __init__(self, data: TownData) -> None:
        self.data = data

    def post(self, notices: Sequence[Notice]) -> None:
        for notice in notices:
            key = len(self.data.notices) + 1
            self.data.notices.setdefault(notice.key, StoredNotice(key, notice, due=notice.at))

    def post_to_families(self, notices: Sequence[FamilyNotice]) -> None:
        for notice in notices:
            for guardian in self._guardians(notice):
                self.post(
                    [_to(guardian, channel, notice) for channel in self._ways(guardian, notice)]
                )

    def claim(self, now: datetime, *, limit: int, lease_until: datetime) -> tuple[Due, ...]:
        waiting = [n for n in self._open() if n.due is not None and n.due <= now]
        taken = sorted(waiting, key=lambda n: (n.due or now, n.id))[:limit]
        for stored in taken:
            self._put(
                replace(
                    stored,
                    state=Delivery.SENDING,
                    due=lease_until,
                    attempts=stored.attempts + 1,
                )
            )
        return tuple(self._due(stored) for stored in taken)

    def sent(self, notice: NoticeId, at: datetime) -> None:
        self._put(replace(self._one(notice), state=Delivery.SENT, due=None))

    def uncertain(self, notice: NoticeId, at: datetime) -> None:
        self._put(replace(self._one(notice), state=Delivery.UNCERTAIN, due=None))

    def failed(self, notice: NoticeId, at: datetime, why: str) -> None:
        self._put(replace(self._one(notice), state=Delivery.FAILED, due=None, why=why))

    def retry(self, notice: NoticeId, due: datetime, why: str) -> None:
        self._put(replace(self._one(notice), state=Delivery.PENDING, due=due, why=why))

    def chat_gone(self, chat: int, at: datetime, why: str) -> None:
        self.data.chats_gone[chat] = why

    def chat_back(self, chat: int) -> None:
        self.data.chats_gone.pop(chat, None)

    def next_due(self) -> datetime | None:
        return min((n.due for n in self._open() if n.due is not None), default=None)

    def _open(self) -> list[StoredNotice]:
        return [n for n in self.data.notices.values() if n.state in OPEN]

    def _one(self, notice: NoticeId) -> StoredNotice:
        return next(n for n in self.data.notices.values() if n.id == notice)

    def _put(self, stored: StoredNotice) -> None:
        self.data.notices[stored.notice.key] = stored

    def _guardians(self, notice: FamilyNotice) -> list[Guardian]:
        everybody = (self.data.guardians[key] for key in sorted(self.data.guardians))
        return [g for g in everybody if g.family_id == notice.family_id]

    def _ways(self, guardian: Guardian, notice: FamilyNotice) -> list[Channel]:
        if notice.kind in BY_MAIL_TOO:
            return [Channel.TELEGRAM, Channel.MAIL]
        return [Channel.TELEGRAM] if self._chats(guardian.id) else [Channel.MAIL]

    def _chats(self, guardian: GuardianId) -> tuple[int, ...]:
        return tuple(
            s.telegram_user
            for s in self.data.sessions.values()
            if s.guardian_id == guardian
            and s.ended_at is None
            and s.telegram_user not in self.data.chats_gone
        )

    def _due(self, stored: StoredNotice) -> Due:
        guardian = self.data.guardians[stored.notice.guardian_id]
        names = (guardian.civility, guardian.last_name, guardian.first_name)
        return Due(
            id=NoticeId(stored.id),
            notice=stored.notice,
            attempts=stored.attempts,
            locale=guardian.locale,
            display=guardian.display,
            chats=self._chats(guardian.id),
            emails=guardian.emails,
            addressee=" ".join(name for name in names if name),
            children=self._children(guardian),
        )

    def _children(self, guardian: Guardian) -> tuple[Child, ...]:
        kin = sorted(c for family, c in self.data.kinship if family == guardian.family_id)
        return tuple(self.data.children[child] for child in kin)


def _to(guardian: Guardian, channel: Channel, notice: FamilyNotice) -> Notice:
    key = f"{notice.key}:{guardian.id}:{channel}"
    return Notice(key, guardian.id, channel, notice.kind, notice.params, notice.at)
