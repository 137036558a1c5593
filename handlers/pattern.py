"""The weekly pattern (B18)."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.types import CallbackQuery

from conversations.pattern import views
from conversations.pattern.routes import FillPattern, NewPattern, ShowPattern, pattern_of
from domain.activities.model import ActivityId
from domain.clock import Clock
from domain.families.model import ChildId
from handlers.acting import Acting, connected
from handlers.show import Show
from handlers.use_cases import UseCases
from handlers.use_cases.pattern import ByPattern


@dataclass(frozen=True, slots=True)
class PatternHandlers:
    use_cases: UseCases
    show: Show
    clock: Clock

    def router(self) -> Router:
        router = Router(name=__name__)
        router.callback_query.filter(connected)
        router.callback_query.register(self.new, NewPattern.filter())
        router.callback_query.register(self.change, ShowPattern.filter())
        router.callback_query.register(self.fill, FillPattern.filter())
        return router

    async def new(self, event: CallbackQuery, callback_data: NewPattern, acting: Acting) -> None:
        child, activity = ChildId(callback_data.child), ActivityId(callback_data.activity)
        pattern = views.new(callback_data.first, acting.town.today(self.clock()))
        view = await self.use_cases.patterns.show_pattern(acting.who, child, activity, pattern)
        await self.show(event, views.screen(view, acting.texts))

    async def change(
        self, event: CallbackQuery, callback_data: ShowPattern, acting: Acting
    ) -> None:
        await self._by(self.use_cases.patterns.show_pattern, event, callback_data, acting)

    async def fill(self, event: CallbackQuery, callback_data: FillPattern, acting: Acting) -> None:
        await self._by(self.use_cases.patterns.fill_pattern, event, callback_data, acting)

    async def _by(
        self,
        work: ByPattern,
        event: CallbackQuery,
        said: ShowPattern | FillPattern,
        acting: Acting,
    ) -> None:
        child, activity = ChildId(said.child), ActivityId(said.activity)
        view = await work(acting.who, child, activity, pattern_of(said))
        await self.show(event, views.screen(view, acting.texts))
