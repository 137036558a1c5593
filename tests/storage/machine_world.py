"""The town of the state machine in a real database: the same steps, read back by plain SQL."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, delete, select, text

from domain.accounts.model import Identity
from domain.activities.catalogue import Catalogue
from domain.bookings.model import Booking, BookingId, Places, Slot
from storage import schema
from storage.crypto import Keyring
from storage.engine import Database, open_database
from storage.town import TownWriter
from tests.builders import DAY, TOWN, identity
from tests.fakes.data import TownData
from tests.fakes.reports import FakeExchange
from tests.storage.worlds import in_database
from tests.unit.bookings.conftest import World


@dataclass(frozen=True, slots=True)
class Found:
    """What the database holds, in the shape that the machine looks at."""

    catalogue: Catalogue
    bookings: Mapping[BookingId, Booking]
    places: Mapping[tuple[int, date], Places]
    movements: Mapping[int, Any]
    transmissions: Mapping[int, Any]
    notices: tuple[Any, ...]

    def live(self) -> list[Booking]:
        return [b for b in self.bookings.values() if b.state != "cancelled"]


class SqlTown:
    """``exchange`` is the fakes' own: files have tests of their own."""

    def __init__(self, runner: asyncio.Runner, database: Database, data: TownData) -> None:
        self._runner, self._database, self._filled = runner, database, data
        at = runner.run(in_database(database, data))
        self.bookings, self.transmissions = at.bookings, at.transmissions
        self.exchange = FakeExchange()

    async def catalogues(self, version: int | None = None) -> Catalogue:
        return self._filled.catalogue

    async def write(self, work: Callable[[Connection], None]) -> None:
        await self._database.write(work)

    @property
    def data(self) -> Found:
        catalogue = self._filled.catalogue
        return self._runner.run(self._database.read(lambda tx: read(tx, catalogue)))

    @property
    def notices(self) -> tuple[Any, ...]:
        return self.data.notices


@dataclass
class SqlWorld(World):
    families: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    def who(self, family: int) -> Identity:
        return identity(family, *self.families[family])

    async def set_balance(self, family: int, balance: Decimal) -> None:
        def work(connection: Connection) -> None:
            writer, wallet = TownWriter(connection), schema.wallet.c
            mine = select(wallet.id, wallet.balance).where(wallet.family_id == family)
            found = connection.execute(mine).one_or_none()
            if found is None:
                writer.wallet(family, TOWN, "Périscolaire", balance)
            else:
                writer.corrected(found.id, balance - found.balance, DAY)

        await self.town.write(work)


def opened(runner: asyncio.Runner, url: str, keyring: Keyring) -> Database:
    return runner.run(open_database(url, keyring))


def build(runner: asyncio.Runner, database: Database, data: TownData) -> SqlWorld:
    runner.run(database.write(_empty))
    children: dict[int, tuple[int, ...]] = {}
    for family, child in sorted(data.kinship):
        children[family] = (*children.get(family, ()), child)
    return SqlWorld(SqlTown(runner, database, data), families=children)


def _empty(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_is_kept"))
    else:
        connection.execute(text("DROP TRIGGER IF EXISTS ledger_entry_is_kept"))
    for table in reversed(schema.metadata.sorted_tables):
        connection.execute(delete(table))


def read(connection: Connection, catalogue: Catalogue) -> Found:
    def rows(table: Any) -> list[Any]:
        return list(connection.execute(select(table)))

    return Found(
        catalogue=catalogue,
        bookings={row.id: _booking(row) for row in rows(schema.booking)},
        places={
            (row.pool_id, row.day): Places(*row[:4], row.next_ticket)
            for row in rows(schema.pool_day)
        },
        movements={
            row.id: SimpleNamespace(void=row.void, transmission=row.transmission_id)
            for row in rows(schema.movement)
        },
        transmissions={
            row.id: SimpleNamespace(movements=row.movements) for row in rows(schema.transmission)
        },
        notices=tuple(
            SimpleNamespace(key=row.key, kind=row.kind, channel=row.channel)
            for row in rows(schema.notice)
        ),
    )


def _booking(row: Any) -> Booking:
    return Booking(
        id=row.id,
        slot=Slot(row.child_id, row.activity_id, row.day),
        family_id=row.family_id,
        guardian_id=row.guardian_id,
        state=row.state,
        ticket=row.ticket,
        arrival=row.arrival,
        departure=row.departure,
        price=row.price,
        group=row.age_group,
        offer_until=row.offer_until,
        reason=row.reason,
        together=row.together,
    )
