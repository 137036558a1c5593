"""Home, language, help and privacy; and whatever has no other meaning."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.filters import Command, CommandStart
from aiogram.types import CallbackQuery, Message

from conversations.home import views
from conversations.home.routes import (
    Help,
    Home,
    Languages,
    Nothing,
    OpenHome,
    Privacy,
    SetLanguage,
)
from conversations.screen import Screen
from conversations.texts import Texts
from domain.bookings.errors import EmptyDraft
from domain.errors import NotFound
from handlers.acting import Acting, Desk, connected
from handlers.show import Show
from handlers.use_cases import UseCases


@dataclass(frozen=True, slots=True)
class HomeHandlers:
    use_cases: UseCases
    show: Show
    desk: Desk

    def router(self) -> Router:
        """For those who are connected."""
        router = Router(name=__name__)
        router.callback_query.filter(connected)
        router.message.filter(connected)
        router.callback_query.register(self.home, Home.filter())
        router.callback_query.register(self.open_home, OpenHome.filter())
        router.callback_query.register(self.languages, Languages.filter())
        router.callback_query.register(self.set_language, SetLanguage.filter())
        router.message.register(self.home, CommandStart())
        router.message.register(self.home, Command("accueil"))
        router.message.register(self.languages, Command("langue"))
        return router

    def open_router(self) -> Router:
        """For anybody."""
        router = Router(name=f"{__name__}.open")
        router.callback_query.register(self.nothing, Nothing.filter())
        router.callback_query.register(self.privacy, Privacy.filter())
        router.callback_query.register(self.help, Help.filter())
        router.message.register(self.privacy, Command("privacy"))
        router.message.register(self.help, Command("aide", "help"))
        return router

    async def screen(self, acting: Acting) -> Screen:
        try:
            recap = await self.use_cases.show_recap(acting.who)
            drafted = len(recap.bookings) + len(recap.cancellations)
        except EmptyDraft:
            drafted = 0
        return views.home(acting.who, acting.town, acting.texts, drafted=drafted)

    async def home(self, event: Message | CallbackQuery, acting: Acting) -> None:
        await self.show(event, await self.screen(acting))

    async def open_home(self, event: CallbackQuery, acting: Acting) -> None:
        await self.show.below(event, await self.screen(acting))

    async def languages(self, event: Message | CallbackQuery, acting: Acting) -> None:
        await self.show(event, views.languages(self.desk.texts.locales, acting.texts))

    async def set_language(
        self, event: CallbackQuery, callback_data: SetLanguage, acting: Acting
    ) -> None:
        language = callback_data.language
        if language not in self.desk.texts.locales:
            raise NotFound
        await self.use_cases.set_locale(acting.who, language)
        texts = self.desk.texts(language, acting.town.zone)
        renewed = Acting(acting.who, acting.town, acting.catalogue, texts)
        await self.show(event, await self.screen(renewed))

    async def nothing(self, event: CallbackQuery) -> None:
        """A blank cell; the answer was given already."""

    async def privacy(self, event: Message | CallbackQuery, texts: Texts) -> None:
        await self.show(event, views.privacy(texts))

    async def help(self, event: Message | CallbackQuery, texts: Texts) -> None:
        await self.show(event, views.help_(texts))
