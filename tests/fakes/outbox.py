"""The outbox in memory. A lease and a retry are the same thing: not before that instant."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.choices.model import Choices
from domain.families.model import Child, Display, Guardian, GuardianId
from domain.notices.choosing import channels, is_refused
from domain.notices.model import (
    Channel,
    Delivery,
    Due,
    FamilyNotice,
    Notice,
    NoticeId,
)
from domain.notices.quiet import due_at
from tests.fakes.data import StoredNotice, TownData
from tests.fakes.sessions import FakeSessions

OPEN = {Delivery.PENDING, Delivery.SENDING}


class FakeOutbox:
    def __init__(self, data: TownData) -> None:
        self.data = data

    def post(self, notices: Sequence[Notice]) -> None:
        for notice in notices:
            wanted = self._chosen(notice.guardian_id).wanted
            if not is_refused(notice.kind, notice.channel, wanted):
                self._queue(notice)

    def post_to_families(self, notices: Sequence[FamilyNotice]) -> None:
        for notice in notices:
            for guardian in self._guardians(notice):
                for channel in self._ways(guardian, notice):
                    self._queue(_to(guardian, channel, notice))

    def _queue(self, notice: Notice) -> None:
        key = len(self.data.notices) + 1
        stored = StoredNotice(key, notice, due=self._due_at(notice))
        self.data.notices.setdefault(notice.key, stored)

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
        self._end(notice, Delivery.SENT)

    def uncertain(self, notice: NoticeId, at: datetime) -> None:
        self._end(notice, Delivery.UNCERTAIN)

    def failed(self, notice: NoticeId, at: datetime, why: str) -> None:
        self._end(notice, Delivery.FAILED, why)

    def retry(self, notice: NoticeId, due: datetime, why: str) -> None:
        self._put(replace(self._one(notice), state=Delivery.PENDING, due=due, why=why))

    def remember_message(self, chat: int, message: int, at: datetime) -> None:
        FakeSessions(self.data).remember_message(chat, message, at)

    def chat_gone(self, chat: int, at: datetime, why: str) -> None:
        self.data.chats_gone[chat] = why

    def chat_back(self, chat: int) -> None:
        self.data.chats_gone.pop(chat, None)

    def next_due(self) -> datetime | None:
        return min((n.due for n in self._open() if n.due is not None), default=None)

    def _end(self, notice: NoticeId, state: Delivery, why: str | None = None) -> None:
        stored = self._one(notice)
        told = replace(stored.notice, secret=None)
        self._put(replace(stored, notice=told, state=state, due=None, why=why))

    def _open(self) -> list[StoredNotice]:
        return [n for n in self.data.notices.values() if n.state in OPEN]

    def _one(self, notice: NoticeId) -> StoredNotice:
        return next(n for n in self.data.notices.values() if n.id == notice)

    def _put(self, stored: StoredNotice) -> None:
        self.data.notices[stored.notice.key] = stored

    def _guardians(self, notice: FamilyNotice) -> list[Guardian]:
        everybody = (self.data.guardians[key] for key in sorted(self.data.guardians))
        return [g for g in everybody if g.family_id == notice.family_id]

    def _ways(self, guardian: Guardian, notice: FamilyNotice) -> tuple[Channel, ...]:
        wanted = self._chosen(guardian.id).wanted
        return channels(notice.kind, wanted, has_chat=bool(self._chats(guardian.id)))

    def _chosen(self, guardian: GuardianId) -> Choices:
        return self.data.choices.get(guardian, Choices(Display.CLASSIC))

    def _due_at(self, notice: Notice) -> datetime:
        theirs = (d for d in self.data.drafts.values() if d.guardian_id == notice.guardian_id)
        first = min(draft.structure_id for draft in theirs)
        zone = self.data.catalogue.structures[first].zone
        quiet = self._chosen(notice.guardian_id).quiet
        return due_at(notice.kind, notice.channel, notice.at, quiet, zone)

    def _chats(self, guardian: GuardianId, but: int | None = None) -> tuple[int, ...]:
        return tuple(
            s.telegram_user
            for key, s in self.data.sessions.items()
            if s.guardian_id == guardian
            and key != but
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
            chats=self._chats(guardian.id, stored.notice.params.get("session")),
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
