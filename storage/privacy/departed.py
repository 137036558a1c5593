"""Families who have left so long ago that nobody needs to know who they were (A12).

Rows stay, since the ledger refers to them by number; what they say of persons goes. Only a family
whose last enrolment has ended before the limit is old: one that was never enrolled may have come
today.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, delete, exists, or_, select, update

from domain.money.model import NOTHING
from domain.privacy.model import Limit
from storage.columns import keyring_of
from storage.schema import (
    booking,
    child,
    child_family,
    enrolment,
    family,
    family_quotient,
    guardian,
    guardian_structure,
    ledger_entry,
    telegram_session,
    wallet,
)

_theirs, _kin = child_family.alias("theirs"), child_family.alias("kin")
_kins, _session, _entry = child_family.alias("kins_children"), telegram_session.c, ledger_entry.c
NAMELESS: dict[str, Any] = {"first_name": "", "last_name": ""}


def has_left(before: Limit) -> ColumnElement[bool]:
    """Neither this family nor one that shares a child with it has anything younger."""
    lively = or_(
        exists()
        .where(_kins.c.family_id == _kin.c.family_id, enrolment.c.child_id == _kins.c.child_id)
        .where(enrolment.c.valid_to >= before.day),
        exists().where(booking.c.family_id == _kin.c.family_id, booking.c.day >= before.day),
        exists().where(wallet.c.family_id == _kin.c.family_id, wallet.c.balance != NOTHING),
        exists()
        .where(wallet.c.family_id == _kin.c.family_id, _entry.wallet_id == wallet.c.id)
        .where(_entry.day >= before.day),
        exists()
        .where(guardian.c.family_id == _kin.c.family_id, _session.guardian_id == guardian.c.id)
        .where(or_(_session.ended_at.is_(None), _session.seen_at >= before.at)),
    )
    was_enrolled = exists().where(
        _theirs.c.family_id == family.c.id, enrolment.c.child_id == _theirs.c.child_id
    )
    stays = exists().where(
        _theirs.c.family_id == family.c.id, _kin.c.child_id == _theirs.c.child_id, lively
    )
    return was_enrolled & ~stays


def forget_departed(connection: Connection, families: Sequence[int]) -> int:
    """What tells that they were enrolled goes too, so that they are not found again."""
    children = _of(connection, child_family.c.child_id, child_family, families)
    together = connection.scalars(
        select(child_family.c.family_id).where(child_family.c.child_id.in_(children)).distinct()
    ).all()
    guardians = _of(connection, guardian.c.id, guardian, together)
    for one in guardians:
        connection.execute(
            update(guardian).where(guardian.c.id == one).values(_nobody(connection, one))
        )
    here = guardian_structure.c.guardian_id.in_(guardians)
    connection.execute(delete(guardian_structure).where(here))
    nobody = {**NAMELESS, "school_class": None}
    connection.execute(update(child).where(child.c.id.in_(children)).values(nobody))
    connection.execute(delete(enrolment).where(enrolment.c.child_id.in_(children)))
    quotients = family_quotient.c.family_id.in_(together)
    connection.execute(delete(family_quotient).where(quotients))
    return len(families)


def _of(
    connection: Connection, column: ColumnElement[int], table: FromClause, families: Sequence[int]
) -> Sequence[int]:
    query = select(column).where(table.c.family_id.in_(families)).distinct()
    return connection.scalars(query.order_by(column)).all()


def _nobody(connection: Connection, one: int) -> dict[str, Any]:
    """Nobody logs in by it: no identifier has this index."""
    index = keyring_of(connection.dialect).blind("departed", str(one))
    said = {"civility": "", "emails": [], "identifier": "", "identifier_index": index}
    return {**NAMELESS, **said}
