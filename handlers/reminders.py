"""The two buttons under a reminder (N3). Nothing is recorded before the recap is confirmed."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.types import CallbackQuery

from conversations.booking import recap
from conversations.home.views import headed, refused
from conversations.reminders import views
from conversations.reminders.routes import BookUsual, NotThisTime
from conversations.screen import noted
from domain.bookings.errors import EmptyDraft
from domain.reminders.model import ReminderId
from handlers.acting import Acting, connected
from handlers.show import Show
from handlers.use_cases import UseCases


@dataclass(frozen=True, slots=True)
class ReminderHandlers:
    use_cases: UseCases
    show: Show

    def router(self) -> Router:
        router = Router(name=__name__)
        router.callback_query.filter(connected)
        router.callback_query.register(self.book, BookUsual.filter())
        router.callback_query.register(self.silence, NotThisTime.filter())
        return router

    async def book(self, event: CallbackQuery, callback_data: BookUsual, acting: Acting) -> None:
        """Below: the reminder stays, and its button with it."""
        asked, t = ReminderId(callback_data.reminder), acting.texts
        note = views.filled(await self.use_cases.reminders.book_as_usual(acting.who, asked), t)
        try:
            view = await self.use_cases.show_recap(acting.who)
        except EmptyDraft:
            await self.show.below(event, refused(note, t))
            return
        screen = headed(recap.screen(view, t), acting.who, acting.town, t)
        await self.show.below(event, noted(screen, note))

    async def silence(
        self, event: CallbackQuery, callback_data: NotThisTime, acting: Acting
    ) -> None:
        asked = ReminderId(callback_data.reminder)
        await self.use_cases.reminders.silence_reminder(acting.who, asked)
        await self.show(event, views.silenced(acting.texts))
