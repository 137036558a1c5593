"""Addresses in memory, with the codes in clear."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.accounts.tokens import Purpose
from domain.emails.model import Addresses, Pending
from domain.emails.rules import plain
from domain.families.model import GuardianId
from domain.notices.model import Kind, Notice
from tests.fakes.audit import FakeAuditLog
from tests.fakes.data import TownData
from tests.fakes.outbox import FakeOutbox


class FakeEmails(FakeAuditLog):
    def __init__(self, data: TownData) -> None:
        self.data = data

    def addresses(self, guardian: GuardianId, *, lock: bool = False) -> Addresses:
        mine = [one for (of, _), (one, _) in self.data.pending.items() if of == guardian]
        by_position = sorted(mine, key=lambda one: one.position)
        return Addresses(self.data.guardians[guardian].emails, tuple(by_position))

    def set_verified(self, guardian: GuardianId, addresses: Sequence[str]) -> None:
        changed = replace(self.data.guardians[guardian], emails=tuple(addresses))
        self.data.guardians[guardian] = changed
        for key, link in self.data.links.items():
            theirs = link.guardian_id == guardian and link.purpose is Purpose.RESET
            if theirs and link.spent_at is None:
                self.data.links[key] = replace(link, spent_at=link.issued_at)

    def put_pending(
        self, guardian: GuardianId, pending: Sequence[Pending], codes: Sequence[str]
    ) -> None:
        before = {key: kept for key, kept in self.data.pending.items() if key[0] == guardian}
        for key in before:
            del self.data.pending[key]
        for one, code in zip(pending, codes, strict=True):
            key = guardian, plain(one.address)
            if code:
                self.data.pending[key] = one, code
            else:
                kept, sent = before[key]
                moved = replace(kept, position=one.position, replaces=one.replaces)
                self.data.pending[key] = moved, sent

    def proves(self, guardian: GuardianId, pending: Pending, code: str) -> bool:
        return self.data.pending[guardian, plain(pending.address)][1] == code

    def count_tries(self, guardian: GuardianId) -> None:
        for (of, address), (one, code) in list(self.data.pending.items()):
            if of == guardian:
                self.data.pending[of, address] = replace(one, tries=one.tries + 1), code

    def forget_pending(self, guardian: GuardianId, address: str) -> None:
        self.data.pending.pop((guardian, plain(address)), None)

    def codes_sent(self, guardian: GuardianId, since: datetime) -> int:
        queued = (stored.notice for stored in self.data.notices.values())
        return sum(
            n.kind is Kind.EMAIL_CODE and n.guardian_id == guardian and n.at > since
            for n in queued
        )

    def post(self, notices: Sequence[Notice]) -> None:
        FakeOutbox(self.data).post(notices)
