"""A town whose families have chats, and an agent who tells them something (S2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from domain.announcements.announcing import AnnouncingTx
from domain.announcements.composed import Audience, Fate, Followed, Planned
from domain.announcements.composing import BeginAnnouncement, WriteAnnouncement
from domain.announcements.model import AnnouncementId
from domain.announcements.releasing import Announce
from domain.announcements.sending import SendingTx
from domain.families.model import StructureId
from domain.staff.model import Role, StaffIdentity
from domain.staff.office import InviteStaff
from domain.staff.service import OpenInvitation
from domain.work import Transaction
from storage import schema
from storage.announcing import SqlAnnouncing
from storage.broadcasting import SqlBroadcasts
from storage.columns import keyring_of
from storage.engine import Database, transactions
from storage.lookups import telegram_index
from storage.outbox import SqlOutbox
from storage.schema import announcement_delivery, telegram_session
from storage.staff import SqlStaff
from tests.builders import TOWN
from tests.fakes.data import TownData
from tests.storage.worlds import load

CHAT = 1000
"""The chat of guardian 1 is 1001, and so on."""
AGENT = 42


@dataclass
class Announced:
    """``now`` moves where a test says so."""

    database: Database
    now: datetime
    agent: StaffIdentity
    announcing: Transaction[AnnouncingTx]
    sending: Transaction[SendingTx]

    def clock(self) -> datetime:
        return self.now

    async def begun(self, said: str = "Fermeture\nLa mairie est fermée.") -> AnnouncementId:
        begun = await BeginAnnouncement(self.announcing, self.clock)(self.agent)
        await WriteAnnouncement(self.announcing, self.clock)(self.agent, begun, said)
        return begun

    async def meant_for(self, announcement: AnnouncementId, audience: Audience) -> None:
        """Past the rules: those of the use case have tests of their own."""
        values = {
            "reach": audience.reach,
            "activity_id": audience.activity_id,
            "age_group": audience.group,
            "school_class": audience.school_class,
            "day": audience.day,
        }
        query = update(schema.announcement).where(schema.announcement.c.id == announcement)
        await self.database.write(lambda c: c.execute(query.values(**values)))

    async def confirmed(self, announcement: AnnouncementId) -> Planned | Followed:
        found = await self.announcing.read(lambda tx: tx.find(announcement))
        assert found is not None
        announce = Announce(self.announcing, self.clock)
        return await announce(self.agent, announcement, found.version)

    async def sent(self, said: str = "Fermeture\nLa mairie est fermée.") -> AnnouncementId:
        """Confirmed: the courier may begin."""
        begun = await self.begun(said)
        await self.confirmed(begun)
        return begun

    async def fates(self, announcement: AnnouncementId) -> dict[Fate, int]:
        found = await self.announcing.read(lambda tx: tx.progress(announcement))
        return dict(found.fates)

    async def fate_of(self, announcement: AnnouncementId, guardian: int) -> Fate:
        row = await self.row(announcement, guardian)
        return row.state

    async def row(self, announcement: AnnouncementId, guardian: int):
        query = select(announcement_delivery).where(
            announcement_delivery.c.announcement_id == announcement,
            announcement_delivery.c.guardian_id == guardian,
        )
        return await self.database.read(lambda c: c.execute(query).one())

    async def mailed(self) -> dict[int, str]:
        """Keys of mails by guardian."""
        query = select(schema.notice.c.guardian_id, schema.notice.c.key)
        rows = await self.database.read(lambda c: c.execute(query).all())
        return dict(rows)


async def announced(
    database: Database, data: TownData, now: datetime, *, chats: Iterable[int] | None = None
) -> Announced:
    """``chats``: guardians who are connected; None: all of them."""
    connected = list(data.guardians) if chats is None else list(chats)
    await database.write(lambda c: load(c, data))
    await database.write(lambda c: connect(c, connected, now))
    staff = transactions(database, SqlStaff)
    invite = InviteStaff(staff, lambda: now)
    invited = await invite("Agnès Martin", Role.AGENT, tuple(data.catalogue.structures))
    agent = await OpenInvitation(staff, lambda: now)(invited.token, AGENT)
    return Announced(
        database,
        now,
        agent,
        transactions(database, SqlAnnouncing),
        transactions(database, SqlBroadcasts),
    )


def connect(
    connection: Connection, guardians: Iterable[int], now: datetime, more: int = 0
) -> None:
    """``more``: to have another chat for the same guardian."""
    keyring = keyring_of(connection.dialect)
    rows = [
        {
            "guardian_id": guardian,
            "structure_id": StructureId(TOWN),
            "user_id": str(CHAT + guardian + more),
            "user_index": telegram_index(keyring, CHAT + guardian + more),
            "opened_at": now,
            "seen_at": now,
        }
        for guardian in guardians
    ]
    if rows:
        connection.execute(insert(telegram_session), rows)


async def blocked(database: Database, guardian: int, at: datetime) -> None:
    await database.write(lambda c: SqlOutbox(c).chat_gone(CHAT + guardian, at, "blocked"))
