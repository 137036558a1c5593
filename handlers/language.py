"""The choice of a language, also for who is held at a gate."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from conversations.home import views
from conversations.home.routes import Languages, SetLanguage
from domain.errors import NotFound
from handlers.acting import Acting, entered
from handlers.entrance import Entrance
from handlers.show import Show
from handlers.use_cases import UseCases


@dataclass(frozen=True, slots=True)
class LanguageHandlers:
    use_cases: UseCases
    show: Show
    entrance: Entrance

    def router(self) -> Router:
        router = Router(name=__name__)
        router.callback_query.filter(entered)
        router.message.filter(entered)
        router.callback_query.register(self.languages, Languages.filter())
        router.callback_query.register(self.set_language, SetLanguage.filter())
        router.message.register(self.languages, Command("langue"))
        return router

    async def languages(self, event: Message | CallbackQuery, acting: Acting) -> None:
        known = self.entrance.desk.texts.locales
        await self.show(event, views.languages(known, acting.texts))

    async def set_language(
        self, event: CallbackQuery, callback_data: SetLanguage, acting: Acting
    ) -> None:
        language = callback_data.language
        if language not in self.entrance.desk.texts.locales:
            raise NotFound
        await self.use_cases.set_locale(acting.who, language)
        texts = self.entrance.desk.texts(language, acting.town.zone)
        renewed = Acting(acting.who, acting.town, acting.catalogue, texts)
        await self.show(event, await self.entrance.screen(renewed))
