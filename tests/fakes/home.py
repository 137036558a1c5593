"""What the home screen is drawn from, in memory."""

from collections.abc import Set
from datetime import date

from domain.activities.model import StructureId
from domain.announcements.model import Announcement, AnnouncementId, Attachment
from domain.announcements.ports import Reader
from domain.bookings.model import Booking, DraftId, Slot, State, Wish
from domain.families.model import ChildId, FamilyId, GuardianId, Wallet
from domain.home.ports import Held, OpenDay
from tests.fakes.accounts import FakeAccounts
from tests.fakes.data import StoredAnnouncement, TownData


class FakeHome:
    def __init__(self, data: TownData) -> None:
        self.data = data

    # -- announcements ---------------------------------------------------------------------------
    def current(self, reader: Reader) -> tuple[Announcement, ...]:
        told = [
            one.announcement for one in self.data.announcements if self._is_theirs(one, reader)
        ]
        return tuple(sorted(told, key=lambda one: (one.starts_at, one.id), reverse=True))

    def attachment(self, reader: Reader, announcement: AnnouncementId) -> Attachment | None:
        for one in self.data.announcements:
            about = one.announcement
            if about.id == announcement and about.file_name and self._is_theirs(one, reader):
                return Attachment(about.title, about.file_name, one.file or b"")
        return None

    def _is_theirs(self, one: StoredAnnouncement, reader: Reader) -> bool:
        if one.structure_id != reader.structure_id or one.announcement.starts_at > reader.now:
            return False
        if one.ends_at is not None and one.ends_at <= reader.now:
            return False
        return one.activity_id is None or any(
            e.activity_id == one.activity_id
            and e.valid_to >= reader.today
            and (reader.family_id, e.child_id) in self.data.kinship
            for e in self.data.enrolments
        )

    # -- to do -----------------------------------------------------------------------------------
    def structures(self, guardian: GuardianId) -> tuple[StructureId, ...]:
        return FakeAccounts(self.data).structures(guardian)

    def drafted(self, draft: DraftId) -> int:
        lines = ((of, line) for (of, _), (line, _) in self.data.lines.items())
        return sum(of == draft and line.wish is not Wish.KEEP for of, line in lines)

    def debts(self, family: FamilyId, structure: StructureId) -> tuple[Wallet, ...]:
        owed = [
            wallet
            for wallet in self.data.wallets.values()
            if (wallet.family_id, wallet.structure_id) == (family, structure)
            and wallet.balance < 0
        ]
        return tuple(sorted(owed, key=lambda wallet: wallet.id))

    def offers(self, family: FamilyId) -> tuple[Booking, ...]:
        theirs = [
            b for b in self.data.live() if b.family_id == family and b.state is State.OFFERED
        ]
        return tuple(sorted(theirs, key=lambda booking: booking.id))

    def open_days(
        self,
        draft: DraftId,
        children: Set[ChildId],
        structure: StructureId,
        first: date,
        last: date,
    ) -> tuple[OpenDay, ...]:
        held = {booking.slot for booking in self.data.live()}
        drafted = {
            slot
            for (of, slot), (line, _) in self.data.lines.items()
            if of == draft and line.wish is Wish.BOOK
        }
        found = []
        for opening in self.data.openings.values():
            about = self.data.catalogue.activities[opening.activity_id]
            if about.structure_id == structure and opening.is_open:
                slots = (Slot(child, opening.activity_id, opening.day) for child in children)
                free = (
                    slot
                    for slot in slots
                    if first <= slot.day <= last
                    and self.data.enrolment(slot) is not None
                    and slot not in held | drafted
                )
                found += [OpenDay(slot.child_id, opening) for slot in free]
        return tuple(
            sorted(found, key=lambda d: (d.opening.day, d.opening.activity_id, d.child_id))
        )

    def held(self, children: Set[ChildId], first: date, last: date) -> tuple[Held, ...]:
        theirs = [
            Held(
                b.slot.child_id,
                b.slot.activity_id,
                b.slot.day,
                b.arrival,
                b.departure,
                b.family_id if b.state is State.ACCEPTED else None,
            )
            for b in self.data.live()
            if b.slot.child_id in children
            and first <= b.slot.day <= last
            and b.state is not State.REFUSED
        ]
        return tuple(sorted(theirs, key=lambda h: (h.day, h.child_id, h.activity_id)))
