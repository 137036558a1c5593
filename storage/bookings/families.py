"""What a family reads of itself: enrolments, wallets, quotient, and the follow-up list."""

from collections.abc import Set
from datetime import date
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection, and_, bindparam, func, or_, select

from domain.activities.model import StructureId
from domain.bookings.model import State
from domain.bookings.ports import FollowUpPage, FollowUpRow
from domain.families.model import ChildId, Enrolment, FamilyId, GuardianId, Wallet
from storage.bookings.rows import (
    BOOKING,
    BOOKING_WIDTH,
    is_live,
    rank_of_booking,
    to_booking,
    waiting_on,
)
from storage.schema import activity, booking, enrolment, family_quotient, guardian, wallet

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

_theirs = and_(
    booking.c.family_id == bindparam("family"),
    booking.c.day >= bindparam("since"),
    booking.c.activity_id.in_(
        select(activity.c.id).where(activity.c.structure_id == bindparam("structure"))
    ),
    is_live(),
)
_TOTALS: Final = select(
    func.count(),
    func.sum(booking.c.price).filter(booking.c.state == State.ACCEPTED),
).where(_theirs)
_PAGE: Final = (
    select(*BOOKING, waiting_on(booking.c.activity_id, booking.c.day), rank_of_booking())
    .where(_theirs)
    .order_by(booking.c.day, booking.c.activity_id, booking.c.child_id)
    .limit(bindparam("rows"))
    .offset(bindparam("before"))
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


def read_follow_up(
    connection: Connection,
    family: FamilyId,
    structure: StructureId,
    *,
    since: date,
    page: int,
    per_page: int,
) -> FollowUpPage:
    """A page that does not exist is answered by the nearest that does."""
    theirs = {"family": family, "structure": structure, "since": since}
    count, accepted = connection.execute(_TOTALS, theirs).one()
    pages = max(1, -(-count // per_page))
    shown = min(max(page, 1), pages)
    asked = {**theirs, "rows": per_page, "before": (shown - 1) * per_page}
    return FollowUpPage(
        rows=tuple(
            FollowUpRow(to_booking(row), *row[BOOKING_WIDTH:])
            for row in connection.execute(_PAGE, asked)
        ),
        page=shown,
        pages=pages,
        accepted_total=accepted or Decimal(0),
    )
