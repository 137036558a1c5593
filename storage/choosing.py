"""New passwords, and the sessions that they end: ``domain.accounts.access.Choosing``."""

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from domain.accounts.access import About, Choice
from domain.accounts.model import SessionId
from domain.families.model import GuardianId
from storage.schema import (
    child,
    child_family,
    guardian,
    guardian_structure,
    password_choice,
    structure,
    telegram_session,
)
from storage.upserts import insert_into

_guardian, _session = guardian.c, telegram_session.c


class SqlChoosing:
    _connection: Connection

    def about(self, guardian_id: GuardianId) -> About:
        mine = _guardian.id == guardian_id
        own = select(
            _guardian.identifier,
            _guardian.first_name,
            _guardian.last_name,
            _guardian.family_id,
            _guardian.password_hash,
        )
        row = self._connection.execute(own.where(mine)).one()
        children = select(child.c.first_name, child.c.last_name).join(child_family)
        names = self._connection.execute(children.where(child_family.c.family_id == row.family_id))
        theirs = select(structure.c.name).join(guardian_structure)
        theirs = theirs.where(guardian_structure.c.guardian_id == guardian_id)
        return About(
            persons=(
                row.identifier,
                row.first_name,
                row.last_name,
                *(name for both in names for name in both),
            ),
            structures=tuple(self._connection.scalars(theirs.order_by(structure.c.id))),
            password_hash=row.password_hash,
        )

    def choice(self, guardian_id: GuardianId) -> Choice | None:
        query = select(password_choice.c.password_hash, password_choice.c.chosen_at)
        query = query.where(password_choice.c.guardian_id == guardian_id)
        row = self._connection.execute(query).first()
        return None if row is None else Choice(*row)

    def put_choice(self, guardian_id: GuardianId, choice: Choice) -> None:
        values = {"password_hash": choice.password_hash, "chosen_at": choice.chosen_at}
        query = insert_into(self._connection, password_choice)
        query = query.values(guardian_id=guardian_id, **values)
        query = query.on_conflict_do_update(password_choice.primary_key, set_=values)
        self._connection.execute(query)

    def forget_choice(self, guardian_id: GuardianId) -> None:
        query = delete(password_choice).where(password_choice.c.guardian_id == guardian_id)
        self._connection.execute(query)

    def take_choice(self, guardian_id: GuardianId, choice: Choice) -> bool:
        query = delete(password_choice).where(
            password_choice.c.guardian_id == guardian_id,
            password_choice.c.password_hash == choice.password_hash,
        )
        return self._connection.execute(query).rowcount == 1

    def set_password(
        self, guardian_id: GuardianId, password_hash: str, *, temporary_until: datetime | None
    ) -> None:
        query = update(guardian).where(_guardian.id == guardian_id)
        self._connection.execute(
            query.values(
                erased_at=None,  # whoever is given a password is here again (A12)
                password_hash=password_hash,
                must_change_password=temporary_until is not None,
                password_until=temporary_until,
            )
        )

    def end_sessions(
        self, guardian_id: GuardianId, at: datetime, *, but: SessionId | None = None
    ) -> int:
        query = update(telegram_session).where(
            _session.guardian_id == guardian_id,
            _session.ended_at.is_(None),
            _session.id != (but or 0),
        )
        return self._connection.execute(query.values(ended_at=at)).rowcount
