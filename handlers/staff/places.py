"""An activity's days: places, closing, the waitlist (S5)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from conversations.places import queue, views
from conversations.places.routes import (
    AskCapacity,
    AskClosing,
    AskMove,
    CloseTheDay,
    GiveCapacity,
    MoveTo,
    OpenTheDay,
    Places,
    PlacesDay,
    PlacesMonth,
    Queue,
    TryCapacity,
    capacity_of,
)
from conversations.places.states import PlacesSteps
from conversations.screen import Screen, noted
from conversations.staff.home import Area, header
from conversations.words import mark
from domain.activities.model import ActivityId, PoolId
from domain.bookings.model import BookingId
from domain.errors import NotFound
from domain.places import rules
from domain.places.errors import Changed
from domain.places.model import MoveAsked, QueueView, Waiter
from domain.staff.model import Right
from handlers.show import Show
from handlers.staff.door import Door, StaffActing
from handlers.staff.steps import Steps
from handlers.typed_secret import NOT_A_COMMAND
from handlers.use_cases.staff import StaffUseCases


@dataclass(frozen=True, slots=True)
class PlacesHandlers:
    use_cases: StaffUseCases
    show: Show
    door: Door
    steps: Steps

    @property
    def area(self) -> Area:
        return Area(mark("Places et jours"), Places(page=1).pack(), Right.READ_PLACES)

    def router(self) -> Router:
        router, needs = Router(name=__name__), self.door.needs
        for route, right, handler in (
            (Places, Right.READ_PLACES, self.activities),
            (PlacesMonth, Right.READ_PLACES, self.month),
            (PlacesDay, Right.READ_PLACES, self.day),
            (Queue, Right.READ_SHEETS, self.queue),
            (AskCapacity, Right.CHANGE_PLACES, self.ask_capacity),
            (TryCapacity, Right.CHANGE_PLACES, self.try_capacity),
            (GiveCapacity, Right.CHANGE_PLACES, self.give_capacity),
            (AskClosing, Right.CHANGE_PLACES, self.ask_closing),
            (CloseTheDay, Right.CHANGE_PLACES, self.close),
            (OpenTheDay, Right.CHANGE_PLACES, self.reopen),
            (AskMove, Right.REORDER_WAITLIST, self.ask_move),
            (MoveTo, Right.REORDER_WAITLIST, self.ask_reason),
        ):
            router.callback_query.register(handler, route.filter(), needs(right))
        for step, right, typed in (
            (PlacesSteps.capacity, Right.CHANGE_PLACES, self.typed_capacity),
            (PlacesSteps.reason, Right.REORDER_WAITLIST, self.typed_reason),
        ):
            asked = StateFilter(step), F.text, NOT_A_COMMAND
            router.message.register(typed, *asked, needs(right), self.steps.going_on())
        return router

    # -- looking -------------------------------------------------------------------------------
    async def activities(
        self, event: CallbackQuery, callback_data: Places, agent: StaffActing
    ) -> None:
        found = await self.use_cases.places.list_places(agent.member)
        above = header(agent.member, agent.town, agent.texts)
        page = callback_data.page
        await self.show(event, views.activities(found, page, above, agent.texts))

    async def month(
        self, event: CallbackQuery, callback_data: PlacesMonth, agent: StaffActing
    ) -> None:
        activity, first = ActivityId(callback_data.activity), callback_data.first
        view = await self.use_cases.places.show_month(agent.member, activity, first)
        await self.show(event, views.month(view, agent.texts))

    async def day(
        self,
        event: CallbackQuery,
        callback_data: PlacesDay,
        agent: StaffActing,
        state: FSMContext,
    ) -> None:
        await state.clear()  # the way back from what was asked for
        await self.show(event, await self._day(agent, *_there(callback_data)))

    async def _day(self, agent: StaffActing, activity: ActivityId, day: date) -> Screen:
        view = await self.use_cases.places.show_day(agent.member, activity, day)
        return views.day(view, agent.member, agent.texts)

    # -- places --------------------------------------------------------------------------------
    async def ask_capacity(
        self,
        event: CallbackQuery,
        callback_data: AskCapacity,
        agent: StaffActing,
        state: FSMContext,
    ) -> None:
        view = await self.use_cases.places.show_day(agent.member, *_there(callback_data))
        pools = [one for one in view.counts.pools if one.places.pool_id == callback_data.pool]
        if not pools:
            raise NotFound
        kept = callback_data.pack()
        await self.steps.begin(PlacesSteps.capacity, agent, state, asked=kept)
        await self.show(event, views.ask_capacity(view, pools[0], agent.texts))

    async def typed_capacity(
        self, event: Message, agent: StaffActing, about: dict[str, Any], state: FSMContext
    ) -> None:
        asked = AskCapacity.unpack(str(about["asked"]))
        capacity = rules.capacity_of(event.text or "")  # what is no number may be typed again
        await state.clear()
        await self._preview(event, agent, asked, capacity)

    async def try_capacity(
        self,
        event: CallbackQuery,
        callback_data: TryCapacity,
        agent: StaffActing,
        state: FSMContext,
    ) -> None:
        await state.clear()
        await self._preview(event, agent, callback_data, None)

    async def _preview(
        self,
        event: CallbackQuery | Message,
        agent: StaffActing,
        asked: AskCapacity | TryCapacity | GiveCapacity,
        capacity: int | None,
        note: str = "",
    ) -> None:
        found = await self.use_cases.places.preview_capacity(
            agent.member, *_there(asked), PoolId(asked.pool), capacity
        )
        screen = views.preview_capacity(found, agent.texts)
        await self.show(event, noted(screen, note) if note else screen)

    async def give_capacity(
        self, event: CallbackQuery, callback_data: GiveCapacity, agent: StaffActing
    ) -> None:
        there, pool = _there(callback_data), PoolId(callback_data.pool)
        capacity, before = capacity_of(callback_data.capacity), capacity_of(callback_data.before)
        try:
            await self.use_cases.places.set_capacity(
                agent.member, *there, pool, capacity, before=before
            )
        except Changed:
            note = _changed(agent)
            await self._preview(event, agent, callback_data, capacity, note)
            return
        screen = await self._day(agent, *there)
        await self.show(event, noted(screen, views.changed(agent.texts)))

    # -- closing -------------------------------------------------------------------------------
    async def ask_closing(
        self, event: CallbackQuery, callback_data: AskClosing, agent: StaffActing
    ) -> None:
        await self.show(event, await self._closing(agent, *_there(callback_data)))

    async def _closing(self, agent: StaffActing, activity: ActivityId, day: date) -> Screen:
        found = await self.use_cases.places.preview_closing(agent.member, activity, day)
        return views.preview_closing(found, agent.texts)

    async def close(
        self, event: CallbackQuery, callback_data: CloseTheDay, agent: StaffActing
    ) -> None:
        there = _there(callback_data)
        try:
            ended = await self.use_cases.places.close_day(
                agent.member, *there, bookings=callback_data.bookings - 1
            )
        except Changed:
            screen = noted(await self._closing(agent, *there), _changed(agent))
        else:
            note = views.closed(ended, agent.texts)
            screen = noted(await self._day(agent, *there), note)
        await self.show(event, screen)

    async def reopen(
        self, event: CallbackQuery, callback_data: OpenTheDay, agent: StaffActing
    ) -> None:
        there = _there(callback_data)
        await self.use_cases.places.reopen_day(agent.member, *there)
        await self.show(event, noted(await self._day(agent, *there), views.opened(agent.texts)))

    # -- the waitlist --------------------------------------------------------------------------
    async def queue(self, event: CallbackQuery, callback_data: Queue, agent: StaffActing) -> None:
        view = await self.use_cases.places.show_queue(agent.member, *_there(callback_data))
        page = callback_data.page
        await self.show(event, queue.screen(view, page, agent.member, agent.texts))

    async def ask_move(
        self, event: CallbackQuery, callback_data: AskMove, agent: StaffActing
    ) -> None:
        view, who = await self._waiter(agent, callback_data)
        await self.show(event, queue.ask_rank(view, who, agent.texts))

    async def ask_reason(
        self, event: CallbackQuery, callback_data: MoveTo, agent: StaffActing, state: FSMContext
    ) -> None:
        view, who = await self._waiter(agent, callback_data)
        kept = callback_data.pack()
        await self.steps.begin(PlacesSteps.reason, agent, state, asked=kept)
        rank = min(callback_data.rank, len(view.waiters))
        await self.show(event, queue.ask_reason(view, who, rank, agent.texts))

    async def typed_reason(
        self, event: Message, agent: StaffActing, about: dict[str, Any], state: FSMContext
    ) -> None:
        asked = MoveTo.unpack(str(about["asked"]))
        reason = rules.checked_reason(event.text or "")  # too short may be typed again
        await state.clear()
        there, move = _there(asked), MoveAsked(BookingId(asked.booking), asked.rank, reason)
        await self.use_cases.places.move(agent.member, *there, move)
        view = await self.use_cases.places.show_queue(agent.member, *there)
        screen = queue.screen(view, 1, agent.member, agent.texts)
        await self.show(event, noted(screen, queue.moved(agent.texts)))

    async def _waiter(
        self, agent: StaffActing, asked: AskMove | MoveTo
    ) -> tuple[QueueView, Waiter]:
        view = await self.use_cases.places.show_queue(agent.member, *_there(asked))
        for one in view.waiters:
            if one.booking.id == asked.booking:
                return view, one
        raise NotFound


def _there(
    asked: PlacesDay
    | Queue
    | AskCapacity
    | TryCapacity
    | GiveCapacity
    | AskClosing
    | CloseTheDay
    | OpenTheDay
    | AskMove
    | MoveTo,
) -> tuple[ActivityId, date]:
    return ActivityId(asked.activity), asked.day


def _changed(agent: StaffActing) -> str:
    return agent.texts("La situation a changé entre-temps. Voici ce qui se passerait à présent.")
