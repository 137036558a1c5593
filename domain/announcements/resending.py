"""Sending again to the chats where it is uncertain whether an announcement arrived (S2, N7)."""

from dataclasses import dataclass

from domain.announcements.acts import AnnouncementAct
from domain.announcements.announcing import AnnouncingTx
from domain.announcements.composed import Followed
from domain.announcements.composing import answered_for, found
from domain.announcements.errors import AnnouncementChanged
from domain.announcements.model import AnnouncementId
from domain.clock import Clock
from domain.staff.acts import noted
from domain.staff.model import Right, StaffIdentity
from domain.work import Transaction


@dataclass(frozen=True, slots=True)
class SendAgain:
    """To those that were looked at, ``Progress.doubts``; some may get it twice, and know that.

    Whoever is uncertain after that was not looked at: AnnouncementChanged. Of one that is still
    leaving, or was withdrawn, or is certain by now, nothing changes: so pressed twice is once.
    """

    announcing: Transaction[AnnouncingTx]
    clock: Clock

    async def __call__(
        self, who: StaffIdentity, announcement: AnnouncementId, doubts: int
    ) -> Followed:
        who.check(Right.ANNOUNCE)
        now = self.clock()

        def work(tx: AnnouncingTx) -> Followed:
            composed = answered_for(tx, who, announcement, lock=True)
            before = Followed(composed, tx.progress(announcement))
            if not before.may_go_again:
                return before
            if before.progress.doubts != doubts:
                raise AnnouncementChanged
            chats = tx.send_again(announcement, now)
            tx.follow(announcement, who.session_id)
            act = AnnouncementAct.SENT_AGAIN
            tx.note(noted(who, act, now, announcement=announcement, chats=chats))
            return Followed(found(tx, who, announcement), tx.progress(announcement))

        return await self.announcing.write(work)
