"""Proved addresses, and those that wait for a code: ``domain.emails.ports.Emails``."""

from collections.abc import Sequence
from datetime import datetime
from hmac import compare_digest

from sqlalchemy import Connection, delete, func, select, update

from domain.accounts.tokens import Purpose
from domain.emails.model import Addresses, Pending
from domain.families.model import GuardianId
from domain.notices.model import Kind, Notice
from storage.audit import SqlAuditLog
from storage.columns import keyring_of
from storage.links import is_unspent
from storage.lookups import email_code_index, email_index
from storage.outbox import SqlOutbox
from storage.schema import access_token, email_check, guardian, notice
from storage.upserts import insert_into

_check, _guardian, _link = email_check.c, guardian.c, access_token.c


class SqlEmails(SqlAuditLog):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keyring = keyring_of(connection.dialect)

    def addresses(self, guardian: GuardianId, *, lock: bool = False) -> Addresses:
        query = select(_guardian.emails).where(_guardian.id == guardian)
        if lock:
            query = query.with_for_update(key_share=True)
        verified = self._connection.scalars(query).one()
        waiting = select(email_check).where(_check.guardian_id == guardian)
        return Addresses(
            verified=tuple(verified),
            pending=tuple(
                Pending(
                    address=row.address,
                    position=row.position,
                    replaces=row.replaces,
                    sent_at=row.sent_at,
                    expires_at=row.expires_at,
                    tries=row.tries,
                )
                for row in self._connection.execute(waiting.order_by(_check.position))
            ),
        )

    def set_verified(self, guardian_id: GuardianId, addresses: Sequence[str]) -> None:
        query = update(guardian).where(_guardian.id == guardian_id)
        self._connection.execute(query.values(emails=list(addresses)))
        # A link that is on its way may be in a mailbox that is no longer theirs.
        open_ = _link.guardian_id == guardian_id, _link.purpose == Purpose.RESET, is_unspent()
        self._connection.execute(
            update(access_token).where(*open_).values(revoked_at=_link.issued_at)
        )

    def put_pending(
        self, guardian: GuardianId, pending: Sequence[Pending], codes: Sequence[str]
    ) -> None:
        kept = [email_index(self._keyring, one.address) for one in pending]
        gone = delete(email_check).where(_check.guardian_id == guardian)
        self._connection.execute(gone.where(_check.address_index.not_in(kept)))
        for one, code, index in zip(pending, codes, kept, strict=True):
            if code:
                self._put(guardian, one, code, index)
            else:
                said = {"position": one.position, "replaces": one.replaces}
                mine = _check.guardian_id == guardian, _check.address_index == index
                self._connection.execute(update(email_check).where(*mine).values(said))

    def _put(self, guardian: GuardianId, pending: Pending, code: str, index: bytes) -> None:
        said = {
            "address": pending.address,
            "position": pending.position,
            "replaces": pending.replaces,
            "code_hash": email_code_index(self._keyring, pending.address, code),
            "sent_at": pending.sent_at,
            "expires_at": pending.expires_at,
            "tries": pending.tries,
        }
        query = insert_into(self._connection, email_check)
        query = query.values(guardian_id=guardian, address_index=index, **said)
        self._connection.execute(query.on_conflict_do_update(email_check.primary_key, set_=said))

    def proves(self, guardian: GuardianId, pending: Pending, code: str) -> bool:
        query = select(_check.code_hash).where(
            _check.guardian_id == guardian,
            _check.address_index == email_index(self._keyring, pending.address),
        )
        kept = self._connection.scalars(query).one()
        return compare_digest(kept, email_code_index(self._keyring, pending.address, code))

    def count_tries(self, guardian: GuardianId) -> None:
        query = update(email_check).where(_check.guardian_id == guardian)
        self._connection.execute(query.values(tries=_check.tries + 1))

    def forget_pending(self, guardian: GuardianId, address: str) -> None:
        index = email_index(self._keyring, address)
        query = delete(email_check).where(_check.guardian_id == guardian)
        self._connection.execute(query.where(_check.address_index == index))

    def codes_sent(self, guardian: GuardianId, since: datetime) -> int:
        query = select(func.count()).where(
            notice.c.guardian_id == guardian,
            notice.c.kind == Kind.EMAIL_CODE,
            notice.c.at > since,
        )
        return self._connection.scalar(query) or 0

    def post(self, notices: Sequence[Notice]) -> None:
        SqlOutbox(self._connection).post(notices)
