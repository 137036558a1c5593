"""An announcement sent again to those where it is uncertain, once an agent says so (S2, N7)."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.types import CallbackQuery

from conversations.announcing import resending
from conversations.announcing.routes import AskAgain, SendItAgain
from conversations.screen import noted
from domain.announcements.composed import Followed, Status
from domain.announcements.model import AnnouncementId
from domain.staff.model import Right
from handlers.show import Show
from handlers.staff.announcements import AnnouncementDesk
from handlers.staff.door import Door, StaffActing
from handlers.use_cases import announcing


@dataclass(frozen=True, slots=True)
class ResendingHandlers:
    asked: announcing.Announcing
    show: Show
    door: Door
    desk: AnnouncementDesk

    def router(self) -> Router:
        router, act = Router(name=__name__), self.door.needs(Right.ANNOUNCE)
        router.callback_query.register(self.ask, AskAgain.filter(), act)
        router.callback_query.register(self.send, SendItAgain.filter(), act)
        return router

    async def ask(self, event: CallbackQuery, callback_data: AskAgain, agent: StaffActing) -> None:
        """A button from before they were sent again leads to how it stands now."""
        found = await self.asked.open(agent.member, AnnouncementId(callback_data.announcement))
        if isinstance(found, Followed) and found.may_go_again:
            await self.show(event, resending.ask(found, agent.texts))
        else:
            await self.show(event, self.desk.screen(found, agent))

    async def send(
        self, event: CallbackQuery, callback_data: SendItAgain, agent: StaffActing
    ) -> None:
        announcement, doubts = AnnouncementId(callback_data.announcement), callback_data.doubts
        found = await self.asked.send_again(agent.member, announcement, doubts)
        screen = self.desk.screen(found, agent)
        if found.composed.status is Status.SENDING:
            note = agent.texts("L'annonce repart. Son avancement s'affiche ci-dessous.")
            screen = noted(screen, note)
        await self.show(event, screen)
