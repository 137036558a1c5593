"""Families as the town's agents see them: ``domain.families.ports.FamiliesTx``."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, exists, func, select

from domain.accounts.access import Account
from domain.accounts.rules import takes_no_device
from domain.accounts.tokens import Purpose
from domain.activities.model import StructureId
from domain.families.model import Child, ChildId, FamilyId, GuardianId, Wallet, WalletId
from domain.families.sheets import FamilyNames, FamilySheet, GuardianSheet, Reach
from storage.access import SqlAccess
from storage.lookups import identifier_index
from storage.schema import (
    access_token,
    child,
    child_family,
    family,
    guardian,
    guardian_structure,
    telegram_session,
    wallet,
)

_session = telegram_session.c
_live = _session.ended_at.is_(None)
_named = (guardian.c.family_id, guardian.c.first_name, guardian.c.last_name)


class SqlStaffFamilies(SqlAccess):
    def names(
        self, structure: StructureId, after: FamilyId, limit: int
    ) -> tuple[FamilyNames, ...]:
        return self._names(self._numbers(structure, after, limit))

    def reach(self, structure: StructureId, after: FamilyId, limit: int) -> tuple[Reach, ...]:
        families = self._numbers(structure, after, limit)
        chats: defaultdict[int, int] = defaultdict(int)
        blocked: defaultdict[int, int] = defaultdict(int)
        devices = (
            select(guardian.c.family_id, _session.blocked_at)
            .join_from(telegram_session, guardian, guardian.c.id == _session.guardian_id)
            .where(guardian.c.family_id.in_(families), _live)
        )
        for row in self._connection.execute(devices):
            (chats if row.blocked_at is None else blocked)[row.family_id] += 1
        emails: defaultdict[int, int] = defaultdict(int)
        written = select(guardian.c.family_id, guardian.c.emails).where(
            guardian.c.family_id.in_(families), guardian.c.erased_at.is_(None)
        )
        for row in self._connection.execute(written):
            emails[row.family_id] += len(row.emails)
        return tuple(
            Reach(one, chats[one.family_id], blocked[one.family_id], emails[one.family_id])
            for one in self._names(families)
        )

    def by_identifier(self, structure: StructureId, identifier: str) -> FamilyNames | None:
        index = identifier_index(self._keyring, identifier)
        query = select(guardian.c.family_id).where(
            guardian.c.identifier_index == index, _is_of(structure)
        )
        found = self._connection.scalar(query)
        return None if found is None else self._names([found])[0]

    def sheet(self, structure: StructureId, family: FamilyId) -> FamilySheet | None:
        here = select(guardian.c.id).where(guardian.c.family_id == family, _is_of(structure))
        if self._connection.scalar(here) is None:
            return None
        everybody = select(guardian).where(guardian.c.family_id == family)
        rows = self._connection.execute(everybody.order_by(guardian.c.id)).all()
        devices = self._devices([row.id for row in rows])
        wallets = select(wallet).where(
            wallet.c.family_id == family, wallet.c.structure_id == structure
        )
        return FamilySheet(
            family,
            tuple(self._guardian(row, devices.get(row.id, ())) for row in rows),
            self._children(family),
            tuple(
                Wallet(WalletId(w.id), family, structure, w.name, w.balance)
                for w in self._connection.execute(wallets.order_by(wallet.c.id))
            ),
        )

    def account_here(self, structure: StructureId, guardian_id: GuardianId) -> Account | None:
        query = select(guardian.c.id).where(guardian.c.id == guardian_id, _is_of(structure))
        known = self._connection.scalar(query) is not None
        return self.account(guardian_id) if known else None

    def letters_since(self, guardian_id: GuardianId, since: datetime) -> int:
        query = select(func.count()).where(
            access_token.c.guardian_id == guardian_id,
            access_token.c.purpose == Purpose.INVITATION,
            access_token.c.issued_at >= since,
        )
        return self._connection.execute(query).scalar_one()

    # -- parts ---------------------------------------------------------------------------------
    def _numbers(self, structure: StructureId, after: FamilyId, limit: int) -> list[int]:
        theirs = exists().where(guardian.c.family_id == family.c.id, _is_of(structure))
        query = select(family.c.id).where(family.c.id > after, theirs)
        return list(self._connection.scalars(query.order_by(family.c.id).limit(limit)))

    def _names(self, families: Sequence[int]) -> tuple[FamilyNames, ...]:
        """Three statements for all of them, however many."""
        parents, kids = (
            select(*_named).where(guardian.c.family_id.in_(families)).order_by(guardian.c.id),
            select(child_family.c.family_id, child.c.first_name, child.c.last_name)
            .join_from(child_family, child)
            .where(child_family.c.family_id.in_(families))
            .order_by(child.c.id),
        )
        of_parents, of_kids = self._grouped(parents), self._grouped(kids)
        return tuple(
            FamilyNames(FamilyId(one), tuple(of_parents[one]), tuple(of_kids[one]))
            for one in families
        )

    def _grouped(self, query: Select[Any]) -> Mapping[int, list[str]]:
        found: defaultdict[int, list[str]] = defaultdict(list)
        for number, first_name, last_name in self._connection.execute(query):
            found[number].append(f"{first_name} {last_name}".strip())
        return found

    def _devices(self, guardians: Sequence[int]) -> Mapping[int, Sequence[Any]]:
        found: defaultdict[int, list[Any]] = defaultdict(list)
        query = select(_session.guardian_id, _session.seen_at, _session.blocked_at)
        for row in self._connection.execute(
            query.where(_session.guardian_id.in_(guardians), _live)
        ):
            found[row.guardian_id].append(row)
        return found

    def _guardian(self, row: Any, devices: Sequence[Any]) -> GuardianSheet:
        reached = [device for device in devices if device.blocked_at is None]
        return GuardianSheet(
            id=GuardianId(row.id),
            name=f"{row.civility} {row.first_name} {row.last_name}".strip(),
            identifier=row.identifier,
            emails=tuple(row.emails),
            devices=len(reached),
            blocked=len(devices) - len(reached),
            seen_at=max((device.seen_at for device in devices), default=None),
            is_locked=takes_no_device(self.attempts(None, row.identifier)[1]),
            has_temporary_password=row.must_change_password,
        )

    def _children(self, family_id: FamilyId) -> tuple[Child, ...]:
        query = (
            select(child.c.id, child.c.first_name, child.c.last_name, child.c.school_class)
            .join_from(child_family, child)
            .where(child_family.c.family_id == family_id)
            .order_by(child.c.id)
        )
        return tuple(
            Child(ChildId(row.id), row.first_name, row.last_name, row.school_class)
            for row in self._connection.execute(query)
        )


def _is_of(structure: StructureId) -> Any:
    """A guardian registered with it, who has not had their access erased."""
    registered = exists().where(
        guardian_structure.c.guardian_id == guardian.c.id,
        guardian_structure.c.structure_id == structure,
    )
    return and_(registered, guardian.c.erased_at.is_(None))
