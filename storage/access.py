"""Getting in: ``domain.accounts.access.AccessTx``."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, exists, literal, select

from domain.accounts.access import Account
from domain.accounts.tokens import Purpose
from domain.activities.model import StructureId
from domain.families.model import GuardianId
from domain.notices.model import Channel, Delivery, Notice
from storage.accounts import SqlAccounts
from storage.audit import SqlAuditLog
from storage.choosing import SqlChoosing
from storage.identities import guardian_from
from storage.links import NOBODY, SqlLinks
from storage.lookups import identifier_index
from storage.schema import (
    access_token,
    guardian,
    guardian_structure,
    notice,
    structure,
    telegram_session,
)
from storage.upserts import insert_into

_guardian, _session = guardian.c, telegram_session.c
_here = _guardian.erased_at.is_(None)
_ACCOUNTS = (
    select(guardian, structure.c.id.label("structure_id"), structure.c.name)
    .join_from(guardian, guardian_structure)
    .join(structure)
    .order_by(structure.c.id)
    .limit(1)
)


class SqlAccess(SqlAccounts, SqlLinks, SqlChoosing, SqlAuditLog):
    def lock_account(self, identifier: str) -> Account | None:
        index = identifier_index(self._keyring, identifier)
        query = _ACCOUNTS.where(_guardian.identifier_index == index, _here)
        # Not stronger than it must be: rows that refer to it may be added meanwhile.
        query = query.with_for_update(of=guardian, key_share=True)
        row = self._connection.execute(query).first()
        return None if row is None else _account(row)

    def account(self, guardian_id: GuardianId) -> Account:
        query = _ACCOUNTS.where(_guardian.id == guardian_id)
        return _account(self._connection.execute(query).one())

    def without_letter(self, now: datetime) -> tuple[GuardianId, ...]:
        connected = exists().where(_session.guardian_id == _guardian.id)
        invited = exists().where(
            access_token.c.guardian_id == _guardian.id,
            access_token.c.purpose == Purpose.INVITATION,
            access_token.c.used_at.is_(None),
            access_token.c.revoked_at.is_(None),
            access_token.c.expires_at > now,
        )
        query = select(_guardian.id).where(_here, ~connected, ~invited)
        return tuple(map(GuardianId, self._connection.scalars(query.order_by(_guardian.id))))

    def everybody(self) -> tuple[GuardianId, ...]:
        query = select(_guardian.id).where(_here).order_by(_guardian.id)
        return tuple(map(GuardianId, self._connection.scalars(query)))

    def tell(self, guardian_id: GuardianId | None, notices: Sequence[Notice]) -> None:
        for told in notices:
            self._tell(guardian_id or NOBODY, told)

    def _tell(self, guardian_id: GuardianId, told: Notice) -> None:
        written = {
            notice.c.key: told.key,
            notice.c.channel: told.channel,
            notice.c.kind: told.kind,
            notice.c.params: dict(told.params),
            notice.c.secret: told.secret and dict(told.secret),
            notice.c.at: told.at,
            notice.c.due_at: told.at,
            notice.c.state: Delivery.PENDING,
        }
        rows = select(
            _guardian.id, *(literal(value, column.type) for column, value in written.items())
        ).where(_guardian.id == guardian_id)
        if told.channel is Channel.TELEGRAM:
            rows = rows.where(_other_device(told))
        query = insert_into(self._connection, notice)
        query = query.from_select(["guardian_id", *(c.key for c in written)], rows)
        self._connection.execute(query.on_conflict_do_nothing())


def _other_device(told: Notice) -> Any:
    return exists().where(
        and_(
            _session.guardian_id == _guardian.id,
            _session.ended_at.is_(None),
            _session.blocked_at.is_(None),
            _session.id != told.params.get("session", 0),
        )
    )


def _account(row: Row[Any]) -> Account:
    return Account(
        guardian=guardian_from(row),
        identifier=row.identifier,
        structure_id=StructureId(row.structure_id),
        structure=row.name,
    )
