"""Copying drafted days to another child or another activity (B5)."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.types import CallbackQuery

from conversations.copying import views
from conversations.copying.routes import CopyDays, CopySources, number
from domain.activities.model import ActivityId
from domain.families.model import ChildId
from handlers.acting import Acting, connected
from handlers.show import Show
from handlers.use_cases import UseCases


@dataclass(frozen=True, slots=True)
class CopyHandlers:
    use_cases: UseCases
    show: Show

    def router(self) -> Router:
        router = Router(name=__name__)
        router.callback_query.filter(connected)
        router.callback_query.register(self.sources, CopySources.filter())
        router.callback_query.register(self.copy, CopyDays.filter())
        return router

    async def sources(
        self, event: CallbackQuery, callback_data: CopySources, acting: Acting
    ) -> None:
        child, activity = ChildId(callback_data.child), ActivityId(callback_data.activity)
        view = await self.use_cases.copying.list_sources(
            acting.who, child, activity, callback_data.first
        )
        await self.show(event, views.sources(view, acting.texts))

    async def copy(self, event: CallbackQuery, callback_data: CopyDays, acting: Acting) -> None:
        said = callback_data
        view = await self.use_cases.copying.copy_days(
            acting.who,
            (ChildId(number(said.child)), ActivityId(number(said.activity))),
            (ChildId(number(said.of_child)), ActivityId(number(said.of_activity))),
            said.month,
        )
        await self.show(event, views.done(view, acting.texts))
