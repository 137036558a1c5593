"""The weekly pattern (B18)."""

from dataclasses import dataclass, replace

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from conversations.pattern import views
from conversations.pattern.routes import (
    AskUntil,
    FillPattern,
    NewPattern,
    ShowPattern,
    pattern_of,
)
from conversations.pattern.states import PatternSteps
from conversations.screen import noted
from conversations.typed_days import typed_day
from domain.activities.model import ActivityId
from domain.bookings.pattern import PatternView
from domain.clock import Clock
from domain.families.model import ChildId
from handlers.acting import Acting, connected
from handlers.show import Show
from handlers.steps import Kept, Steps
from handlers.use_cases import UseCases
from handlers.use_cases.pattern import ByPattern


@dataclass(frozen=True, slots=True)
class PatternHandlers:
    use_cases: UseCases
    show: Show
    clock: Clock
    steps: Steps

    def router(self) -> Router:
        router = Router(name=__name__)
        router.callback_query.filter(connected)
        router.message.filter(connected)
        router.callback_query.register(self.new, NewPattern.filter())
        router.callback_query.register(self.change, ShowPattern.filter())
        router.callback_query.register(self.fill, FillPattern.filter())
        router.callback_query.register(self.ask_until, AskUntil.filter())
        self.steps.register(router, PatternSteps.until, self.read_until)
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

    async def ask_until(
        self, event: CallbackQuery, callback_data: AskUntil, acting: Acting, state: FSMContext
    ) -> None:
        view = await self._shown(callback_data, acting)
        asked = callback_data.pack()
        await self.steps.begin(PatternSteps.until, acting.who, state, asked=asked)
        await self.show(event, views.until(view, acting.texts))

    async def read_until(
        self, event: Message, acting: Acting, state: FSMContext, about: Kept
    ) -> None:
        said = AskUntil.unpack(about["asked"])
        view, t = await self._shown(said, acting), acting.texts
        first = view.pattern.first
        day = typed_day(event.text or "", first, t.locale)
        if day is None:
            await self.show(event, noted(views.until(view, t), views.not_a_day(t)))
        elif not first <= day <= first + views.FARTHEST:
            told = views.not_that_day(day, view, t)
            await self.show(event, noted(views.until(view, t), told))
        else:
            await state.clear()
            child, activity = view.child.id, view.activity.id
            pattern = replace(view.pattern, last=day)
            chosen = await self.use_cases.patterns.show_pattern(
                acting.who, child, activity, pattern
            )
            await self.show(event, views.screen(chosen, t))

    async def _shown(self, said: AskUntil, acting: Acting) -> PatternView:
        child, activity = ChildId(said.child), ActivityId(said.activity)
        show = self.use_cases.patterns.show_pattern
        return await show(acting.who, child, activity, pattern_of(said))

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
