"""Announcements that leave: confirmed, paused, corrected, withdrawn, followed (S2, N7)."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.types import CallbackQuery

from conversations.announcing import progress, views
from conversations.announcing.routes import (
    AskWithdraw,
    ConfirmAnnouncement,
    DropWords,
    FollowLive,
    SendWords,
    SetPause,
    ShowMissed,
    WithdrawAnnouncement,
)
from conversations.screen import noted
from domain.announcements.composed import Followed
from domain.announcements.model import AnnouncementId
from domain.staff.model import Right
from handlers.show import Show
from handlers.staff.announcements import AnnouncementDesk
from handlers.staff.door import Door, StaffActing
from handlers.use_cases import announcing


@dataclass(frozen=True, slots=True)
class ReleasingHandlers:
    asked: announcing.Announcing
    show: Show
    door: Door
    desk: AnnouncementDesk

    def router(self) -> Router:
        router, act = Router(name=__name__), self.door.needs(Right.ANNOUNCE)
        for route, handler in (
            (ConfirmAnnouncement, self.confirm),
            (SetPause, self.set_paused),
            (AskWithdraw, self.ask_withdraw),
            (WithdrawAnnouncement, self.withdraw),
            (SendWords, self.send_words),
            (DropWords, self.drop_words),
            (FollowLive, self.follow),
        ):
            router.callback_query.register(handler, route.filter(), act)
        names = self.door.needs(Right.READ_FAMILIES)
        router.callback_query.register(self.missed, ShowMissed.filter(), names)
        return router

    async def confirm(
        self, event: CallbackQuery, callback_data: ConfirmAnnouncement, agent: StaffActing
    ) -> None:
        """The live progress comes by itself, in a message of its own."""
        announcement = AnnouncementId(callback_data.announcement)
        found = await self.asked.announce(agent.member, announcement, callback_data.version)
        await self.show(event, views.started(found.composed, agent.texts))

    async def set_paused(
        self, event: CallbackQuery, callback_data: SetPause, agent: StaffActing
    ) -> None:
        announcement, wanted = AnnouncementId(callback_data.announcement), callback_data.wanted
        found = await self.asked.set_paused(agent.member, announcement, wanted=wanted)
        if callback_data.live and isinstance(found, Followed):
            await self.show(event, progress.screen(found, agent.texts))
        else:
            await self.show(event, self.desk.screen(found, agent))

    async def ask_withdraw(
        self, event: CallbackQuery, callback_data: AskWithdraw, agent: StaffActing
    ) -> None:
        announcement = AnnouncementId(callback_data.announcement)
        found = await self.asked.open(agent.member, announcement)
        await self.show(event, views.ask_withdraw(found.composed, agent.texts))

    async def withdraw(
        self, event: CallbackQuery, callback_data: WithdrawAnnouncement, agent: StaffActing
    ) -> None:
        announcement = AnnouncementId(callback_data.announcement)
        found = await self.asked.withdraw(agent.member, announcement)
        if isinstance(found, Followed) and found.progress.fates:
            await self.show(event, self.desk.screen(found, agent))
            return
        listed = views.listed(
            await self.asked.listed(agent.member), agent.texts, may_announce=True
        )
        await self.show(event, noted(listed, agent.texts("C'est retiré.")))

    async def send_words(
        self, event: CallbackQuery, callback_data: SendWords, agent: StaffActing
    ) -> None:
        announcement = AnnouncementId(callback_data.announcement)
        found = await self.asked.send_words(agent.member, announcement, callback_data.version)
        await self.show(event, self.desk.screen(found, agent))

    async def drop_words(
        self, event: CallbackQuery, callback_data: DropWords, agent: StaffActing
    ) -> None:
        announcement = AnnouncementId(callback_data.announcement)
        found = await self.asked.drop_words(agent.member, announcement)
        await self.show(event, self.desk.screen(found, agent))

    async def follow(
        self, event: CallbackQuery, callback_data: FollowLive, agent: StaffActing
    ) -> None:
        announcement = AnnouncementId(callback_data.announcement)
        found = await self.asked.follow(agent.member, announcement)
        note = agent.texts("L'avancement s'affiche ci-dessous.")
        await self.show(event, noted(self.desk.screen(found, agent), note))

    async def missed(
        self, event: CallbackQuery, callback_data: ShowMissed, agent: StaffActing
    ) -> None:
        announcement, page = AnnouncementId(callback_data.announcement), callback_data.page
        opened = await self.asked.open(agent.member, announcement)
        found, total = await self.asked.missed(
            agent.member, announcement, page, per_page=views.PER_PAGE
        )
        screen = views.missed(opened.composed, found, total, page, agent.texts)
        await self.show(event, screen)
