"""Sessions, credentials and wrong passwords: ``domain.accounts.ports.Accounts``."""

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, update

from domain.accounts.model import Attempts, Credentials, Identity, SessionId
from domain.activities.model import StructureId
from domain.families.model import Display, GuardianId
from storage.columns import keyring_of
from storage.identities import IDENTITY, identity_from
from storage.lookups import identifier_index, telegram_index
from storage.schema import (
    Subject,
    draft,
    guardian,
    guardian_structure,
    login_failure,
    telegram_session,
)
from storage.upserts import insert_into

NONE_YET: Final = Attempts(failures=0, last_at=None)


class SqlAccounts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keyring = keyring_of(connection.dialect)

    def identity(self, telegram_user: int) -> Identity | None:
        index = telegram_index(self._keyring, telegram_user)
        return identity_from(self._connection.execute(IDENTITY, {"user": index}).all())

    def credentials(self, identifier: str) -> Credentials | None:
        query = (
            select(guardian.c.id, guardian.c.password_hash, guardian_structure.c.structure_id)
            .join(guardian_structure)
            .where(guardian.c.identifier_index == identifier_index(self._keyring, identifier))
            .order_by(guardian_structure.c.structure_id)
        )
        rows = self._connection.execute(query).all()
        if not rows:
            return None
        return Credentials(
            GuardianId(rows[0].id),
            rows[0].password_hash,
            tuple(StructureId(row.structure_id) for row in rows),
        )

    def attempts(self, telegram_user: int, identifier: str) -> tuple[Attempts, Attempts]:
        failure = login_failure.c
        query = select(failure.subject, failure.failures, failure.last_at)
        rows = self._connection.execute(query.where(self._of(telegram_user, identifier)))
        found = {row.subject: Attempts(row.failures, row.last_at) for row in rows}
        return (
            found.get(Subject.TELEGRAM_USER, NONE_YET),
            found.get(Subject.IDENTIFIER, NONE_YET),
        )

    def count_failure(self, telegram_user: int, identifier: str, at: datetime) -> None:
        query = insert_into(self._connection, login_failure).values(
            [
                {"subject": subject, "subject_index": index, "failures": 1, "last_at": at}
                for subject, index in self._subjects(telegram_user, identifier)
            ]
        )
        counted = {"failures": login_failure.c.failures + 1, "last_at": query.excluded.last_at}
        self._connection.execute(
            query.on_conflict_do_update(login_failure.primary_key, set_=counted)
        )

    def forget_failures(self, telegram_user: int, identifier: str) -> None:
        query = delete(login_failure).where(self._of(telegram_user, identifier))
        self._connection.execute(query)

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

    def _subjects(self, telegram_user: int, identifier: str) -> list[tuple[Subject, bytes]]:
        return [
            (Subject.TELEGRAM_USER, telegram_index(self._keyring, telegram_user)),
            (Subject.IDENTIFIER, identifier_index(self._keyring, identifier)),
        ]

    def _of(self, telegram_user: int, identifier: str) -> ColumnElement[bool]:
        failure = login_failure.c
        return or_(
            *(
                and_(failure.subject == subject, failure.subject_index == index)
                for subject, index in self._subjects(telegram_user, identifier)
            )
        )
