"""Devices and their messages in memory."""

from dataclasses import replace
from datetime import datetime

from domain.accounts.model import SessionId
from domain.families.model import GuardianId
from domain.sessions.model import Device
from tests.fakes.audit import FakeAuditLog
from tests.fakes.data import TownData


class FakeSessions(FakeAuditLog):
    def __init__(self, data: TownData) -> None:
        self.data = data

    def live(self, guardian: GuardianId) -> tuple[Device, ...]:
        theirs = [
            Device(SessionId(key), session.opened_at or session.seen_at, session.seen_at)
            for key, session in self.data.sessions.items()
            if session.guardian_id == guardian and session.ended_at is None
        ]
        return tuple(sorted(theirs, key=lambda d: (d.seen_at, d.session_id), reverse=True))

    def end(self, guardian: GuardianId, session: SessionId, at: datetime) -> int | None:
        stored = self.data.sessions.get(session)
        if stored is None or stored.guardian_id != guardian:
            return None
        if stored.ended_at is None:
            self.data.sessions[session] = replace(stored, ended_at=at)
        return stored.telegram_user

    def remember_message(self, telegram_user: int, message: int, at: datetime) -> None:
        for key, session in self.data.sessions.items():
            if session.telegram_user == telegram_user and session.ended_at is None:
                self.data.messages[key, message] = at

    def remember_staff_message(self, telegram_user: int, message: int, at: datetime) -> None:
        for key, session in self.data.staff_sessions.items():
            if session.telegram_user == telegram_user and session.ended_at is None:
                self.data.staff_messages[key, message] = at

    def take_messages(self, session: SessionId, since: datetime) -> tuple[int, ...]:
        shown = {key: at for key, at in self.data.messages.items() if key[0] == session}
        for key in shown:
            del self.data.messages[key]
        return tuple(sorted(message for (_, message), at in shown.items() if at >= since))
