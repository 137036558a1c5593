"""Choosing hours: pressed or typed, for all days or for one (B6)."""

from dataclasses import dataclass
from datetime import date, time
from typing import Final

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from conversations import words
from conversations.booking import month
from conversations.hours import views
from conversations.hours.routes import HoursMenu, PickArrival, PickDeparture, SetHours
from conversations.hours.states import HoursSteps
from conversations.screen import Screen, noted
from domain.activities.hours import typed
from domain.activities.model import ActivityId
from domain.bookings.errors import HoursNotAllowed
from domain.bookings.hours import HoursView
from domain.families.model import ChildId
from handlers.acting import Acting, connected
from handlers.show import Show
from handlers.steps import Kept, Steps
from handlers.use_cases import UseCases

LONGEST: Final = 40  # characters of what is typed


@dataclass(frozen=True, slots=True)
class About:
    """Whose hours, of what; ``day`` None: for all days. ``back``: of the month to go back to."""

    child: ChildId
    activity: ActivityId
    day: date | None
    back: date


@dataclass(frozen=True, slots=True)
class HoursHandlers:
    use_cases: UseCases
    show: Show
    steps: Steps

    def router(self) -> Router:
        router = Router(name=__name__)
        router.callback_query.filter(connected)
        router.message.filter(connected)
        router.callback_query.register(self.menu, HoursMenu.filter())
        router.callback_query.register(self.arrival, PickArrival.filter())
        router.callback_query.register(self.departure, PickDeparture.filter())
        router.callback_query.register(self.set, SetHours.filter())
        self.steps.register(router, HoursSteps, self.read)
        return router

    # -- pressed ---------------------------------------------------------------------------
    async def menu(self, event: CallbackQuery, callback_data: HoursMenu, acting: Acting) -> None:
        child, activity = ChildId(callback_data.child), ActivityId(callback_data.activity)
        view = await self.use_cases.show_month(acting.who, child, activity, callback_data.first)
        await self.show(event, views.menu(view, acting.texts))

    async def arrival(
        self, event: CallbackQuery, callback_data: PickArrival, acting: Acting, state: FSMContext
    ) -> None:
        await self.ask(event, _about(callback_data), acting, state, callback_data.hour)

    async def ask(
        self,
        event: Message | CallbackQuery,
        about: About,
        acting: Acting,
        state: FSMContext,
        hour: int | None = None,
    ) -> None:
        """The first question: when the child comes, or leaves where the arrival is not chosen."""
        view = await self._view(about, acting)
        await self.show(event, await self._first(view, about, acting, state, hour))

    async def departure(
        self, event: CallbackQuery, callback_data: PickDeparture, acting: Acting, state: FSMContext
    ) -> None:
        about, come = _about(callback_data), callback_data.arrival
        view = await self._view(about, acting)
        await self._wait(state, about, acting, come)
        screen = views.departure(view, about.back, come, callback_data.hour, acting.texts)
        await self.show(event, screen)

    async def set(
        self, event: CallbackQuery, callback_data: SetHours, acting: Acting, state: FSMContext
    ) -> None:
        hours = callback_data.arrival, callback_data.departure
        await self._set(event, _about(callback_data), hours, acting, state)

    # -- typed -----------------------------------------------------------------------------
    async def read(self, event: Message, acting: Acting, state: FSMContext, about: Kept) -> None:
        whose, come = _kept(about)
        found = typed((event.text or "")[:LONGEST])
        view = await self._view(whose, acting)
        match found, come:
            case (leave,), time() as arrival:
                await self._try(event, view, whose, (arrival, leave), acting, state)
            case (arrival,), None:
                await self._came(event, view, whose, arrival, acting, state)
            case (arrival, leave), _:
                await self._try(event, view, whose, (arrival, leave), acting, state)
            case _:
                again = await self._again(view, whose, come, acting, state)
                await self.show(event, noted(again, views.not_an_hour(acting.texts)))

    async def _came(
        self,
        event: Message,
        view: HoursView,
        about: About,
        arrival: time,
        acting: Acting,
        state: FSMContext,
    ) -> None:
        if arrival not in view.arrivals:
            again = await self._again(view, about, None, acting, state)
            await self.show(event, noted(again, views.not_possible(arrival, acting.texts)))
            return
        leaves = view.departures(arrival)
        if len(leaves) == 1:
            await self._set(event, about, (arrival, leaves[0]), acting, state)
            return
        await self._wait(state, about, acting, arrival)
        screen = views.departure(view, about.back, arrival, None, acting.texts)
        await self.show(event, screen)

    async def _try(
        self,
        event: Message,
        view: HoursView,
        about: About,
        hours: tuple[time, time],
        acting: Acting,
        state: FSMContext,
    ) -> None:
        try:
            await self._set(event, about, hours, acting, state)
        except HoursNotAllowed as error:
            has_choice = hours[0] in view.arrivals and len(view.departures(hours[0])) > 1
            come = hours[0] if has_choice else None
            again = await self._again(view, about, come, acting, state)
            await self.show(event, noted(again, words.refusal(error, acting.texts)))

    # -- parts -----------------------------------------------------------------------------
    async def _set(
        self,
        event: Message | CallbackQuery,
        about: About,
        hours: tuple[time, time],
        acting: Acting,
        state: FSMContext,
    ) -> None:
        who = acting.who
        await self.use_cases.hours.set_hours(who, about.child, about.activity, about.day, hours)
        await state.clear()
        view = await self.use_cases.show_month(who, about.child, about.activity, about.back)
        await self.show(event, month.screen(view, acting.texts))

    async def _again(
        self,
        view: HoursView,
        about: About,
        come: time | None,
        acting: Acting,
        state: FSMContext,
    ) -> Screen:
        if come is None:
            return await self._first(view, about, acting, state)
        await self._wait(state, about, acting, come)
        return views.departure(view, about.back, come, None, acting.texts)

    async def _first(
        self,
        view: HoursView,
        about: About,
        acting: Acting,
        state: FSMContext,
        hour: int | None = None,
    ) -> Screen:
        arrivals = view.arrivals
        if len(arrivals) == 1:
            await self._wait(state, about, acting, arrivals[0])
            return views.departure(view, about.back, arrivals[0], hour, acting.texts)
        await self._wait(state, about, acting, None)
        return views.arrival(view, about.back, hour, acting.texts)

    async def _view(self, about: About, acting: Acting) -> HoursView:
        asked = self.use_cases.hours
        return await asked.show_hours(acting.who, about.child, about.activity, about.day)

    async def _wait(
        self, state: FSMContext, about: About, acting: Acting, come: time | None
    ) -> None:
        await self.steps.begin(
            HoursSteps.arrival if come is None else HoursSteps.departure,
            acting.who,
            state,
            child=about.child,
            activity=about.activity,
            day=about.day and about.day.isoformat(),
            back=about.back.isoformat(),
            arrival=come and come.isoformat(),
        )


def _about(said: PickArrival | PickDeparture | SetHours) -> About:
    day = None if said.every else said.day
    return About(ChildId(said.child), ActivityId(said.activity), day, said.day)


def _kept(data: Kept) -> tuple[About, time | None]:
    """And when the child comes, where that is known."""
    day, arrival = data["day"], data["arrival"]
    about = About(
        ChildId(data["child"]),
        ActivityId(data["activity"]),
        day and date.fromisoformat(day),
        date.fromisoformat(data["back"]),
    )
    return about, arrival and time.fromisoformat(arrival)
