"""What an agent looks at before changing anything (S5)."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.activities.catalogue import Catalogue
from domain.activities.model import Activity, ActivityId
from domain.activities.ports import Catalogues
from domain.clock import Clock
from domain.errors import NotFound
from domain.places.model import DayOfPlaces, MonthOfPlaces, QueueView
from domain.places.ports import PlacesTx
from domain.places.rules import is_over
from domain.staff.model import Right, StaffIdentity
from domain.work import Transaction


def theirs(catalogue: Catalogue, member: StaffIdentity, activity: ActivityId) -> Activity:
    """Of the structure shown now. Raises NotFound: elsewhere and nowhere are never told apart."""
    found = catalogue.activities.get(activity)
    if found is None or found.structure_id != member.structure_id:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class ListPlaces:
    """The activities of the structure shown now, by name."""

    catalogues: Catalogues

    async def __call__(self, member: StaffIdentity) -> tuple[Activity, ...]:
        member.check(Right.READ_PLACES, member.structure_id)
        catalogue = await self.catalogues(member.catalogue_version)
        here = [a for a in catalogue.activities.values() if a.structure_id == member.structure_id]
        return tuple(sorted(here, key=lambda a: (a.name, a.id)))


@dataclass(frozen=True, slots=True)
class ShowMonthOfPlaces:
    """``first``: any day of the month; None for this one. Raises NotFound."""

    places: Transaction[PlacesTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(
        self, member: StaffIdentity, activity: ActivityId, first: date | None
    ) -> MonthOfPlaces:
        member.check(Right.READ_PLACES, member.structure_id)
        catalogue = await self.catalogues(member.catalogue_version)
        of = theirs(catalogue, member, activity)
        today = self.clock().astimezone(catalogue.structures[of.structure_id].zone).date()
        first = (first or today).replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        days = await self.places.read(lambda tx: tx.day_counts(activity, first, last))
        return MonthOfPlaces(of, first, days, today)


@dataclass(frozen=True, slots=True)
class ShowDayOfPlaces:
    """Raises NotFound."""

    places: Transaction[PlacesTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(
        self, member: StaffIdentity, activity: ActivityId, day: date
    ) -> DayOfPlaces:
        member.check(Right.READ_PLACES, member.structure_id)
        catalogue = await self.catalogues(member.catalogue_version)
        of = theirs(catalogue, member, activity)
        found = await self.places.read(lambda tx: tx.day_counts(activity, day, day))
        if not found:
            raise NotFound
        zone = catalogue.structures[of.structure_id].zone
        return DayOfPlaces(of, found[0], is_over(day, self.clock(), zone))


@dataclass(frozen=True, slots=True)
class ShowQueue:
    """Raises NotFound."""

    places: Transaction[PlacesTx]
    catalogues: Catalogues

    async def __call__(self, member: StaffIdentity, activity: ActivityId, day: date) -> QueueView:
        # Children are named here, as on a day sheet.
        member.check(Right.READ_SHEETS, member.structure_id)
        of = theirs(await self.catalogues(member.catalogue_version), member, activity)
        waiters = await self.places.read(lambda tx: tx.waiters(activity, day))
        return QueueView(of, day, waiters)
