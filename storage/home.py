"""The home screen's facts: ``domain.home.ports.HomeTx``."""

from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from domain.activities.model import StructureId
from domain.bookings.model import Booking, DraftId, State, Wish
from domain.families.model import FamilyId, GuardianId, Wallet
from domain.reminders.model import FreeDay
from storage.announcements import SqlAnnouncements
from storage.bookings.rows import BOOKING, to_booking
from storage.habits import DRAFTED, FREE, SILENCED, SqlHabits, to_free_day
from storage.schema import (
    activity,
    booking,
    child_family,
    draft_line,
    guardian_structure,
    opening_day,
    wallet,
)


class SqlHome(SqlAnnouncements, SqlHabits):
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

    def free_days(
        self, family: FamilyId, structure: StructureId, first: date, last: date
    ) -> tuple[FreeDay, ...]:
        query = FREE.where(
            child_family.c.family_id == family,
            activity.c.structure_id == structure,
            opening_day.c.day.between(first, last),
            ~DRAFTED,
            ~SILENCED,
        )
        return tuple(to_free_day(row) for row in self._connection.execute(query))
