"""The town's tables under an import: ``domain.imports.ports.ImportTx``."""

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import Connection, select, tuple_, update

from domain.activities.catalogue import Catalogue
from domain.activities.model import ActivityId
from domain.bookings.model import Booking, State
from domain.bookings.ports import BookingTx
from domain.imports.holding import Needs
from domain.imports.model import Linked, Problem, Record, Table
from domain.imports.ports import BookingKey, Known, PaidOnline
from storage.alerts import SqlAlerts
from storage.audit import SqlAuditLog
from storage.bookings import SqlBookings
from storage.bookings.rows import BOOKING, to_booking
from storage.catalogue import load_catalogue
from storage.columns import keyring_of
from storage.imports.accounts import Consumptions, Payments, Wallets
from storage.imports.codes import Codes, parts
from storage.imports.holding import hold
from storage.imports.offer import Activities, Holidays, Openings, Structures, Tariffs
from storage.imports.orders import paid_online
from storage.imports.people import Children, Enrolments, Families, Guardians, Quotients
from storage.schema import booking, structure, taken_file, town
from storage.town import TownWriter
from storage.upserts import insert_into


class Writer(Protocol):
    """One table. ``add`` answers the numbers of the rows, where they have one."""

    def add(self, lines: Sequence[Linked], at: datetime, nobodys: str) -> Sequence[int | None]: ...

    def change(self, lines: Sequence[Linked], at: datetime) -> None: ...

    def conflicts(self, lines: Sequence[Linked]) -> Iterable[Problem]: ...


class SqlImport(SqlAlerts, SqlAuditLog):
    def __init__(self, connection: Connection) -> None:
        self._keyring = keyring_of(connection.dialect)
        self._connection, self._codes = connection, Codes(connection)
        self._writers: Mapping[Table, Writer] = {
            Table.STRUCTURES: Structures(connection),
            Table.HOLIDAYS: Holidays(connection),
            Table.ACTIVITIES: Activities(connection),
            Table.OPENINGS: Openings(connection),
            Table.TARIFFS: Tariffs(connection),
            Table.FAMILIES: Families(connection),
            Table.QUOTIENTS: Quotients(connection),
            Table.GUARDIANS: Guardians(connection),
            Table.CHILDREN: Children(connection),
            Table.ENROLMENTS: Enrolments(connection),
            Table.CONSUMPTIONS: Consumptions(connection),
            Table.PAYMENTS: Payments(connection),
            Table.WALLETS: Wallets(connection),
        }

    @property
    def bookings(self) -> BookingTx:
        return SqlBookings(self._connection)

    def catalogue(self) -> Catalogue:
        return load_catalogue(self._connection)

    def take(self, checksum: str, name: str, at: datetime) -> bool:
        query = insert_into(self._connection, taken_file).on_conflict_do_nothing()
        query = query.values(checksum=checksum, name=name, taken_at=at)
        return self._connection.execute(query).rowcount == 1

    def one_at_a_time(self) -> None:
        """SQLite has one writer anyway."""
        query = insert_into(self._connection, town).values(id=1, catalogue_version=0)
        self._connection.execute(query.on_conflict_do_nothing())
        self._connection.execute(select(town.c.id).with_for_update())

    def hold(self, needs: Needs) -> None:
        hold(self._connection, needs)

    def ids(self, table: Table, codes: Set[str]) -> Mapping[str, int]:
        return self._codes.ids(table, codes)

    def codes(self, table: Table, numbers: Set[str]) -> Mapping[str, str]:
        return self._codes.of_numbers(table, numbers)

    def known(self, records: Sequence[Record]) -> Mapping[str, Known]:
        return self._codes.known(records)

    def conflicts(self, lines: Sequence[Linked]) -> Iterable[Problem]:
        return self._writers[lines[0].record.table].conflicts(lines) if lines else ()

    def add(self, lines: Sequence[Linked], at: datetime, nobodys: str) -> None:
        keys = self._writers[lines[0].record.table].add(lines, at, nobodys)
        named = zip(lines, keys, strict=True)
        self._codes.remember([(line.record, key) for line, key in named])

    def change(self, lines: Sequence[Linked], at: datetime) -> None:
        self._writers[lines[0].record.table].change(lines, at)
        self._codes.remember([(line.record, line.id) for line in lines])

    def paid_online(self, references: Set[str]) -> Mapping[str, Sequence[PaidOnline]]:
        return paid_online(self._connection, references)

    def recognise(self, lines: Sequence[tuple[Linked, PaidOnline | None]]) -> None:
        self._codes.remember([(line.record, it.entry if it else None) for line, it in lines])

    def bookings_named(self, keys: Set[BookingKey]) -> Mapping[BookingKey, Booking]:
        found: dict[BookingKey, Booking] = {}
        key = tuple_(booking.c.activity_id, booking.c.day, booking.c.ticket)
        for some in parts(sorted(keys)):
            for row in self._connection.execute(select(*BOOKING).where(key.in_(some))):
                one = to_booking(row)
                found[one.slot.activity_id, one.slot.day, one.ticket] = one
        return found

    def holders_on(self, days: Set[tuple[ActivityId, date]]) -> Set[tuple[ActivityId, date]]:
        key = tuple_(booking.c.activity_id, booking.c.day)
        query = select(booking.c.activity_id, booking.c.day).distinct()
        held: set[tuple[ActivityId, date]] = set()
        for some in parts(sorted(days)):
            asked = query.where(key.in_(some), booking.c.state != State.CANCELLED)
            held |= {(row[0], row[1]) for row in self._connection.execute(asked)}
        return held

    def publish(self, at: datetime) -> None:
        self._connection.execute(update(structure).values(updated_at=at))
        TownWriter(self._connection).publish()
