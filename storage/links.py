"""Links that let in: ``domain.accounts.access.Links``. Only hashes of their tokens are kept."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, insert, literal, or_, select, update

from domain.accounts.tokens import Link, LinkId, Purpose, token_hash
from domain.families.model import GuardianId
from storage.crypto import Keyring
from storage.lookups import telegram_index
from storage.schema import access_token, guardian

_link = access_token.c
NOBODY = GuardianId(0)  # numbers begin at 1


class SqlLinks:
    _connection: Connection
    _keyring: Keyring

    def issue_link(
        self,
        guardian_id: GuardianId | None,
        purpose: Purpose,
        token: str,
        *,
        telegram_user: int | None,
        at: datetime,
        until: datetime,
    ) -> None:
        self._revoke(_link.guardian_id == (guardian_id or NOBODY), _link.purpose == purpose, at=at)
        written = {
            _link.purpose: purpose,
            _link.token_hash: token_hash(token),
            _link.user_index: self._user(telegram_user),
            _link.issued_at: at,
            _link.expires_at: until,
        }
        # From the guardian's row: for nobody this is the same statement, and adds nothing.
        rows = select(
            guardian.c.id, *(literal(value, column.type) for column, value in written.items())
        ).where(guardian.c.id == (guardian_id or NOBODY))
        names = ["guardian_id", *(column.key for column in written)]
        self._connection.execute(insert(access_token).from_select(names, rows))

    def links_issued(
        self, guardian_id: GuardianId | None, purpose: Purpose, since: datetime
    ) -> int:
        query = select(func.count()).where(
            _link.guardian_id == (guardian_id or NOBODY),
            _link.purpose == purpose,
            _link.issued_at > since,
        )
        return self._connection.execute(query).scalar_one()

    def find_link(self, token: str, telegram_user: int) -> Link | None:
        return self._find(_link.token_hash == token_hash(token), telegram_user)

    def link(self, link: LinkId, telegram_user: int) -> Link | None:
        return self._find(_link.id == link, telegram_user)

    def use_link(self, link: LinkId, at: datetime) -> bool:
        """The condition is the guard: of two at once, one changes the row."""
        query = update(access_token).where(_link.id == link, _link.expires_at > at, is_unspent())
        return self._connection.execute(query.values(used_at=at)).rowcount == 1

    def revoke_links(self, guardian_id: GuardianId, at: datetime) -> None:
        self._revoke(_link.guardian_id == guardian_id, at=at)

    def _revoke(self, *where: ColumnElement[bool], at: datetime) -> None:
        query = update(access_token).where(*where, is_unspent())
        self._connection.execute(query.values(revoked_at=at))

    def _find(self, which: ColumnElement[bool], telegram_user: int) -> Link | None:
        theirs = or_(_link.user_index.is_(None), _link.user_index == self._user(telegram_user))
        query = select(
            _link.id,
            _link.guardian_id,
            _link.purpose,
            _link.expires_at,
            (~is_unspent()).label("is_spent"),
            theirs.label("is_theirs"),
        )
        row = self._connection.execute(query.where(which)).first()
        if row is None:
            return None
        return Link(
            LinkId(row.id),
            GuardianId(row.guardian_id),
            row.purpose,
            row.expires_at,
            is_spent=bool(row.is_spent),
            is_theirs=bool(row.is_theirs),
        )

    def _user(self, telegram_user: int | None) -> bytes | None:
        return None if telegram_user is None else telegram_index(self._keyring, telegram_user)


def is_unspent() -> ColumnElement[bool]:
    return and_(_link.used_at.is_(None), _link.revoked_at.is_(None))
