"""Who works for the town: ``domain.staff.ports.StaffTx``."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    LargeBinary,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from domain.accounts.tokens import token_hash
from domain.activities.model import StructureId
from domain.families.model import Display
from domain.staff.devices import StaffDevice
from domain.staff.invitations import Member
from domain.staff.model import Role, StaffId, StaffIdentity, StaffSessionId
from storage.audit import SqlAuditLog
from storage.columns import keyring_of
from storage.failures import SqlFailures
from storage.lookups import telegram_index
from storage.prepared import Prepared
from storage.schema import (
    staff_member,
    staff_screen,
    staff_session,
    staff_structure,
    staff_token,
    structure,
    town,
)

_member, _session, _token = staff_member.c, staff_session.c, staff_token.c
_screen = staff_screen.c
_live: Final = _session.ended_at.is_(None)
_unspent: Final = and_(_token.used_at.is_(None), _token.revoked_at.is_(None))
IDENTITY: Final = Prepared(
    select(
        _session.id.label("session_id"),
        _session.structure_id.label("shown"),
        _session.seen_at,
        _member.id,
        _member.name,
        _member.role,
        _member.locale,
        _member.display,
        staff_structure.c.structure_id.label("works_for"),
        select(town.c.catalogue_version).scalar_subquery().label("version"),
    )
    .join_from(staff_session, staff_member, _member.id == _session.staff_id)
    .join(staff_structure, staff_structure.c.staff_id == _member.id)
    .where(
        _session.user_index == bindparam("user", type_=LargeBinary),
        _live,
        _member.disabled_at.is_(None),
    )
    .order_by(staff_structure.c.structure_id)
)
"""One row a structure; ``user`` is the blind index."""


class SqlStaff(SqlFailures, SqlAuditLog):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keyring = keyring_of(connection.dialect)

    def identity(self, telegram_user: int) -> StaffIdentity | None:
        rows = IDENTITY.named(self._connection, {"user": self._user(telegram_user)})
        if not rows:
            return None
        row, theirs = rows[0], tuple(StructureId(row.works_for) for row in rows)
        return StaffIdentity(
            session_id=StaffSessionId(row.session_id),
            staff_id=StaffId(row.id),
            role=row.role,
            name=row.name,
            # Theirs no more since it was shown: the first of those that are.
            structure_id=StructureId(row.shown) if row.shown in theirs else theirs[0],
            structures=theirs,
            locale=row.locale,
            catalogue_version=row.version or 0,
            seen_at=row.seen_at,
            in_tables=row.display is Display.RICH,
        )

    # -- who works here --------------------------------------------------------------------
    def members(self) -> tuple[Member, ...]:
        seen = (
            select(func.max(_session.seen_at))
            .where(_session.staff_id == _member.id, _live)
            .scalar_subquery()
        )
        works_for = defaultdict(list)
        pairs = select(staff_structure).order_by(staff_structure.c.structure_id)
        for pair in self._connection.execute(pairs):
            works_for[pair.staff_id].append(StructureId(pair.structure_id))
        query = select(staff_member, seen.label("seen_at")).order_by(_member.id)
        return tuple(
            Member(
                StaffId(row.id),
                row.name,
                row.role,
                tuple(works_for[row.id]),
                row.created_at,
                row.disabled_at,
                row.seen_at,
            )
            for row in self._connection.execute(query)
        )

    def structures(self) -> tuple[StructureId, ...]:
        found = self._connection.scalars(select(structure.c.id).order_by(structure.c.id))
        return tuple(StructureId(one) for one in found)

    def add_member(self, name: str, role: Role, locale: str, at: datetime) -> StaffId:
        query = insert(staff_member).values(
            name=name, role=role, locale=locale, display=Display.CLASSIC, created_at=at
        )
        return StaffId(self._connection.scalars(query.returning(_member.id)).one())

    def set_role(self, member: StaffId, role: Role, structures: Iterable[StructureId]) -> None:
        self._change(member, role=role)
        works_for = staff_structure.c.staff_id == member
        self._connection.execute(delete(staff_structure).where(works_for))
        rows = [{"staff_id": member, "structure_id": one} for one in structures]
        self._connection.execute(insert(staff_structure), rows)

    def disable(self, member: StaffId, at: datetime) -> None:
        self._change(member, disabled_at=at)
        self._end(_session.staff_id == member, at=at)
        self._revoke(member, at)

    # -- invitations -----------------------------------------------------------------------
    def issue(self, member: StaffId, token: str, *, at: datetime, until: datetime) -> None:
        self._revoke(member, at)
        self._connection.execute(
            insert(staff_token).values(
                staff_id=member, token_hash=token_hash(token), issued_at=at, expires_at=until
            )
        )

    def use(self, token: str, at: datetime) -> StaffId | None:
        query = update(staff_token).where(
            _token.token_hash == token_hash(token), _token.expires_at > at, _unspent
        )
        found = self._connection.scalar(query.values(used_at=at).returning(_token.staff_id))
        return None if found is None else StaffId(found)

    def _revoke(self, member: StaffId, at: datetime) -> None:
        query = update(staff_token).where(_token.staff_id == member, _unspent)
        self._connection.execute(query.values(revoked_at=at))

    # -- sessions --------------------------------------------------------------------------
    def open_session(self, member: StaffId, telegram_user: int, at: datetime) -> None:
        index = self._user(telegram_user)
        self._end(_session.user_index == index, at=at)
        shown = select(func.min(staff_structure.c.structure_id)).where(
            staff_structure.c.staff_id == member
        )
        self._connection.execute(
            insert(staff_session).values(
                staff_id=member,
                structure_id=shown.scalar_subquery(),
                user_id=str(telegram_user),
                user_index=index,
                opened_at=at,
                seen_at=at,
            )
        )

    def sessions(self, member: StaffId) -> tuple[StaffDevice, ...]:
        query = (
            select(_session.id, _session.opened_at, _session.seen_at)
            .where(_session.staff_id == member, _live)
            .order_by(_session.seen_at.desc(), _session.id.desc())
        )
        return tuple(
            StaffDevice(StaffSessionId(row.id), row.opened_at, row.seen_at)
            for row in self._connection.execute(query)
        )

    def end_session(self, member: StaffId, session: StaffSessionId, at: datetime) -> int | None:
        theirs = _session.id == session, _session.staff_id == member
        self._end(*theirs, at=at)
        user = self._connection.scalar(select(_session.user_id).where(*theirs))
        return None if user is None else int(user)

    def take_messages(self, session: StaffSessionId, since: datetime) -> tuple[int, ...]:
        query = delete(staff_screen).where(_screen.session_id == session)
        rows = self._connection.execute(query.returning(_screen.message_id, _screen.sent_at))
        return tuple(sorted(row.message_id for row in rows if row.sent_at >= since))

    def touch(self, session: StaffSessionId, at: datetime) -> None:
        query = update(staff_session).where(_session.id == session)
        self._connection.execute(query.values(seen_at=at))

    def show_structure(self, session: StaffSessionId, structure: StructureId) -> None:
        query = update(staff_session).where(_session.id == session)
        self._connection.execute(query.values(structure_id=structure))

    def set_locale(self, member: StaffId, locale: str) -> None:
        self._change(member, locale=locale)

    def set_tables(self, member: StaffId, *, wanted: bool) -> None:
        self._change(member, display=Display.RICH if wanted else Display.CLASSIC)

    def _end(self, *where: ColumnElement[bool], at: datetime) -> None:
        self._connection.execute(update(staff_session).where(*where, _live).values(ended_at=at))

    def _change(self, member: StaffId, **values: object) -> None:
        query = update(staff_member).where(_member.id == member)
        self._connection.execute(query.values(**values))

    def _user(self, telegram_user: int) -> bytes:
        return telegram_index(self._keyring, telegram_user)
