"""Announcements read whole, and their files (H1)."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.types import CallbackQuery

from conversations.announcements import views
from conversations.announcements.routes import Announcements, OpenAttachment, ReadAnnouncement
from domain.announcements.model import AnnouncementId
from handlers.acting import Acting, connected
from handlers.show import Show
from handlers.use_cases import UseCases


@dataclass(frozen=True, slots=True)
class AnnouncementHandlers:
    use_cases: UseCases
    show: Show

    def router(self) -> Router:
        router = Router(name=__name__)
        router.callback_query.filter(connected)
        router.callback_query.register(self.list, Announcements.filter())
        router.callback_query.register(self.read, ReadAnnouncement.filter())
        router.callback_query.register(self.open, OpenAttachment.filter())
        return router

    async def list(self, event: CallbackQuery, acting: Acting) -> None:
        told = await self.use_cases.profile.list_announcements(acting.who)
        await self.show(event, views.listed(told, acting.texts))

    async def read(
        self, event: CallbackQuery, callback_data: ReadAnnouncement, acting: Acting
    ) -> None:
        announcement = AnnouncementId(callback_data.announcement)
        told = await self.use_cases.profile.read_announcement(acting.who, announcement)
        await self.show(event, views.whole(told, acting.texts))

    async def open(
        self, event: CallbackQuery, callback_data: OpenAttachment, acting: Acting
    ) -> None:
        """Below: the home screen stays as it is."""
        announcement = AnnouncementId(callback_data.announcement)
        found = await self.use_cases.profile.fetch_attachment(acting.who, announcement)
        if event.message is not None:
            await self.show.wire.send_document(event.message.chat.id, views.document(found))
