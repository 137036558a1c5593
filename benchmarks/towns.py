"""Towns to measure in: as many families as asked, one or several activities, made-up bookings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from domain.accounts.model import Identity
from domain.activities.model import ActivityId, Draw, PoolId, StructureId, Waitlist
from domain.activities.tariffs import DayKind, PerDay, Quotient, Tariff
from domain.bookings.model import Places
from domain.calendar.deadlines import DaysBefore
from domain.families.model import Child, ChildId, Enrolment, FamilyId
from storage.accounts import SqlAccounts
from storage.town import TownWriter

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
FIRST_DAY = date(2026, 12, 1)
ARRIVAL, DEPARTURE = time(7, 30), time(18)
PRICE = Decimal("24.87")
FIRST_USER = 700_000_000
OPENED, CLOSED = date(2020, 1, 1), date(2035, 12, 31)


def clock() -> datetime:
    """Time stands still: nothing falls due while we measure."""
    return NOW


@dataclass(frozen=True, slots=True)
class Town:
    structure: StructureId
    activities: tuple[ActivityId, ...]
    pools: tuple[PoolId, ...]  # one each
    days: tuple[date, ...]
    parents: tuple[Identity, ...]

    def child(self, parent: int) -> Child:
        return self.parents[parent].children[0]


def days_from(first: date, count: int) -> tuple[date, ...]:
    return tuple(first + timedelta(days=n) for n in range(count))


def user(parent: int) -> int:
    return FIRST_USER + parent


def fill(
    connection: Connection,
    *,
    families: int,
    days: Sequence[date],
    capacity: int | None,
    activities: int = 1,
) -> Town:
    """Every child is enrolled in every activity, and every parent is connected."""
    writer = TownWriter(connection)
    structure = writer.structure(name="Mairie", welcome="Bienvenue", updated_at=NOW)
    offered = [_activity(writer, structure, number) for number in range(activities)]
    for activity, pool in offered:
        writer.open_days(activity, days)
        writer.places(Places(pool, day, capacity, 0) for day in days)
    accounts = SqlAccounts(connection)
    kids = [_family(writer, accounts, structure, number) for number in range(families)]
    ids = [activity for activity, _ in offered]
    writer.enrolments(Enrolment(kid, a, OPENED, CLOSED) for kid in kids for a in ids)
    writer.publish()
    found = [accounts.identity(user(number)) for number in range(families)]
    return Town(
        structure=structure,
        activities=tuple(ids),
        pools=tuple(pool for _, pool in offered),
        days=tuple(days),
        parents=tuple(parent for parent in found if parent is not None),
    )


def _activity(
    writer: TownWriter, structure: StructureId, number: int
) -> tuple[ActivityId, PoolId]:
    pool = writer.pool(structure, f"Places {number}")
    two_days = DaysBefore(2, time(9), skip_weekends=True)
    activity = writer.activity(
        structure,
        name=f"ALSH 6-12 - Mercredi Journée {number}",
        arrival=ARRIVAL,
        departure=DEPARTURE,
        weekdays=range(7),
        book_by=two_days,
        cancel_by=two_days,
        draws=[Draw(pool)],
        wallet="Services Scolaires et ALSH",
        waitlist=Waitlist.AUTOMATIC,
    )
    tariff = Tariff(activity, OPENED, None, DayKind.ANY, None, None, PerDay(), PRICE)
    writer.tariffs([tariff])
    return activity, pool


def _family(
    writer: TownWriter, accounts: SqlAccounts, structure: StructureId, number: int
) -> ChildId:
    family: FamilyId = writer.family()
    writer.quotients(family, [Quotient(OPENED, None, Decimal(850))])
    writer.wallet(family, structure, "Services Scolaires et ALSH", Decimal("100.00"))
    guardian = writer.guardian(
        family,
        [structure],
        identifier=f"FAMILLE{number}",
        password_hash="-",
        civility="Mme",
        first_name="Anne",
        last_name=f"FAMILLE {number}",
        emails=[f"famille{number}@exemple.fr"],
    )
    accounts.open_session(guardian, structure, user(number), NOW)
    return writer.child(family, first_name="Leyah", last_name=f"FAMILLE {number}")
