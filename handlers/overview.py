"""The month over all activities and the sheet of one day (B4)."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from conversations.home.views import header
from conversations.overview import tables, views, week
from conversations.overview.routes import (
    DaySheet,
    MarkOnSheet,
    Overview,
    OverviewLegend,
    RepeatWeek,
    Week,
)
from domain.activities.model import ActivityId
from domain.bookings.overview import DaySheetView
from domain.bookings.week import WeekView
from domain.families.model import ChildId
from handlers.acting import Acting, connected
from handlers.hours import About, HoursHandlers
from handlers.show import Show
from handlers.use_cases import UseCases


@dataclass(frozen=True, slots=True)
class OverviewHandlers:
    use_cases: UseCases
    show: Show
    hours: HoursHandlers

    def router(self) -> Router:
        router = Router(name=__name__)
        router.callback_query.filter(connected)
        router.callback_query.register(self.mark, MarkOnSheet.filter())
        router.callback_query.register(self.sheet, DaySheet.filter())
        router.callback_query.register(self.overview, Overview.filter())
        router.callback_query.register(self.legend, OverviewLegend.filter())
        router.callback_query.register(self.week, Week.filter())
        router.callback_query.register(self.repeat, RepeatWeek.filter())
        return router

    async def overview(
        self, event: CallbackQuery, callback_data: Overview, acting: Acting
    ) -> None:
        asked = self.use_cases.overview
        child = ChildId(callback_data.child)
        view = await asked.show_overview(acting.who, child, callback_data.first)
        await self.show(event, views.overview(view, acting.texts))

    async def sheet(self, event: CallbackQuery, callback_data: DaySheet, acting: Acting) -> None:
        asked = self.use_cases.overview
        child = ChildId(callback_data.child)
        view = await asked.show_day_sheet(acting.who, child, callback_data.day)
        await self._show_sheet(event, view, acting)

    async def mark(
        self, event: CallbackQuery, callback_data: MarkOnSheet, acting: Acting, state: FSMContext
    ) -> None:
        view = await self.use_cases.overview.mark_on_sheet(
            acting.who,
            ChildId(callback_data.child),
            ActivityId(callback_data.activity),
            callback_data.day,
            wanted=callback_data.wanted,
        )
        if view.asks_hours is not None:
            about = About(view.child.id, view.asks_hours, view.day, view.day)
            await self.hours.ask(event, about, acting, state)
            return
        await self._show_sheet(event, view, acting)

    async def _show_sheet(self, event: CallbackQuery, view: DaySheetView, acting: Acting) -> None:
        draw = tables.day_sheet if acting.in_tables else views.day_sheet
        await self.show(event, draw(view, acting.texts))

    async def week(self, event: CallbackQuery, callback_data: Week, acting: Acting) -> None:
        view = await self.use_cases.overview.show_week(acting.who, callback_data.day)
        await self._show_week(event, view, acting)

    async def repeat(
        self, event: CallbackQuery, callback_data: RepeatWeek, acting: Acting
    ) -> None:
        view = await self.use_cases.overview.repeat_week(acting.who, callback_data.day)
        await self._show_week(event, view, acting)

    async def _show_week(self, event: CallbackQuery, view: WeekView, acting: Acting) -> None:
        above = header(acting.who, acting.town, acting.texts)
        await self.show(event, week.screen(view, above, acting.texts))

    async def legend(
        self, event: CallbackQuery, callback_data: OverviewLegend, acting: Acting
    ) -> None:
        child = ChildId(callback_data.child)
        await self.show(event, views.legend(child, callback_data.first, acting.texts))
