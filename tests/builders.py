"""A small town for tests of rules: two activities that share places, one child after the other."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

from domain.accounts.model import Identity, SessionId
from domain.activities.catalogue import Catalogue
from domain.activities.model import (
    Activity,
    ActivityId,
    Draw,
    Opening,
    PoolId,
    Structure,
    StructureId,
    Waitlist,
)
from domain.activities.tariffs import DayKind, PerDay, Tariff
from domain.bookings.model import Booking, BookingId, DraftId, Places, Slot, State
from domain.calendar.deadlines import DaysBefore
from domain.calendar.model import PARIS, SchoolCalendar
from domain.families.model import Child, ChildId, FamilyId, Guardian, GuardianId
from domain.staff.model import Role, StaffId, StaffIdentity, StaffSessionId

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = date(2026, 12, 2)  # a Wednesday
TOWN = StructureId(1)
FULL_DAY, MORNING, CANTEEN = ActivityId(1), ActivityId(2), ActivityId(3)
DAY_POOL, MORNING_POOL = PoolId(1), PoolId(2)

TWO_DAYS_BEFORE = DaysBefore(
    days=2,
    at=time(9),
    skip_weekends=True,
    skip_public_holidays=False,
    skip_school_holidays=False,
    skip_weekdays=frozenset(),
)


def activity(number: int = FULL_DAY, **changed: object) -> Activity:
    made = Activity(
        id=ActivityId(number),
        structure_id=TOWN,
        name=f"Activité {number}",
        arrival=time(7, 30),
        departure=time(18),
        weekdays=frozenset({2}),
        book_by=TWO_DAYS_BEFORE,
        cancel_by=TWO_DAYS_BEFORE,
        draws=(Draw(PoolId(number)),),
        wallet="Services Scolaires et ALSH",
        tariffs=(tariff(number, "24.87"),),
        waitlist=Waitlist.AUTOMATIC,
    )
    return replace(made, **changed)


def tariff(number: int, amount: str) -> Tariff:
    return Tariff(
        activity_id=number,
        valid_from=date(2020, 1, 1),
        valid_to=None,
        day_kind=DayKind.ANY,
        bracket_min=None,
        bracket_max=None,
        unit=PerDay(),
        amount=Decimal(amount),
        minimum=None,
        cap=None,
    )


def catalogue(*activities: Activity) -> Catalogue:
    town = Structure(
        id=TOWN,
        name="Mairie de CarteVille",
        welcome="Bienvenue",
        zone=PARIS,
        calendar=SchoolCalendar(frozenset(), ()),
        updated_at=NOW,
    )
    return Catalogue(1, {TOWN: town}, {a.id: a for a in activities or (activity(),)})


def opening(of: Activity | None = None, day: date = DAY, *, is_open: bool = True) -> Opening:
    of = of or activity()
    return Opening(of.id, day, is_open, of.arrival, of.departure)


def places(
    capacity: int | None, *, taken: int = 0, pool: int = DAY_POOL, day: date = DAY
) -> Places:
    return Places(PoolId(pool), day, capacity, taken)


def booking(child: int, state: State = State.ACCEPTED, **changed: object) -> Booking:
    made = Booking(
        id=BookingId(child),
        slot=Slot(ChildId(child), FULL_DAY, DAY),
        family_id=FamilyId(child),
        guardian_id=GuardianId(child),
        state=state,
        ticket=child,
        arrival=time(7, 30),
        departure=time(18),
        price=Decimal("24.87"),
    )
    return replace(made, **changed)


def identity(family: int = 1, *children: int) -> Identity:
    return Identity(
        session_id=SessionId(family),
        guardian=Guardian(
            GuardianId(family), FamilyId(family), "Mme", "Anne", f"FAMILLE {family}"
        ),
        structure_id=TOWN,
        draft_id=DraftId(family),
        children=tuple(Child(ChildId(c), f"Enfant {c}", f"FAMILLE {family}") for c in children),
        catalogue_version=1,
        seen_at=NOW,
    )


def agent(
    number: int = 1, role: Role = Role.AGENT, structures: tuple[StructureId, ...] = (TOWN,)
) -> StaffIdentity:
    return StaffIdentity(
        session_id=StaffSessionId(number),
        staff_id=StaffId(number),
        role=role,
        name=f"Agent {number}",
        structure_id=structures[0],
        structures=structures,
        locale="fr",
        catalogue_version=1,
        seen_at=NOW,
    )
