"""Home, help and privacy; and whatever has no other meaning."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.filters import Command, CommandStart
from aiogram.types import CallbackQuery, Message

from conversations.home import board, views
from conversations.home.routes import (
    Help,
    Home,
    Nothing,
    OpenHome,
)
from conversations.screen import Screen
from conversations.texts import Texts
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
        router.message.register(self.home, CommandStart())
        router.message.register(self.home, Command("accueil"))
        return router

    def open_router(self) -> Router:
        """For anybody."""
        router = Router(name=f"{__name__}.open")
        router.callback_query.register(self.nothing, Nothing.filter())
        router.callback_query.register(self.help, Help.filter())
        router.message.register(self.help, Command("aide", "help"))
        return router

    async def screen(self, acting: Acting) -> Screen:
        view = await self.use_cases.profile.show_home(acting.who)
        return board.screen(view, acting.who, acting.town, acting.texts)

    async def home(self, event: Message | CallbackQuery, acting: Acting) -> None:
        await self.show(event, await self.screen(acting))

    async def open_home(self, event: CallbackQuery, acting: Acting) -> None:
        await self.show.below(event, await self.screen(acting))

    async def nothing(self, event: CallbackQuery) -> None:
        """A blank cell; the answer was given already."""

    async def help(self, event: Message | CallbackQuery, texts: Texts) -> None:
        await self.show(event, views.help_(texts))
