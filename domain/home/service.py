"""What the home screen tells, read at once (H1, H2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.accounts.model import Identity
from domain.activities.catalogue import Catalogue
from domain.activities.ports import Catalogues
from domain.announcements.ports import Reader
from domain.announcements.service import reader
from domain.clock import Clock
from domain.home.model import HomeView, OfferedPlace, ToDo
from domain.home.ports import Held, HomeTx
from domain.home.rules import closing_soon
from domain.work import Transaction

TOMORROW = timedelta(days=1)
AHEAD = timedelta(days=62)
"""Two months: days that a town closes earlier still are told by the calendar alone."""


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
    children = {child.id: child for child in who.children}
    first, last = reads.today, reads.today + AHEAD
    days = tx.open_days(who.draft_id, children.keys(), who.structure_id, first, last)
    return ToDo(
        unsigned=tuple(child for child in who.children if child.id in who.unsigned),
        debts=tx.debts(who.guardian.family_id, who.structure_id),
        offers=_offers(tx, who, catalogue),
        closing=closing_soon(days, held, children, catalogue, reads.now),
    )


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
