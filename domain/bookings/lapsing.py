"""Drafts that nobody touched for a while are emptied, with a word to their owner (B7)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.activities.ports import Catalogues
from domain.bookings.model import Draft
from domain.bookings.ports import BookingTx
from domain.clock import Clock
from domain.notices.model import Channel, Kind, Notice
from domain.work import Transaction


@dataclass(frozen=True, slots=True)
class LapseDrafts:
    """Answers how many drafts lapsed."""

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self) -> int:
        now = self.clock()
        catalogue = await self.catalogues()

        def work(tx: BookingTx) -> int:
            lapsed = 0
            for structure in catalogue.structures.values():
                before = now - timedelta(hours=structure.draft_hours)
                for draft in tx.stale_drafts(structure.id, before):
                    tx.empty_draft(draft.id)
                    tx.post([_notice(draft, now)])
                    lapsed += 1
            return lapsed

        return await self.bookings.write(work)


def _notice(draft: Draft, now: datetime) -> Notice:
    return Notice(
        key=f"{Kind.DRAFT_LAPSED}:{draft.id}:{draft.round}:{now.isoformat()}",
        guardian_id=draft.guardian_id,
        channel=Channel.TELEGRAM,
        kind=Kind.DRAFT_LAPSED,
        params={"structure": draft.structure_id, "lines": len(draft.wishes)},
        at=now,
    )
