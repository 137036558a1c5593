"""The home screen's facts: ``domain.home.ports.HomeTx``."""

from collections.abc import Set
from datetime import date
from decimal import Decimal

from sqlalchemy import and_, case, exists, func, select

from domain.activities.model import StructureId
from domain.bookings.model import Booking, DraftId, State, Wish
from domain.families.model import ChildId, FamilyId, GuardianId, Wallet
from domain.home.ports import Held, OpenDay
from storage.announcements import SqlAnnouncements
from storage.bookings.rows import BOOKING, OPENING, is_live, to_booking, to_opening
from storage.schema import (
    activity,
    booking,
    draft_line,
    enrolment,
    guardian_structure,
    opening_day,
    wallet,
)


class SqlHome(SqlAnnouncements):
    def structures(self, guardian: GuardianId) -> tuple[StructureId, ...]:
        theirs = guardian_structure.c
        query = select(theirs.structure_id).where(theirs.guardian_id == guardian)
        found = self._connection.scalars(query.order_by(theirs.structure_id))
        return tuple(StructureId(one) for one in found)

    def drafted(self, draft: DraftId) -> int:
        line = draft_line.c
        query = select(func.count()).where(line.draft_id == draft, line.wish != Wish.KEEP)
        return self._connection.scalar(query) or 0

    def debts(self, family: FamilyId, structure: StructureId) -> tuple[Wallet, ...]:
        owed = wallet.c
        query = (
            select(owed.id, owed.family_id, owed.structure_id, owed.name, owed.balance)
            .where(
                owed.family_id == family, owed.structure_id == structure, owed.balance < Decimal(0)
            )
            .order_by(owed.id)
        )
        return tuple(Wallet(*row) for row in self._connection.execute(query))

    def offers(self, family: FamilyId) -> tuple[Booking, ...]:
        query = (
            select(*BOOKING)
            .where(
                booking.c.family_id == family,
                booking.c.offer_until.isnot(None),
                booking.c.state == State.OFFERED,
            )
            .order_by(booking.c.id)
        )
        return tuple(to_booking(row) for row in self._connection.execute(query))

    def open_days(
        self,
        draft: DraftId,
        children: Set[ChildId],
        structure: StructureId,
        first: date,
        last: date,
    ) -> tuple[OpenDay, ...]:
        day, child = opening_day.c, enrolment.c.child_id
        same = {"activity_id": day.activity_id, "day": day.day}
        taken = exists().where(
            booking.c.child_id == child,
            *(booking.c[name] == value for name, value in same.items()),
            is_live(),
        )
        drafted = exists().where(
            draft_line.c.draft_id == draft,
            draft_line.c.child_id == child,
            *(draft_line.c[name] == value for name, value in same.items()),
            draft_line.c.wish == Wish.BOOK,
        )
        covers = and_(
            enrolment.c.activity_id == day.activity_id,
            day.day.between(enrolment.c.valid_from, enrolment.c.valid_to),
        )
        query = (
            select(child, *OPENING)
            .distinct()
            .join_from(opening_day, activity)
            .join(enrolment, covers)
            .where(
                child.in_(children),
                activity.c.structure_id == structure,
                day.day.between(first, last),
                day.is_open,
                ~taken,
                ~drafted,
            )
            .order_by(day.day, day.activity_id, child)
        )
        rows = self._connection.execute(query)
        return tuple(OpenDay(ChildId(row[0]), to_opening(row[1:])) for row in rows)

    def held(self, children: Set[ChildId], first: date, last: date) -> tuple[Held, ...]:
        there = booking.c
        query = select(
            there.child_id,
            there.activity_id,
            there.day,
            there.arrival,
            there.departure,
            case((there.state == State.ACCEPTED, there.family_id)),
        ).where(
            there.child_id.in_(children),
            there.day.between(first, last),
            is_live(),
            there.state != State.REFUSED,
        )
        query = query.order_by(there.day, there.child_id, there.activity_id)
        return tuple(Held(*row) for row in self._connection.execute(query))
