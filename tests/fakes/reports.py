"""Transmissions, jobs and exchange files, in memory."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from domain.activities.model import StructureId
from domain.bookings.model import State
from domain.notices.model import FamilyNotice
from domain.reports.model import (
    Contents,
    Handover,
    Reported,
    ReportedAbsence,
    Transmission,
    TransmissionId,
)
from tests.fakes.data import StoredJob, StoredMovement, TownData
from tests.fakes.outbox import FakeOutbox


class FakeTransmissions:
    def __init__(self, data: TownData) -> None:
        self.data = data

    def claim(self, structure: StructureId, night: date, at: datetime) -> Transmission:
        mine = [t for t in self.data.transmissions.values() if t.structure_id == structure]
        if there := next((t for t in mine if t.night == night), None):
            return there
        key = TransmissionId(len(self.data.transmissions) + 1)
        claimed = [
            m
            for m in self.data.movements.values()
            if m.awaits_night and m.movement.structure_id == structure
        ]
        for stored in claimed:
            self.data.movements[stored.id] = replace(stored, transmission=key)
        self.data.absence_news = [
            replace(one, transmission=key)
            if one.transmission is None and one.news.structure_id == structure
            else one
            for one in self.data.absence_news
        ]
        number = max((t.number for t in mine), default=0) + 1
        opened = Transmission(key, structure, night, number, at, len(claimed))
        self.data.transmissions[key] = opened
        return opened

    def unwritten(self) -> tuple[Transmission, ...]:
        return tuple(t for t in self.data.transmissions.values() if t.written_at is None)

    def contents(self, transmission: TransmissionId) -> Contents:
        """What is paid is in databases alone."""
        mine = [m for m in self.data.movements.values() if m.transmission == transmission]
        news = [one for one in self.data.absence_news if one.transmission == transmission]
        return Contents(
            [Reported(m.movement, self._at_the_cut(m, transmission)) for m in mine],
            [ReportedAbsence(one.news) for one in news],
        )

    def untaken(self) -> tuple[Transmission, ...]:
        written = (t for t in self.data.transmissions.values() if t.written_at is not None)
        return tuple(t for t in written if t.taken_at is None)

    def taken(self, transmissions: Sequence[TransmissionId], at: datetime) -> None:
        for key in transmissions:
            known = self.data.transmissions[key]
            if known.taken_at is None:
                self.data.transmissions[key] = replace(known, taken_at=at)

    def written(
        self,
        transmission: TransmissionId,
        at: datetime,
        checksum: str,
        reports: Sequence[FamilyNotice],
    ) -> None:
        opened = self.data.transmissions[transmission]
        if opened.written_at is not None:
            return
        closed = replace(opened, checksum=checksum, written_at=at)
        self.data.transmissions[transmission] = closed
        FakeOutbox(self.data).post_to_families(reports)

    def last_night(self, structure: StructureId) -> date | None:
        nights = (t for t in self.data.transmissions.values() if t.structure_id == structure)
        return max((t.night for t in nights), default=None)

    def _at_the_cut(self, stored: StoredMovement, transmission: TransmissionId) -> State:
        """As the latest movement of that booking left it, among those claimed by then."""
        told = [
            m
            for m in self.data.movements.values()
            if m.ticket == stored.ticket
            and m.transmission is not None
            and m.transmission <= transmission
        ]
        return max(told, key=lambda m: m.id).movement.state


class FakeJobs:
    def __init__(self, data: TownData) -> None:
        self.data = data

    def claim(self, name: str, business_date: date, at: datetime, lease_until: datetime) -> bool:
        there = self.data.jobs.get((name, business_date))
        if there is not None and (there.done_at is not None or at < there.lease_until):
            return False
        self.data.jobs[name, business_date] = StoredJob(lease_until)
        return True

    def done(self, name: str, business_date: date, at: datetime) -> None:
        there = self.data.jobs[name, business_date]
        self.data.jobs[name, business_date] = replace(there, done_at=at)

    def forget(self, name: str, before: date) -> None:
        for key in [key for key in self.data.jobs if key[0] == name and key[1] < before]:
            del self.data.jobs[key]

    def last_done(self, name: str) -> date | None:
        done = (day for (of, day), job in self.data.jobs.items() if of == name and job.done_at)
        return max(done, default=None)


class FakeExchange:
    """Keeps what was written; ``broken`` stands for a full disk."""

    def __init__(self) -> None:
        self.files: dict[TransmissionId, bytes] = {}
        self.signs: dict[TransmissionId, str] = {}  # what the back office acknowledged
        self.broken = False

    def write(self, transmission: Transmission, contents: Contents) -> str:
        if self.broken:
            raise OSError("no space left on device")
        content = repr(contents).encode()
        self.files[transmission.id] = content
        return hashlib.sha256(content).hexdigest()

    def look(self, transmissions: Sequence[Transmission]) -> Sequence[Handover]:
        return [self._look(one) for one in transmissions]

    def dismiss(self, transmission: Transmission) -> None:
        self.signs.pop(transmission.id, None)

    def compare(self, transmission: Transmission, contents: Contents) -> Handover:
        right = self.signs[transmission.id] == transmission.checksum
        return Handover.TAKEN if right else Handover.MISREAD

    def _look(self, transmission: Transmission) -> Handover:
        if transmission.id in self.signs:
            return Handover.SIGNED
        return Handover.WAITS if transmission.id in self.files else Handover.LOST
