"""Reading one announcement whole, and its file (H1)."""

from dataclasses import dataclass

from domain.accounts.model import Identity
from domain.activities.ports import Catalogues
from domain.announcements.model import Announcement, AnnouncementId, Attachment
from domain.announcements.ports import Announcements, Reader
from domain.clock import Clock
from domain.errors import NotFound
from domain.work import Transaction


async def reader(who: Identity, catalogues: Catalogues, clock: Clock) -> Reader:
    now = clock()
    structure = (await catalogues(who.catalogue_version)).structures[who.structure_id]
    return Reader(structure.id, who.guardian.family_id, structure.today(now), now)


@dataclass(frozen=True, slots=True)
class ListAnnouncements:
    """Those of this instant, newest first."""

    announcements: Transaction[Announcements]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, who: Identity) -> tuple[Announcement, ...]:
        reads = await reader(who, self.catalogues, self.clock)
        return await self.announcements.read(lambda tx: tx.current(reads))


@dataclass(frozen=True, slots=True)
class ReadAnnouncement:
    """Raises NotFound for one that is over, or not for this family."""

    announcements: Transaction[Announcements]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, who: Identity, announcement: AnnouncementId) -> Announcement:
        reads = await reader(who, self.catalogues, self.clock)
        told = await self.announcements.read(lambda tx: tx.current(reads))
        found = next((one for one in told if one.id == announcement), None)
        if found is None:
            raise NotFound
        return found


@dataclass(frozen=True, slots=True)
class FetchAttachment:
    """Raises NotFound, also for one without a file."""

    announcements: Transaction[Announcements]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, who: Identity, announcement: AnnouncementId) -> Attachment:
        reads = await reader(who, self.catalogues, self.clock)
        found = await self.announcements.read(lambda tx: tx.attachment(reads, announcement))
        if found is None:
            raise NotFound
        return found
