"""What the home screen tells, read at once (H1, H2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from domain.accounts.model import Identity
from domain.activities.catalogue import Catalogue
from domain.activities.model import ActivityId
from domain.activities.ports import Catalogues
from domain.announcements.ports import Reader
from domain.announcements.service import reader
from domain.clock import Clock
from domain.families.model import ChildId
from domain.home.model import Closing, HomeView, OfferedPlace, ToDo
from domain.home.ports import HomeTx
from domain.reminders.model import FreeDay, Held
from domain.reminders.rules import AHEAD, closing, looked_back, missing
from domain.work import Transaction

TOMORROW = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ShowHome:
    home: Transaction[HomeTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, who: Identity) -> HomeView:
        catalogue = await self.catalogues(who.catalogue_version)
        reads = await reader(who, self.catalogues, self.clock)

        def read(tx: HomeTx) -> HomeView:
            children = {child.id: child for child in who.children}
            held = tx.held(children.keys(), reads.today, reads.today + AHEAD)
            return HomeView(
                structures=tuple(catalogue.structures[s] for s in tx.structures(who.guardian.id)),
                announcements=tx.current(reads),
                drafted=tx.drafted(who.draft_id),
                todo=_todo(tx, who, catalogue, reads, held),
                is_soon_there=_is_soon_there(held, who, catalogue, reads),
            )

        return await self.home.read(read)


def _is_soon_there(
    held: Sequence[Held], who: Identity, catalogue: Catalogue, reads: Reader
) -> bool:
    return any(
        one.held_by == who.guardian.family_id
        and one.day <= reads.today + TOMORROW
        and catalogue.activities[one.activity_id].structure_id == who.structure_id
        for one in held
    )


def _todo(
    tx: HomeTx, who: Identity, catalogue: Catalogue, reads: Reader, held: Sequence[Held]
) -> ToDo:
    return ToDo(
        unsigned=tuple(child for child in who.children if child.id in who.unsigned),
        debts=tx.debts(who.guardian.family_id, who.structure_id),
        offers=_offers(tx, who, catalogue),
        closing=_closing(tx, who, catalogue, reads, held),
    )


def _closing(
    tx: HomeTx, who: Identity, catalogue: Catalogue, reads: Reader, held: Sequence[Held]
) -> tuple[Closing, ...]:
    """What the family is reminded of (N3). Habits are asked for only where something closes."""
    family, today = who.guardian.family_id, reads.today
    found = tx.free_days(family, who.structure_id, today, today + AHEAD)
    free = [one for one in found if one.child_id not in who.unsigned]
    limits = closing((one.opening for one in free), catalogue, reads.now)
    if not limits:
        return ()
    free = [one for one in free if (one.opening.activity_id, one.opening.day) in limits]
    back = looked_back((day for _, day in limits), today)
    usual = tx.usual({activity for activity, _ in limits}, back, family)
    children = {child.id: child for child in who.children}
    return tuple(
        Closing(children[child], catalogue.activities[activity], deadline.limit, *_span(days))
        for deadline, of in missing(free, usual, held, catalogue, reads.now).items()
        for (child, activity), days in groupby(of, key=_whose)
        if child in children
    )


def _whose(day: FreeDay) -> tuple[ChildId, ActivityId]:
    return day.child_id, day.opening.activity_id


def _span(days: Iterable[FreeDay]) -> tuple[date, int]:
    told = [one.opening.day for one in days]
    return min(told), len(told)


def _offers(tx: HomeTx, who: Identity, catalogue: Catalogue) -> tuple[OfferedPlace, ...]:
    """Of this structure: the follow-up, where they are answered, shows no other."""
    found = [
        OfferedPlace(child, activity, booking.slot.day, booking.offer_until)
        for booking in tx.offers(who.guardian.family_id)
        if (child := who.child(booking.slot.child_id)) is not None
        and (activity := catalogue.activities[booking.slot.activity_id])
        and activity.structure_id == who.structure_id
        and booking.offer_until is not None
    ]
    return tuple(sorted(found, key=lambda offer: offer.until))
