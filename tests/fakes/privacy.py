"""One's own data, and screens to be tidied, in memory."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.accounts.model import SessionId
from domain.choices.model import Choices
from domain.documents.model import DocumentKind
from domain.families.model import Display, FamilyId, GuardianId
from domain.notices.model import Channel, Notice
from domain.privacy.events import EXPORTS, Happened
from domain.privacy.model import Part, Section
from domain.sessions.model import Ended
from tests.fakes.audit import FakeAuditLog
from tests.fakes.data import TownData
from tests.fakes.outbox import FakeOutbox


class FakePrivacy(FakeAuditLog):
    def __init__(self, data: TownData) -> None:
        self.data = data

    def lock_guardian(self, guardian: GuardianId) -> None:
        """One unit at a time anyway."""

    def exports(self, guardian: GuardianId, since: datetime) -> tuple[Happened, ...]:
        theirs = (entry for entry in self.data.audit.values() if entry.guardian_id == guardian)
        told = [Happened(e.at, e.what) for e in theirs if e.what in EXPORTS and e.at > since]
        return tuple(sorted(told, key=lambda happened: happened.at))

    def personal_data(self, guardian: GuardianId, family: FamilyId) -> tuple[Section, ...]:
        names = {Part.ACCOUNT: [self.data.guardians[guardian]], Part.CHILDREN: self._kin(family)}
        return tuple(
            Section(
                part,
                ("first_name",),
                tuple({"first_name": person.first_name} for person in names.get(part, ())),
            )
            for part in Part
        )

    def withdraw_opt_in(self, guardian: GuardianId) -> Mapping[str, str | int] | None:
        about = [
            key
            for key in self.data.consents
            if key[0] == guardian and self.data.documents[key[1]].kind is DocumentKind.TELEGRAM
        ]
        withdrawn = [(key[1], self.data.consents.pop(key)) for key in about]
        given = [(document, state) for document, state in withdrawn if state.given_at is not None]
        return {"document": given[0][0]} if given else None

    def take_sessions(self, guardian: GuardianId, since: datetime) -> tuple[Ended, ...]:
        theirs = {k: s for k, s in self.data.sessions.items() if s.guardian_id == guardian}
        shown = {key: at for key, at in self.data.messages.items() if key[0] in theirs}
        for gone in shown:
            del self.data.messages[gone]
        for key in theirs:
            del self.data.sessions[key]
        return tuple(
            Ended(
                s.telegram_user,
                tuple(sorted(m for (of, m), at in shown.items() if of == key and at >= since)),
            )
            for key, s in theirs.items()
            if s.ended_at is None
        )

    def erase(self, guardian: GuardianId, at: datetime, password_hash: str) -> None:
        data = self.data
        drafts = {d.id for d in data.drafts.values() if d.guardian_id == guardian}
        data.lines = {key: line for key, line in data.lines.items() if key[0] not in drafts}
        data.receipts = {key: one for key, one in data.receipts.items() if key[0] not in drafts}
        for name in [name for name, (of, _) in data.logins.items() if of == guardian]:
            data.logins[name] = guardian, password_hash
        data.links = {key: x for key, x in data.links.items() if x.guardian_id != guardian}
        data.pending = {key: x for key, x in data.pending.items() if key[0] != guardian}
        data.chosen.pop(guardian, None)
        data.choices[guardian] = Choices(Display.CLASSIC)
        data.notices = {
            key: stored
            for key, stored in data.notices.items()
            if stored.notice.guardian_id != guardian
            or stored.notice.channel is not Channel.TELEGRAM
        }

    def post(self, notices: Sequence[Notice]) -> None:
        FakeOutbox(self.data).post(notices)

    def _kin(self, family: FamilyId) -> list:
        return [self.data.children[child] for of, child in self.data.kinship if of == family]


class FakeOldScreens:
    def __init__(self, data: TownData) -> None:
        self.data = data

    def due(
        self, sent_until: datetime, limit: int
    ) -> Mapping[SessionId, tuple[int, Sequence[int]]]:
        old = sorted((at, *key) for key, at in self.data.messages.items() if at <= sent_until)
        found: dict[SessionId, tuple[int, list[int]]] = {}
        for _, session, message in [one for one in old if self._is_tidy(one[1])][:limit]:
            chat = self.data.sessions[session].telegram_user
            found.setdefault(SessionId(session), (chat, []))[1].append(message)
        return found

    def forget(self, session: SessionId, messages: Sequence[int]) -> None:
        for message in messages:
            self.data.messages.pop((session, message), None)

    def forget_sent_until(self, instant: datetime) -> None:
        for name in ("messages", "staff_messages"):
            kept = {k: at for k, at in getattr(self.data, name).items() if at > instant}
            setattr(self.data, name, kept)

    def _is_tidy(self, session: int) -> bool:
        choices = self.data.choices.get(self.data.sessions[session].guardian_id)
        return choices is not None and choices.tidy_screens
