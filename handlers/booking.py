"""Booking: one handler an address. Update, use case, view, show: nothing else happens here."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from conversations.booking import choosing, month
from conversations.booking.routes import (
    EVERY_DAY,
    Activities,
    Children,
    Details,
    Legend,
    MarkDay,
    MarkGroup,
    Month,
)
from conversations.documents import views as documents
from conversations.home.views import headed, header
from conversations.screen import Screen
from domain.accounts.model import Debt
from domain.activities.model import ActivityId
from domain.bookings.model import Span
from domain.bookings.pattern import A_WEEK
from domain.bookings.views import MonthView
from domain.clock import Clock
from domain.errors import NotFound
from domain.families.model import ChildId
from handlers.acting import Acting, connected
from handlers.hours import About, HoursHandlers
from handlers.show import Show
from handlers.use_cases import UseCases


@dataclass(frozen=True, slots=True)
class BookingHandlers:
    use_cases: UseCases
    show: Show
    clock: Clock
    hours: HoursHandlers

    def router(self) -> Router:
        router = Router(name=__name__)
        router.callback_query.filter(connected)
        router.message.filter(connected)
        # The most pressed first: filters are tried in order.
        router.callback_query.register(self.mark_day, MarkDay.filter())
        router.callback_query.register(self.mark_group, MarkGroup.filter())
        router.callback_query.register(self.month, Month.filter())
        router.callback_query.register(self.children, Children.filter())
        router.callback_query.register(self.activities, Activities.filter())
        router.callback_query.register(self.legend, Legend.filter())
        router.callback_query.register(self.details, Details.filter())
        router.message.register(self.children, Command("reserver"))
        return router

    async def mark_day(
        self, event: CallbackQuery, callback_data: MarkDay, acting: Acting, state: FSMContext
    ) -> None:
        day = callback_data.day
        view = await self._marked(callback_data, acting, Span(day, day, single=True))
        if view.asks_hours:
            about = About(view.child.id, view.activity.id, day, day)
            await self.hours.ask(event, about, acting, state)
        else:
            await self.show(event, month.screen(view, acting.texts))

    async def mark_group(
        self, event: CallbackQuery, callback_data: MarkGroup, acting: Acting
    ) -> None:
        first, last = callback_data.first, callback_data.last
        if (first.year, first.month) != (last.year, last.month) or last < first:
            raise NotFound
        chosen = callback_data.weekday
        weekday = None if chosen == EVERY_DAY else int(chosen)
        view = await self._marked(callback_data, acting, Span(first, last, weekday))
        await self.show(event, month.screen(view, acting.texts))

    async def _marked(self, asked: MarkDay | MarkGroup, acting: Acting, span: Span) -> MonthView:
        return await self.use_cases.mark_days(
            acting.who,
            ChildId(asked.child),
            ActivityId(asked.activity),
            span,
            wanted=asked.wanted,
        )

    async def month(self, event: CallbackQuery, callback_data: Month, acting: Acting) -> None:
        child, activity = ChildId(callback_data.child), ActivityId(callback_data.activity)
        view = await self.use_cases.show_month(acting.who, child, activity, callback_data.first)
        await self.show(event, month.screen(view, acting.texts))

    async def children(self, event: Message | CallbackQuery, acting: Acting) -> None:
        of = acting.who.children
        if acting.who.debt is not None:
            await self.show(event, self._in_debt(acting.who.debt, acting))
            return
        if len(of) == 1:
            await self.show(event, await self._activities(of[0].id, acting))
            return
        above = header(acting.who, acting.town, acting.texts)
        week = self.clock().astimezone(acting.town.zone).date() + A_WEEK
        await self.show(event, choosing.children(of, week, above, acting.texts))

    async def activities(
        self, event: CallbackQuery, callback_data: Activities, acting: Acting
    ) -> None:
        await self.show(event, await self._activities(ChildId(callback_data.child), acting))

    async def _activities(self, child_id: ChildId, acting: Acting) -> Screen:
        child = acting.who.child(child_id)
        if child is None:
            raise NotFound
        if acting.who.debt is not None:
            return self._in_debt(acting.who.debt, acting)
        if child_id in acting.who.unsigned:
            return documents.sign_first(child, acting.texts)
        choices = await self.use_cases.list_activities(acting.who, child_id)
        alone = len(acting.who.children) == 1
        t = acting.texts
        screen = choosing.activities(child, choices, t, alone=alone)
        return headed(screen, acting.who, acting.town, t)

    def _in_debt(self, debt: Debt, acting: Acting) -> Screen:
        above = header(acting.who, acting.town, acting.texts)
        return choosing.in_debt(debt, above, acting.texts)

    async def legend(self, event: CallbackQuery, callback_data: Legend, acting: Acting) -> None:
        child, activity = ChildId(callback_data.child), ActivityId(callback_data.activity)
        await self.show(event, choosing.legend(child, activity, callback_data.first, acting.texts))

    async def details(self, event: CallbackQuery, callback_data: Details, acting: Acting) -> None:
        child, activity = ChildId(callback_data.child), ActivityId(callback_data.activity)
        view = await self.use_cases.show_details(acting.who, child, activity, callback_data.first)
        await self.show(event, choosing.details(view, acting.texts))
