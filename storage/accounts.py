"""Sessions, credentials and choices: ``domain.accounts.ports.Accounts``."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from domain.accounts.model import Credentials, Identity, Login, SessionId
from domain.activities.model import StructureId
from domain.families.model import Display, GuardianId
from storage.columns import keyring_of
from storage.failures import SqlFailures
from storage.identities import IDENTITY, identity_from
from storage.lookups import identifier_index, telegram_index
from storage.schema import (
    draft,
    guardian,
    guardian_structure,
    telegram_session,
)
from storage.upserts import insert_into


class SqlAccounts(SqlFailures):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keyring = keyring_of(connection.dialect)

    def identity(self, telegram_user: int) -> Identity | None:
        index = telegram_index(self._keyring, telegram_user)
        return identity_from(IDENTITY.named(self._connection, {"user": index}))

    def credentials(self, identifier: str) -> Credentials | None:
        query = (
            select(guardian.c.id, guardian.c.password_hash, guardian_structure.c.structure_id)
            .join(guardian_structure)
            .where(guardian.c.identifier_index == identifier_index(self._keyring, identifier))
            .add_columns(guardian.c.password_until)
            .order_by(guardian_structure.c.structure_id)
        )
        rows = self._connection.execute(query).all()
        if not rows:
            return None
        return Credentials(
            GuardianId(rows[0].id),
            rows[0].password_hash,
            tuple(StructureId(row.structure_id) for row in rows),
            rows[0].password_until,
        )

    def login(self, guardian_id: GuardianId) -> Login:
        query = select(guardian.c.identifier, guardian.c.password_hash)
        return Login(*self._connection.execute(query.where(guardian.c.id == guardian_id)).one())

    def knows_device(self, guardian: GuardianId, telegram_user: int) -> bool:
        session = telegram_session.c
        query = select(session.id).where(
            session.user_index == telegram_index(self._keyring, telegram_user),
            session.guardian_id == guardian,
        )
        return self._connection.scalars(query.limit(1)).first() is not None

    def open_session(
        self, guardian: GuardianId, structure: StructureId, telegram_user: int, at: datetime
    ) -> None:
        live = telegram_session.c.ended_at.is_(None)
        index = telegram_index(self._keyring, telegram_user)
        self._connection.execute(
            update(telegram_session)
            .where(telegram_session.c.user_index == index, live)
            .values(ended_at=at)
        )
        self._connection.execute(
            insert(telegram_session).values(
                guardian_id=guardian,
                structure_id=structure,
                user_id=str(telegram_user),
                user_index=index,
                opened_at=at,
                seen_at=at,
            )
        )
        self._make_sure_of_draft(guardian, structure)

    def end_session(self, session: SessionId, at: datetime) -> None:
        query = update(telegram_session).where(telegram_session.c.id == session)
        still_live = telegram_session.c.ended_at.is_(None)
        self._connection.execute(query.where(still_live).values(ended_at=at))

    def touch(self, session: SessionId, at: datetime) -> None:
        query = update(telegram_session).where(telegram_session.c.id == session)
        self._connection.execute(query.values(seen_at=at))

    def structures(self, guardian: GuardianId) -> tuple[StructureId, ...]:
        query = select(guardian_structure.c.structure_id)
        query = query.where(guardian_structure.c.guardian_id == guardian)
        found = self._connection.scalars(query.order_by(guardian_structure.c.structure_id))
        return tuple(StructureId(one) for one in found)

    def switch_structure(self, session: SessionId, structure: StructureId) -> None:
        query = update(telegram_session).where(telegram_session.c.id == session)
        query = query.values(structure_id=structure)
        owner = self._connection.scalars(query.returning(telegram_session.c.guardian_id)).one()
        self._make_sure_of_draft(GuardianId(owner), structure)

    def set_locale(self, guardian: GuardianId, locale: str) -> None:
        self._change(guardian, locale=locale)

    def set_display(self, guardian: GuardianId, display: Display) -> None:
        self._change(guardian, display=display)

    def replace_hash(self, guardian: GuardianId, password_hash: str) -> None:
        self._change(guardian, password_hash=password_hash)

    def _change(self, guardian_id: GuardianId, **values: object) -> None:
        query = update(guardian).where(guardian.c.id == guardian_id)
        self._connection.execute(query.values(**values))

    def _make_sure_of_draft(self, guardian: GuardianId, structure: StructureId) -> None:
        query = insert_into(self._connection, draft)
        query = query.values(guardian_id=guardian, structure_id=structure)
        self._connection.execute(query.on_conflict_do_nothing())
