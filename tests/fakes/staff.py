"""The town's agents in memory."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from domain.activities.model import StructureId
from domain.staff.devices import StaffDevice
from domain.staff.invitations import Member
from domain.staff.model import Role, StaffId, StaffIdentity, StaffSessionId
from tests.fakes.accounts import FakeAccounts
from tests.fakes.audit import FakeAuditLog
from tests.fakes.data import StoredInvitation, StoredMember, StoredStaffSession, TownData


class FakeStaff(FakeAuditLog):
    attempts = FakeAccounts.attempts
    count_failure = FakeAccounts.count_failure
    forget_failures = FakeAccounts.forget_failures

    def __init__(self, data: TownData) -> None:
        self.data = data

    def identity(self, telegram_user: int) -> StaffIdentity | None:
        for key, session in self.data.staff_sessions.items():
            if session.telegram_user != telegram_user or session.ended_at is not None:
                continue
            member = self.data.members[session.staff_id]
            if member.disabled_at is not None or not member.structures:
                return None
            shown = session.structure_id
            return StaffIdentity(
                key,
                session.staff_id,
                member.role,
                member.name,
                shown if shown in member.structures else member.structures[0],
                member.structures,
                member.locale,
                self.data.catalogue.version,
                session.seen_at,
                member.in_tables,
            )
        return None

    # -- who works here --------------------------------------------------------------------
    def members(self) -> tuple[Member, ...]:
        return tuple(
            Member(
                key,
                one.name,
                one.role,
                one.structures,
                one.created_at,
                one.disabled_at,
                max((device.seen_at for device in self.sessions(key)), default=None),
            )
            for key, one in sorted(self.data.members.items())
        )

    def structures(self) -> tuple[StructureId, ...]:
        return tuple(sorted(self.data.catalogue.structures))

    def add_member(self, name: str, role: Role, locale: str, at: datetime) -> StaffId:
        key = StaffId(len(self.data.members) + 1)
        self.data.members[key] = StoredMember(name, role, (), locale, at)
        return key

    def set_role(self, member: StaffId, role: Role, structures: Iterable[StructureId]) -> None:
        self._change(member, role=role, structures=tuple(sorted(structures)))

    def disable(self, member: StaffId, at: datetime) -> None:
        self._change(member, disabled_at=at)
        for key, session in self.data.staff_sessions.items():
            if session.staff_id == member:
                self._end(key, at)
        self._revoke(member, at)

    # -- invitations -----------------------------------------------------------------------
    def issue(self, member: StaffId, token: str, *, at: datetime, until: datetime) -> None:
        self._revoke(member, at)
        self.data.invitations[token] = StoredInvitation(member, until)

    def use(self, token: str, at: datetime) -> StaffId | None:
        found = self.data.invitations.get(token)
        if found is None or found.spent_at is not None or found.expires_at <= at:
            return None
        self.data.invitations[token] = replace(found, spent_at=at)
        return found.staff_id

    def _revoke(self, member: StaffId, at: datetime) -> None:
        for token, one in self.data.invitations.items():
            if one.staff_id == member and one.spent_at is None:
                self.data.invitations[token] = replace(one, spent_at=at)

    # -- sessions --------------------------------------------------------------------------
    def open_session(self, member: StaffId, telegram_user: int, at: datetime) -> None:
        for key, session in self.data.staff_sessions.items():
            if session.telegram_user == telegram_user:
                self._end(key, at)
        key = StaffSessionId(len(self.data.staff_sessions) + 1)
        shown = min(self.data.members[member].structures)
        made = StoredStaffSession(member, shown, telegram_user, at, at)
        self.data.staff_sessions[key] = made

    def sessions(self, member: StaffId) -> tuple[StaffDevice, ...]:
        found = [
            StaffDevice(key, session.opened_at, session.seen_at)
            for key, session in self.data.staff_sessions.items()
            if session.staff_id == member and session.ended_at is None
        ]
        return tuple(sorted(found, key=lambda d: (d.seen_at, d.session_id), reverse=True))

    def end_session(self, member: StaffId, session: StaffSessionId, at: datetime) -> int | None:
        found = self.data.staff_sessions.get(session)
        if found is None or found.staff_id != member:
            return None
        self._end(session, at)
        return found.telegram_user

    def take_messages(self, session: StaffSessionId, since: datetime) -> tuple[int, ...]:
        shown = {key: at for key, at in self.data.staff_messages.items() if key[0] == session}
        for key in shown:
            del self.data.staff_messages[key]
        return tuple(sorted(message for (_, message), at in shown.items() if at >= since))

    def touch(self, session: StaffSessionId, at: datetime) -> None:
        self._session(session, seen_at=at)

    def show_structure(self, session: StaffSessionId, structure: StructureId) -> None:
        self._session(session, structure_id=structure)

    def set_locale(self, member: StaffId, locale: str) -> None:
        self._change(member, locale=locale)

    def set_tables(self, member: StaffId, *, wanted: bool) -> None:
        self._change(member, in_tables=wanted)

    def _end(self, session: StaffSessionId, at: datetime) -> None:
        if self.data.staff_sessions[session].ended_at is None:
            self._session(session, ended_at=at)

    def _session(self, key: StaffSessionId, **values: object) -> None:
        self.data.staff_sessions[key] = replace(self.data.staff_sessions[key], **values)

    def _change(self, member: StaffId, **values: object) -> None:
        self.data.members[member] = replace(self.data.members[member], **values)
