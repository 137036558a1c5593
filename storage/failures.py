"""Wrong passwords, counted by Telegram user and by identifier (A8).

Rows are locked in one order, the user's first: by the order of an INSERT's values, and of DELETEs.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, and_, delete, false, or_, select

from domain.accounts.model import Attempts
from storage.crypto import Keyring
from storage.lookups import identifier_index, telegram_index
from storage.schema import Subject, login_failure
from storage.upserts import Upsert, insert_into

NONE_YET: Final = Attempts(failures=0, last_at=None)
NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
_failure = login_failure.c
_FACTS: Final = _failure.subject, _failure.failures, _failure.last_at
_KEPT: Final = {"failures": _failure.failures}


class SqlFailures:
    _connection: Connection
    _keyring: Keyring

    def attempts(
        self, telegram_user: int | None, identifier: str | None, *, lock: bool = False
    ) -> tuple[Attempts, Attempts]:
        subjects = self._subjects(telegram_user, identifier)
        if lock:
            # Whoever comes first makes the row, so that there is something to lock.
            made = self._upsert(subjects, 0, NEVER, _KEPT).returning(*_FACTS)
            rows = self._connection.execute(made).all()
        else:
            theirs = or_(false(), *(_is(subject, index) for subject, index in subjects.items()))
            rows = self._connection.execute(select(*_FACTS).where(theirs)).all()
        found = {row.subject: Attempts(row.failures, row.last_at) for row in rows if row.failures}
        return (
            found.get(Subject.TELEGRAM_USER, NONE_YET),
            found.get(Subject.IDENTIFIER, NONE_YET),
        )

    def count_failure(
        self, telegram_user: int | None, identifier: str | None, at: datetime
    ) -> None:
        subjects = self._subjects(telegram_user, identifier)
        counted = {"failures": _failure.failures + 1, "last_at": at}
        self._connection.execute(self._upsert(subjects, 1, at, counted))

    def forget_failures(self, telegram_user: int | None, identifier: str | None) -> None:
        for subject, index in self._subjects(telegram_user, identifier).items():
            self._connection.execute(delete(login_failure).where(_is(subject, index)))

    def _upsert(
        self,
        subjects: Mapping[Subject, bytes],
        failures: int,
        at: datetime,
        otherwise: Mapping[str, object],
    ) -> Upsert:
        rows = [
            {"subject": subject, "subject_index": index, "failures": failures, "last_at": at}
            for subject, index in subjects.items()
        ]
        query = insert_into(self._connection, login_failure).values(rows)
        return query.on_conflict_do_update(login_failure.primary_key, set_=otherwise)

    def _subjects(
        self, telegram_user: int | None, identifier: str | None
    ) -> Mapping[Subject, bytes]:
        subjects = {}
        if telegram_user is not None:
            subjects[Subject.TELEGRAM_USER] = telegram_index(self._keyring, telegram_user)
        if identifier is not None:
            subjects[Subject.IDENTIFIER] = identifier_index(self._keyring, identifier)
        return subjects


def _is(subject: Subject, index: bytes) -> Any:
    return and_(_failure.subject == subject, _failure.subject_index == index)
