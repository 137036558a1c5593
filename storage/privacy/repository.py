from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from domain.families.model import FamilyId, GuardianId
from domain.notices.model import Notice
from domain.privacy.events import EXPORTS, Event, Happened
from domain.privacy.model import Part, Section
from domain.sessions.model import Ended
from storage.audit import SqlAuditLog
from storage.columns import keyring_of
from storage.outbox import SqlOutbox
from storage.privacy import erasure
from storage.privacy.household import HOUSEHOLD
from storage.privacy.person import PERSON
from storage.schema import audit, guardian

PARTS = {**PERSON, **HOUSEHOLD}


class SqlPrivacy(SqlAuditLog):
    """``domain.privacy.ports.Exports`` and ``Erasures``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keyring = keyring_of(connection.dialect)

    def lock_guardian(self, guardian_id: GuardianId) -> None:
        query = select(guardian.c.id).where(guardian.c.id == guardian_id)
        self._connection.execute(query.with_for_update(key_share=True))

    # -- given out -------------------------------------------------------------------------
    def exports(self, guardian_id: GuardianId, since: datetime) -> tuple[Happened, ...]:
        query = select(audit.c.at, audit.c.what).where(
            audit.c.guardian_id == guardian_id, audit.c.what.in_(EXPORTS), audit.c.at > since
        )
        rows = self._connection.execute(query.order_by(audit.c.at, audit.c.id))
        return tuple(Happened(row.at, Event(row.what)) for row in rows)

    def personal_data(self, guardian_id: GuardianId, family_id: FamilyId) -> tuple[Section, ...]:
        whose = {"guardian": guardian_id, "family": family_id}
        return tuple(self._section(part, whose) for part in Part)

    def _section(self, part: Part, whose: Mapping[str, int]) -> Section:
        query = PARTS[part]
        rows = self._connection.execute(query, whose).mappings()
        fields = tuple(map(str, rows.keys()))
        return Section(part, fields, tuple(dict(row) for row in rows))

    # -- erased ----------------------------------------------------------------------------
    def withdraw_opt_in(self, guardian_id: GuardianId) -> Mapping[str, str | int] | None:
        return erasure.withdraw_opt_in(self._connection, guardian_id)

    def take_sessions(self, guardian_id: GuardianId, since: datetime) -> tuple[Ended, ...]:
        return erasure.take_sessions(self._connection, guardian_id, since)

    def erase(self, guardian_id: GuardianId, at: datetime, password_hash: str) -> None:
        erasure.erase(self._connection, guardian_id, at, password_hash)

    def post(self, notices: Sequence[Notice]) -> None:
        SqlOutbox(self._connection).post(notices)
