"""Sessions and logins in memory."""

from dataclasses import replace
from datetime import datetime

from domain.accounts.model import Attempts, Credentials, Debt, Identity, Login, SessionId
from domain.activities.model import StructureId
from domain.documents.model import CONSENTS, DocumentKind
from domain.families.model import Child, ChildId, Display, FamilyId, GuardianId
from tests.fakes.data import StoredSession, TownData, draft_of
from tests.fakes.documents import FakeDocuments

NONE_YET = Attempts(0, None)


class FakeAccounts:
    def __init__(self, data: TownData) -> None:
        self.data = data

    def identity(self, telegram_user: int) -> Identity | None:
        live = (
            (key, session)
            for key, session in self.data.sessions.items()
            if session.telegram_user == telegram_user and session.ended_at is None
        )
        found = next(live, None)
        if found is None:
            return None
        key, session = found
        guardian = self.data.guardians[session.guardian_id]
        return Identity(
            session_id=SessionId(key),
            guardian=guardian,
            structure_id=session.structure_id,
            draft_id=draft_of(guardian.id, session.structure_id),
            children=self._children(guardian.family_id),
            catalogue_version=self.data.catalogue.version,
            seen_at=session.seen_at,
            consents_due=self._consents_due(guardian.id, session.structure_id),
            unsigned=self._unsigned(guardian.family_id, session.structure_id),
            must_change_password=guardian.id in self.data.temporary,
            debt=self._debt(guardian.family_id, session.structure_id),
            is_resident=guardian.family_id not in self.data.living_elsewhere,
        )

    def _debt(self, family: FamilyId, structure: StructureId) -> Debt | None:
        least = self.data.debt_threshold
        found = [
            wallet
            for wallet in self.data.wallets.values()
            if (wallet.family_id, wallet.structure_id) == (family, structure)
            and wallet.balance < least
        ]
        worst = min(found, key=lambda wallet: (wallet.balance, wallet.id), default=None)
        return worst and Debt(worst.name, worst.balance)

    def _consents_due(self, guardian: GuardianId, structure: StructureId) -> bool:
        documents = FakeDocuments(self.data)
        given = documents.consents(guardian, structure)
        asked = [d.id for k, d in documents.current(structure).items() if k in CONSENTS]
        return any(d not in given or given[d].given_at is None for d in asked)

    def _unsigned(self, family: FamilyId, structure: StructureId) -> frozenset[ChildId]:
        documents = FakeDocuments(self.data)
        rules = documents.current(structure).get(DocumentKind.HOUSE_RULES)
        if rules is None:
            return frozenset()
        signed = documents.signatures(family, rules)
        return frozenset(c.id for c in self._children(family) if c.id not in signed)

    def credentials(self, identifier: str) -> Credentials | None:
        found = self.data.logins.get(_plain(identifier))
        if found is None:
            return None
        mine = (d.structure_id for d in self.data.drafts.values() if d.guardian_id == found[0])
        until = self.data.temporary.get(found[0])
        return Credentials(*found, structure_ids=tuple(sorted(mine)), password_until=until)

    def login(self, guardian: GuardianId) -> Login:
        logins = self.data.logins.items()
        return next(Login(typed, hash_) for typed, (of, hash_) in logins if of == guardian)

    def attempts(
        self, telegram_user: int | None, identifier: str | None, *, lock: bool = False
    ) -> tuple[Attempts, Attempts]:
        failures = self.data.failures
        return (
            failures.get(str(telegram_user), NONE_YET),
            failures.get("@" + _plain(identifier or ""), NONE_YET),
        )

    def count_failure(
        self, telegram_user: int | None, identifier: str | None, at: datetime
    ) -> None:
        for key in _subjects(telegram_user, identifier):
            before = self.data.failures.get(key, NONE_YET)
            self.data.failures[key] = Attempts(before.failures + 1, at)

    def forget_failures(self, telegram_user: int | None, identifier: str | None) -> None:
        for key in _subjects(telegram_user, identifier):
            self.data.failures.pop(key, None)

    def knows_device(self, guardian: GuardianId, telegram_user: int) -> bool:
        known = {(one.guardian_id, one.telegram_user) for one in self.data.sessions.values()}
        return (guardian, telegram_user) in known

    def open_session(
        self, guardian: GuardianId, structure: StructureId, telegram_user: int, at: datetime
    ) -> None:
        for key, session in self.data.sessions.items():
            if session.telegram_user == telegram_user and session.ended_at is None:
                self.data.sessions[key] = replace(session, ended_at=at)
        opened = StoredSession(guardian, structure, telegram_user, at, opened_at=at)
        self.data.sessions[len(self.data.sessions) + 1] = opened

    def end_session(self, session: SessionId, at: datetime) -> None:
        self.data.sessions[session] = replace(self.data.sessions[session], ended_at=at)

    def touch(self, session: SessionId, at: datetime) -> None:
        self.data.sessions[session] = replace(self.data.sessions[session], seen_at=at)

    def structures(self, guardian: GuardianId) -> tuple[StructureId, ...]:
        drafts = self.data.drafts.values()
        return tuple(sorted(d.structure_id for d in drafts if d.guardian_id == guardian))

    def switch_structure(self, session: SessionId, structure: StructureId) -> None:
        stored = self.data.sessions[session]
        self.data.sessions[session] = replace(stored, structure_id=structure)

    def set_locale(self, guardian: GuardianId, locale: str) -> None:
        self.data.guardians[guardian] = replace(self.data.guardians[guardian], locale=locale)

    def set_display(self, guardian: GuardianId, display: Display) -> None:
        self.data.guardians[guardian] = replace(self.data.guardians[guardian], display=display)

    def replace_hash(self, guardian: GuardianId, password_hash: str) -> None:
        for identifier, (of, _) in self.data.logins.items():
            if of == guardian:
                self.data.logins[identifier] = guardian, password_hash

    def _children(self, family: FamilyId) -> tuple[Child, ...]:
        kin = [self.data.children[child] for of, child in self.data.kinship if of == family]
        return tuple(sorted(kin, key=lambda child: (child.first_name, child.id)))


def _subjects(telegram_user: int | None, identifier: str | None) -> list[str]:
    user = [] if telegram_user is None else [str(telegram_user)]
    return user if identifier is None else [*user, "@" + _plain(identifier)]


def _plain(identifier: str) -> str:
    return identifier.strip().casefold()


class FakePasswords:
    """Fast, and as wordless as the real one; counts the work done."""

    def __init__(self) -> None:
        self.verified = 0

    async def verify(self, password: str, password_hash: str | None) -> bool:
        self.verified += 1
        return password_hash is not None and password_hash == f"hash of {password}"

    async def hash(self, password: str) -> str:
        return f"hash of {password}"

    def outdated(self, password_hash: str) -> bool:
        return False
