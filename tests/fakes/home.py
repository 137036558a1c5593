"""What the home screen is drawn from, in memory."""

from datetime import date

from domain.activities.model import StructureId
from domain.announcements.model import Announcement, AnnouncementId, Attachment
from domain.announcements.ports import Reader
from domain.bookings.model import Booking, DraftId, State, Wish
from domain.families.model import FamilyId, GuardianId, Wallet
from domain.reminders.model import FreeDay
from tests.fakes.accounts import FakeAccounts
from tests.fakes.data import StoredAnnouncement, TownData
from tests.fakes.reminders import FakeHabits, in_order


class FakeHome(FakeHabits):
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

    def free_days(
        self, family: FamilyId, structure: StructureId, first: date, last: date
    ) -> tuple[FreeDay, ...]:
        activities = self.data.catalogue.activities
        return in_order(
            [
                one
                for one in self._free()
                if one.family_id == family
                and activities[one.opening.activity_id].structure_id == structure
                and first <= one.opening.day <= last
                and not (self._is_drafted(one) or self._is_silenced(one))
            ]
        )
