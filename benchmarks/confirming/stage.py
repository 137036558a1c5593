"""Where confirmations are measured: set up before each round, checked after it, by all."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, delete, insert, text, update

from benchmarks.towns import (
    ARRIVAL,
    DEPARTURE,
    FIRST_DAY,
    NOW,
    PRICE,
    Town,
    clock,
    days_from,
    fill,
)
from domain.bookings.confirming import Confirm
from domain.bookings.model import DraftLine, Slot, Wish
from domain.bookings.rules import digest
from storage import schema
from storage.bookings import SqlBookings
from storage.catalogue import SqlCatalogues
from storage.engine import Database, transactions

DAYS = 20
OF = 40  # days to choose from: neighbours meet on half of them
PAST_DAYS = 60  # so that tables and plans are those of a bot in use
AMPLE, SCARCE = 1_000, 20  # places a day
SPREAD = 3  # coprime with OF: twenty different days a parent, in no order


@dataclass(frozen=True, slots=True)
class Work:
    """What one client does: twenty days of one child."""

    parent: int
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    database: Database
    town: Town
    tidy: Callable[[], Awaitable[None]]

    @property
    def jobs(self) -> Sequence[Work]:
        return [Work(n, days_of(n)) for n in range(len(self.town.parents))]

    def slots(self, job: Work) -> list[Slot]:
        child = self.town.child(job.parent).id
        return [Slot(child, self.town.activities[0], day) for day in job.days]

    def lines(self, job: Work) -> list[DraftLine]:
        return [DraftLine(s, Wish.BOOK, ARRIVAL, DEPARTURE) for s in self.slots(job)]

    async def set(self, jobs: Sequence[Work], places: int) -> None:
        """Nothing booked from the first day on, everything drafted."""
        await self.database.write(lambda connection: self._set(connection, jobs, places))
        await self.tidy()

    def confirm(self, catalogues: SqlCatalogues) -> Callable[[Work], Awaitable[None]]:
        """As the bot does it."""
        use_case = Confirm(transactions(self.database, SqlBookings, brief=True), catalogues, clock)

        async def run(job: Work) -> None:
            drafted = digest(self.lines(job))
            receipt = await use_case(self.town.parents[job.parent], 1, drafted)
            assert len(receipt.outcomes) == DAYS

        return run

    def _set(self, connection: Connection, jobs: Sequence[Work], places: int) -> None:
        for table in ("movement", "receipt", "draft_line"):
            connection.execute(text(f"DELETE FROM {table}"))
        connection.execute(delete(schema.booking).where(schema.booking.c.day >= FIRST_DAY))
        emptied = {"capacity": places, "taken": 0, "next_ticket": 1}
        connection.execute(update(schema.pool_day).values(emptied))
        connection.execute(text("UPDATE draft SET round = 1"))
        drafted = [self._draft_row(job, line) for job in jobs for line in self.lines(job)]
        connection.execute(insert(schema.draft_line), drafted)

    def _draft_row(self, job: Work, line: DraftLine) -> dict[str, object]:
        return {
            "draft_id": self.town.parents[job.parent].draft_id,
            "child_id": line.slot.child_id,
            "activity_id": line.slot.activity_id,
            "day": line.slot.day,
            "wish": line.wish,
            "arrival": line.arrival,
            "departure": line.departure,
            "changed_at": NOW,
        }

    # -- what must be so afterwards ----------------------------------------------------------
    async def check(self, jobs: Sequence[Work], *, whole: bool) -> None:
        """Every row is there, nothing is oversold. ``whole``: movements, receipts, drafts too."""
        found = await self.database.read(self._count)
        booked = len(jobs) * DAYS
        assert found["bookings"] == booked, found
        assert found["wrong"] == 0, f"counters and bookings differ: {found}"
        if whole:
            after = {"movements": booked, "receipts": len(jobs), "drafted": 0}
            assert {name: found[name] for name in after} == after, found

    def _count(self, connection: Connection) -> dict[str, int]:
        first = str(FIRST_DAY)
        row = connection.execute(
            text(f"""
                SELECT
                    (SELECT count(*) FROM booking WHERE day >= '{first}') AS bookings,
                    (SELECT count(*) FROM movement) AS movements,
                    (SELECT count(*) FROM receipt) AS receipts,
                    (SELECT count(*) FROM draft_line) AS drafted,
                    (SELECT count(*) FROM pool_day WHERE
                        taken <> (SELECT count(*) FROM booking WHERE booking.day = pool_day.day
                            AND booking.state = 'accepted')
                        OR next_ticket <> 1 + (SELECT count(*) FROM booking
                            WHERE booking.day = pool_day.day)
                        OR taken <> CASE WHEN next_ticket - 1 < capacity THEN next_ticket - 1
                            ELSE capacity END) AS wrong
            """)
        )
        return dict(row.mappings().one())


def days_of(parent: int) -> tuple[date, ...]:
    """Twenty of forty days; another twenty for the next parent."""
    return tuple(FIRST_DAY + timedelta(days=(7 * parent + SPREAD * n) % OF) for n in range(DAYS))


def build(connection: Connection, families: int) -> Town:
    town = fill(connection, families=families, days=days_from(FIRST_DAY, OF), capacity=None)
    past = days_from(FIRST_DAY - timedelta(days=PAST_DAYS + 7), PAST_DAYS)
    connection.execute(
        insert(schema.opening_day),
        [{"activity_id": town.activities[0], "day": day, "is_open": True} for day in past],
    )
    rows = [
        _past_booking(town, parent, day, ticket)
        for day in past
        for ticket, parent in enumerate(range(families), start=1)
    ]
    connection.execute(insert(schema.booking), rows)
    return town


def _past_booking(town: Town, parent: int, day: date, ticket: int) -> dict[str, object]:
    who = town.parents[parent]
    return {
        "child_id": who.children[0].id,
        "activity_id": town.activities[0],
        "day": day,
        "family_id": who.guardian.family_id,
        "guardian_id": who.guardian.id,
        "state": "accepted",
        "ticket": ticket,
        "arrival": ARRIVAL,
        "departure": DEPARTURE,
        "price": PRICE,
    }
