"""Transmissions and job runs on SQL: ``domain.reports.ports``."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, delete, func, insert, select, update

from domain.activities.model import StructureId
from domain.bookings.model import Movement, Slot
from domain.notices.model import FamilyNotice
from domain.reports.model import (
    Contents,
    Reported,
    TownCodes,
    Transmission,
    TransmissionId,
)
from storage.absence_news import claim_news, read_news, town_codes
from storage.online_payments import claim_payments, read_payments
from storage.outbox import SqlOutbox
from storage.schema import booking, job_run, movement, structure, transmission
from storage.upserts import insert_into

_TRANSMISSION: Final = select(
    transmission.c.id,
    transmission.c.structure_id,
    transmission.c.night,
    transmission.c.number,
    transmission.c.claimed_at,
    transmission.c.movements,
    transmission.c.checksum,
    transmission.c.written_at,
    transmission.c.taken_at,
)
_told = movement.alias("told")
_is_its_booking = and_(
    booking.c.activity_id == movement.c.activity_id,
    booking.c.day == movement.c.day,
    booking.c.ticket == movement.c.ticket,
)


class SqlTransmissions:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, structure: StructureId, night: date, at: datetime) -> Transmission:
        self._lock(structure)
        query = _TRANSMISSION.where(
            transmission.c.structure_id == structure, transmission.c.night == night
        )
        there = self._connection.execute(query).one_or_none()
        if there is None:
            self._open(structure, night, at)
            there = self._connection.execute(query).one()
        return Transmission(*there)

    def unwritten(self) -> tuple[Transmission, ...]:
        query = _TRANSMISSION.where(transmission.c.written_at.is_(None))
        rows = self._connection.execute(query.order_by(transmission.c.id))
        return tuple(Transmission(*row) for row in rows)

    def contents(self, transmission: TransmissionId) -> Contents:
        return Contents(
            self._movements(transmission),
            read_news(self._connection, transmission),
            read_payments(self._connection, transmission),
        )

    def _movements(self, transmission: TransmissionId) -> Sequence[Reported]:
        """The state at the cut is what the latest movement of that booking left, among those
        claimed by then: it needs no column and does not change when the booking does.
        """
        at_the_cut = (
            select(_told.c.state)
            .where(
                _told.c.activity_id == movement.c.activity_id,
                _told.c.day == movement.c.day,
                _told.c.ticket == movement.c.ticket,
                _told.c.transmission_id <= transmission,
            )
            .order_by(_told.c.id.desc())
            .limit(1)
            .scalar_subquery()
        )
        query = (
            select(
                movement,
                booking.c.child_id,
                booking.c.family_id,
                at_the_cut.label("cut"),
                *town_codes(movement),
            )
            .join(booking, _is_its_booking)
            .where(movement.c.transmission_id == transmission)
            .order_by(movement.c.id)
        )
        rows = self._connection.execute(query)
        return [Reported(_to_movement(row), row.cut, TownCodes(*row[-3:])) for row in rows]

    def untaken(self) -> tuple[Transmission, ...]:
        query = _TRANSMISSION.where(
            transmission.c.written_at.isnot(None), transmission.c.taken_at.is_(None)
        )
        rows = self._connection.execute(query.order_by(transmission.c.id))
        return tuple(Transmission(*row) for row in rows)

    def taken(self, transmissions: Sequence[TransmissionId], at: datetime) -> None:
        query = update(transmission).where(
            transmission.c.id.in_(transmissions), transmission.c.taken_at.is_(None)
        )
        self._connection.execute(query.values(taken_at=at))

    def written(
        self,
        transmission: TransmissionId,
        at: datetime,
        checksum: str,
        reports: Sequence[FamilyNotice],
    ) -> None:
        """Said again, it changes nothing: whoever came first has queued the reports."""
        if self._close(transmission, at, checksum):
            SqlOutbox(self._connection).post_to_families(reports)

    def last_night(self, structure: StructureId) -> date | None:
        query = select(func.max(transmission.c.night))
        found: date | None = self._connection.scalar(
            query.where(transmission.c.structure_id == structure)
        )
        return found

    def _lock(self, structure_id: StructureId) -> None:
        """One night at a time for a structure; its bookings go on meanwhile."""
        query = select(structure.c.id).where(structure.c.id == structure_id)
        self._connection.execute(query.with_for_update(key_share=True))

    def _open(self, structure_id: StructureId, night: date, at: datetime) -> None:
        last = select(func.max(transmission.c.number))
        number = self._connection.scalar(last.where(transmission.c.structure_id == structure_id))
        opened = self._connection.execute(
            insert(transmission)
            .values(
                structure_id=structure_id,
                night=night,
                number=(number or 0) + 1,
                claimed_at=at,
                movements=0,
            )
            .returning(transmission.c.id)
        ).scalar_one()
        claimed = self._claim_movements(structure_id, opened)
        claim_news(self._connection, structure_id, opened)
        claim_payments(self._connection, structure_id, opened)
        counted = update(transmission).where(transmission.c.id == opened)
        self._connection.execute(counted.values(movements=claimed))

    def _claim_movements(self, structure_id: StructureId, opened: int) -> int:
        # By state and never by number, which would lose whatever commits late. Locked by id, as
        # those who cancel do before they void: nobody waits in a circle.
        waiting = (
            select(movement.c.id)
            .where(
                movement.c.structure_id == structure_id,
                movement.c.transmission_id.is_(None),
                movement.c.void.is_(False),
            )
            .order_by(movement.c.id)
            .with_for_update()
            .cte("waiting")
        )
        query = update(movement).where(movement.c.id.in_(select(waiting.c.id)))
        claimed = query.values(transmission_id=opened).returning(movement.c.id)
        return len(self._connection.execute(claimed).all())

    def _close(self, closed: TransmissionId, at: datetime, checksum: str) -> bool:
        query = update(transmission).where(
            transmission.c.id == closed, transmission.c.written_at.is_(None)
        )
        written = query.values(checksum=checksum, written_at=at)
        return self._connection.execute(written).rowcount == 1


class SqlJobs:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, name: str, business_date: date, at: datetime, lease_until: datetime) -> bool:
        fresh = insert_into(self._connection, job_run).values(
            name=name, business_date=business_date, claimed_at=at, lease_until=lease_until
        )
        claimed = fresh.on_conflict_do_update(
            index_elements=[job_run.c.name, job_run.c.business_date],
            set_={"claimed_at": at, "lease_until": lease_until},
            where=and_(job_run.c.done_at.is_(None), job_run.c.lease_until <= at),
        )
        rows = self._connection.execute(claimed.returning(job_run.c.name))
        return rows.one_or_none() is not None

    def done(self, name: str, business_date: date, at: datetime) -> None:
        query = update(job_run).where(
            job_run.c.name == name, job_run.c.business_date == business_date
        )
        self._connection.execute(query.values(done_at=at))

    def forget(self, name: str, before: date) -> None:
        query = delete(job_run).where(job_run.c.name == name, job_run.c.business_date < before)
        self._connection.execute(query)

    def last_done(self, name: str) -> date | None:
        query = select(func.max(job_run.c.business_date))
        query = query.where(job_run.c.name == name, job_run.c.done_at.isnot(None))
        found: date | None = self._connection.scalar(query)
        return found


def _to_movement(row: Row[Any]) -> Movement:
    return Movement(
        slot=Slot(row.child_id, row.activity_id, row.day),
        ticket=row.ticket,
        kind=row.kind,
        family_id=row.family_id,
        guardian_id=row.guardian_id,
        structure_id=row.structure_id,
        at=row.at,
        state=row.state,
        arrival=row.arrival,
        departure=row.departure,
        price=row.price,
    )
