"""What the Duponts did before the guide's "Exemple de mail reçu" came (X2, N2)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from domain.activities.model import ActivityId, Draw, PoolId, Waitlist
from domain.bookings.model import Span
from domain.calendar.deadlines import NoDeadline
from domain.families.model import Child, ChildId, FamilyId, Guardian, GuardianId
from tests.builders import activity, catalogue
from tests.fakes.data import TownData
from tests.unit.bookings.conftest import World

BEGINS = datetime(2017, 5, 2, 9, tzinfo=UTC)
APS, RESTAURATION = ActivityId(1), ActivityId(2)
PAOLO, AMALIA = ChildId(1), ChildId(2)


def may(*days: int) -> list[date]:
    return [date(2017, 5, day) for day in days]


def guide_town() -> TownData:
    """The Duponts of the guide, and the two activities of its mail."""
    free = {"book_by": NoDeadline(), "cancel_by": NoDeadline(), "tariffs": ()}
    town = catalogue(
        activity(
            APS,
            name="APS MATIN",
            arrival=time(7, 15),
            departure=time(8, 15),
            waitlist=Waitlist.AUTOMATIC,
            draws=(Draw(PoolId(1)),),
            **free,
        ),
        activity(RESTAURATION, name="RESTAURATION", arrival=time(11, 30), **free),
    )
    data = TownData(town)
    family = data.family(1)
    data.guardian(
        Guardian(GuardianId(1), family, "M.", "Jean-Paul", "DUPONT", ("dupont@example.org",))
    )
    for child, name in ((PAOLO, "Paolo"), (AMALIA, "Amalia")):
        data.child(FamilyId(1), child)
        data.children[child] = Child(child, name, "DUPONT")
        for about in (APS, RESTAURATION):
            data.enrol(child, about, valid_from=date(2017, 1, 1))
    for about in (APS, RESTAURATION):
        data.open(about, *may(5, 9, 10, 11, 12, 15, 16, 17, 18, 19))
    data.capacity(1, *may(15, 16), capacity=1)
    return data


async def drafted(world: World, child: int, about: ActivityId, days: list[date], *, wanted: bool):
    who = replace(world.who(1), guardian=world.town.data.guardians[GuardianId(1)])
    for day in days:
        tapped = Span(day, day, single=True)
        await world.mark_days(who, ChildId(child), about, tapped, wanted=wanted)


async def replay(world: World) -> None:
    """Two days and two nights, from the first tap to the report."""
    await drafted(world, AMALIA, APS, may(5, 9), wanted=True)
    await drafted(world, PAOLO, RESTAURATION, may(5), wanted=True)
    await world.validate(1)
    await world.run_night(date(2017, 5, 3))  # the town has heard of these three
    await drafted(world, AMALIA, APS, may(5, 9), wanted=False)
    await drafted(world, PAOLO, RESTAURATION, may(5), wanted=False)
    await drafted(world, PAOLO, APS, may(9, 10, 11, 12, 15, 16, 17, 18, 19), wanted=True)
    await drafted(world, AMALIA, APS, may(15, 16), wanted=True)
    await world.validate(1)

    world.pass_by(days=2)
    await world.run_night(date(2017, 5, 4))
