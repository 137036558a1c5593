"""Links, chosen passwords, who is told and the audit log in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.accounts.access import About, Account, Choice
from domain.accounts.events import Event
from domain.accounts.model import SessionId
from domain.accounts.tokens import Link, LinkId, Purpose
from domain.families.model import GuardianId
from domain.notices.model import Channel, Notice
from tests.fakes.accounts import FakeAccounts
from tests.fakes.audit import FakeAuditLog
from tests.fakes.data import StoredLink
from tests.fakes.outbox import FakeOutbox


class FakeAccess(FakeAccounts, FakeAuditLog):
    # -- links ---------------------------------------------------------------------------------
    def issue_link(
        self,
        guardian: GuardianId | None,
        purpose: Purpose,
        token: str,
        *,
        telegram_user: int | None,
        at: datetime,
        until: datetime,
    ) -> None:
        if guardian is not None:
            self._spend(guardian, at, purpose)
            issued = StoredLink(guardian, purpose, token, telegram_user, at, until)
            self.data.links[LinkId(len(self.data.links) + 1)] = issued

    def links_issued(self, guardian: GuardianId | None, purpose: Purpose, since: datetime) -> int:
        links = self.data.links.values()
        return sum(
            (x.guardian_id, x.purpose) == (guardian, purpose) and x.issued_at > since
            for x in links
        )

    def find_link(self, token: str, telegram_user: int) -> Link | None:
        found = (key for key, stored in self.data.links.items() if stored.token == token)
        key = next(found, None)
        return None if key is None else self.link(key, telegram_user)

    def link(self, link: LinkId, telegram_user: int) -> Link | None:
        stored = self.data.links.get(link)
        if stored is None:
            return None
        return Link(
            link,
            stored.guardian_id,
            stored.purpose,
            stored.expires_at,
            is_spent=stored.spent_at is not None,
            is_theirs=stored.telegram_user in (None, telegram_user),
        )

    def use_link(self, link: LinkId, at: datetime) -> bool:
        stored = self.data.links[link]
        if stored.spent_at is not None or stored.expires_at <= at:
            return False
        self.data.links[link] = replace(stored, spent_at=at)
        return True

    def revoke_links(self, guardian: GuardianId, at: datetime) -> None:
        self._spend(guardian, at, *Purpose)

    def _spend(self, guardian: GuardianId, at: datetime, *purposes: Purpose) -> None:
        for key, stored in self.data.links.items():
            theirs = stored.guardian_id == guardian and stored.purpose in purposes
            if theirs and stored.spent_at is None:
                self.data.links[key] = replace(stored, spent_at=at)

    # -- passwords -----------------------------------------------------------------------------
    def about(self, guardian: GuardianId) -> About:
        login, who = self.login(guardian), self.data.guardians[guardian]
        children = self._children(who.family_id)
        return About(
            persons=(
                login.identifier,
                who.first_name,
                who.last_name,
                *(name for child in children for name in (child.first_name, child.last_name)),
            ),
            structures=tuple(
                self.data.catalogue.structures[one].name for one in self.structures(guardian)
            ),
            password_hash=login.password_hash,
        )

    def choice(self, guardian: GuardianId) -> Choice | None:
        return self.data.chosen.get(guardian)

    def put_choice(self, guardian: GuardianId, choice: Choice) -> None:
        self.data.chosen[guardian] = choice

    def forget_choice(self, guardian: GuardianId) -> None:
        self.data.chosen.pop(guardian, None)

    def take_choice(self, guardian: GuardianId, choice: Choice) -> bool:
        if self.data.chosen.get(guardian) != choice:
            return False
        del self.data.chosen[guardian]
        return True

    def set_password(
        self, guardian: GuardianId, password_hash: str, *, temporary_until: datetime | None
    ) -> None:
        self.replace_hash(guardian, password_hash)
        self.data.temporary.pop(guardian, None)
        if temporary_until is not None:
            self.data.temporary[guardian] = temporary_until

    def end_sessions(
        self, guardian: GuardianId, at: datetime, *, but: SessionId | None = None
    ) -> int:
        ended = [s for s in self._live(guardian) if s != but]
        for session in ended:
            self.end_session(session, at)
        return len(ended)

    # -- everything else -----------------------------------------------------------------------
    def lock_account(self, identifier: str) -> Account | None:
        found = self.credentials(identifier)
        return None if found is None else self.account(found.guardian_id)

    def account(self, guardian: GuardianId) -> Account:
        first = self.structures(guardian)[0]
        return Account(
            self.data.guardians[guardian],
            self.login(guardian).identifier,
            first,
            self.data.catalogue.structures[first].name,
        )

    def without_letter(self, now: datetime) -> tuple[GuardianId, ...]:
        connected = {session.guardian_id for session in self.data.sessions.values()}
        invited = {
            link.guardian_id
            for link in self.data.links.values()
            if link.purpose is Purpose.INVITATION
            and link.spent_at is None
            and link.expires_at > now
        }
        return tuple(g for g in self.everybody() if g not in connected | invited)

    def everybody(self) -> tuple[GuardianId, ...]:
        return tuple(sorted(self.data.guardians))

    def resets_asked(self, telegram_user: int, since: datetime) -> tuple[datetime, ...]:
        return tuple(
            entry.at
            for entry in self.data.audit.values()
            if (entry.telegram_user, entry.what) == (telegram_user, Event.RESET_ASKED)
            and entry.at > since
        )

    def tell(self, guardian: GuardianId | None, notices: Sequence[Notice]) -> None:
        for told in notices if guardian is not None else ():
            others = [s for s in self._reachable(guardian) if s != told.params.get("session")]
            if told.channel is Channel.MAIL or others:
                FakeOutbox(self.data).post([told])

    def _live(self, guardian: GuardianId) -> list[SessionId]:
        return [
            SessionId(key)
            for key, session in self.data.sessions.items()
            if session.guardian_id == guardian and session.ended_at is None
        ]

    def _reachable(self, guardian: GuardianId) -> list[SessionId]:
        gone, sessions = self.data.chats_gone, self.data.sessions
        return [s for s in self._live(guardian) if sessions[s].telegram_user not in gone]
