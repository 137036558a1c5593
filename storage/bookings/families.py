"""What a family reads of itself: enrolments, wallets, quotient."""

from collections.abc import Set
from datetime import date
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection, bindparam, or_, select

from domain.families.model import ChildId, Enrolment, FamilyId, GuardianId, Wallet
from storage.schema import enrolment, family_quotient, guardian, wallet

_ENROLMENTS: Final = (
    select(
        enrolment.c.child_id,
        enrolment.c.activity_id,
        enrolment.c.valid_from,
        enrolment.c.valid_to,
        enrolment.c.age_group,
    )
    .where(
        enrolment.c.child_id.in_(bindparam("children", expanding=True)),
        enrolment.c.valid_from <= bindparam("last"),
        enrolment.c.valid_to >= bindparam("first"),
    )
    .order_by(enrolment.c.child_id, enrolment.c.activity_id, enrolment.c.valid_from)
)
_WALLETS: Final = (
    select(wallet.c.id, wallet.c.family_id, wallet.c.structure_id, wallet.c.name, wallet.c.balance)
    .where(wallet.c.family_id == bindparam("family"))
    .order_by(wallet.c.id)
)
_QUOTIENT: Final = (
    select(family_quotient.c.value)
    .where(
        family_quotient.c.family_id == bindparam("family"),
        family_quotient.c.valid_from <= bindparam("day"),
        or_(
            family_quotient.c.valid_to.is_(None),
            family_quotient.c.valid_to >= bindparam("day"),
        ),
    )
    .order_by(family_quotient.c.valid_from.desc())
    .limit(1)
)
_GUARDIANS: Final = select(guardian.c.id, guardian.c.first_name).where(
    guardian.c.family_id == bindparam("family")
)


def read_enrolments(
    connection: Connection, children: Set[ChildId], first: date, last: date
) -> tuple[Enrolment, ...]:
    asked = {"children": list(children), "first": first, "last": last}
    return tuple(Enrolment(*row) for row in connection.execute(_ENROLMENTS, asked))


def read_wallets(connection: Connection, family: FamilyId) -> tuple[Wallet, ...]:
    return tuple(Wallet(*row) for row in connection.execute(_WALLETS, {"family": family}))


def read_quotient(connection: Connection, family: FamilyId, day: date) -> Decimal | None:
    return connection.execute(_QUOTIENT, {"family": family, "day": day}).scalar_one_or_none()


def read_guardians(connection: Connection, family: FamilyId) -> dict[GuardianId, str]:
    rows = connection.execute(_GUARDIANS, {"family": family})
    return {GuardianId(row.id): row.first_name for row in rows}
