"""Declared absences in memory."""

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import date

from domain.absences.model import Absence, AbsenceNews, Absent
from domain.absences.ports import Booked
from domain.activities.model import StructureId
from domain.bookings.model import Booking, BookingId, State
from domain.families.model import ChildId, FamilyId
from tests.fakes.audit import FakeAuditLog
from tests.fakes.data import StoredNews, TownData


class FakeAbsences(FakeAuditLog):
    def __init__(self, data: TownData) -> None:
        self.data = data

    def booked(
        self, family: FamilyId, structure: StructureId, first: date, last: date
    ) -> tuple[Booked, ...]:
        theirs = (
            b
            for b in self._accepted(structure)
            if b.family_id == family and first <= b.slot.day <= last
        )
        return tuple(
            Booked(self.data.with_transmission(b), self.data.absences.get(b.id)) for b in theirs
        )

    def lock_booked(
        self, family: FamilyId, structure: StructureId, child: ChildId, day: date
    ) -> tuple[Booked, ...]:
        found = self.booked(family, structure, day, day)
        return tuple(one for one in found if one.booking.slot.child_id == child)

    def put(self, absences: Sequence[Absence]) -> None:
        for absence in absences:
            known = self.data.absences.get(absence.booking_id, absence)
            self.data.absences[absence.booking_id] = replace(
                absence, guardian_id=known.guardian_id, declared_at=known.declared_at
            )

    def tell_town(self, news: Sequence[AbsenceNews]) -> None:
        self.data.absence_news += [StoredNews(one) for one in news]

    def withdraw(self, bookings: Set[BookingId]) -> None:
        for booking in bookings:
            self.data.absences.pop(booking, None)

    def absent(self, structure: StructureId, day: date) -> tuple[Absent, ...]:
        there = [
            (b, self.data.absences[b.id])
            for b in self._accepted(structure)
            if b.slot.day == day and b.id in self.data.absences
        ]
        there.sort(key=lambda x: (x[0].slot.activity_id, x[0].arrival, x[1].declared_at, x[0].id))
        return tuple(
            Absent(
                self.data.children[b.slot.child_id],
                b.slot.activity_id,
                b.arrival,
                b.departure,
                absence,
            )
            for b, absence in there
        )

    def _accepted(self, structure: StructureId) -> list[Booking]:
        activities = self.data.catalogue.activities
        there = (
            b
            for b in self.data.live()
            if b.state is State.ACCEPTED
            and activities[b.slot.activity_id].structure_id == structure
        )
        return sorted(
            there,
            key=lambda b: (b.slot.day, b.slot.child_id, b.arrival, b.slot.activity_id),
        )
