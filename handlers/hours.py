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
class Asking:
    """One update: who asks, about what, and where the next step is kept."""

    event: Message | CallbackQuery
    acting: Acting
    state: FSMContext
    about: About


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
        asking = Asking(event, acting, state, about)
        view = await self._view(asking)
        await self.show(event, await self._first(asking, view, hour))

    async def departure(
        self, event: CallbackQuery, callback_data: PickDeparture, acting: Acting, state: FSMContext
    ) -> None:
        asking = Asking(event, acting, state, _about(callback_data))
        view, come = await self._view(asking), callback_data.arrival
        await self.show(event, await self._next(asking, view, come, callback_data.hour))

    async def set(
        self, event: CallbackQuery, callback_data: SetHours, acting: Acting, state: FSMContext
    ) -> None:
        hours = callback_data.arrival, callback_data.departure
        await self._set(Asking(event, acting, state, _about(callback_data)), hours)

    # -- typed -----------------------------------------------------------------------------
    async def read(self, event: Message, acting: Acting, state: FSMContext, about: Kept) -> None:
        whose, come = _kept(about)
        asking = Asking(event, acting, state, whose)
        found = typed((event.text or "")[:LONGEST])
        view = await self._view(asking)
        match found, come:
            case (leave,), time() as arrival:
                await self._try(asking, view, (arrival, leave))
            case (arrival,), None:
                await self._came(asking, view, arrival)
            case (arrival, leave), _:
                await self._try(asking, view, (arrival, leave))
            case _:
                await self._again(asking, view, come, views.not_an_hour(acting.texts))

    async def _came(self, asking: Asking, view: HoursView, arrival: time) -> None:
        if arrival not in view.arrivals:
            note = views.not_possible(arrival, asking.acting.texts)
            await self._again(asking, view, None, note)
            return
        leaves = view.departures(arrival)
        if len(leaves) == 1:
            await self._set(asking, (arrival, leaves[0]))
            return
        await self.show(asking.event, await self._next(asking, view, arrival))

    async def _try(self, asking: Asking, view: HoursView, hours: tuple[time, time]) -> None:
        try:
            await self._set(asking, hours)
        except HoursNotAllowed as error:
            has_choice = hours[0] in view.arrivals and len(view.departures(hours[0])) > 1
            note = words.refusal(error, asking.acting.texts)
            await self._again(asking, view, hours[0] if has_choice else None, note)

    # -- parts -----------------------------------------------------------------------------
    async def _set(self, asking: Asking, hours: tuple[time, time]) -> None:
        acting, about = asking.acting, asking.about
        who, whose = acting.who, (about.child, about.activity)
        await self.use_cases.hours.set_hours(who, *whose, about.day, hours)
        await asking.state.clear()
        view = await self.use_cases.show_month(who, *whose, about.back)
        await self.show(asking.event, month.screen(view, acting.texts))

    async def _again(self, asking: Asking, view: HoursView, come: time | None, note: str) -> None:
        """The same question under a note; ``come``: known already."""
        if come is None:
            screen = await self._first(asking, view)
        else:
            screen = await self._next(asking, view, come)
        await self.show(asking.event, noted(screen, note))

    async def _first(self, asking: Asking, view: HoursView, hour: int | None = None) -> Screen:
        if len(view.arrivals) == 1:
            return await self._next(asking, view, view.arrivals[0], hour)
        await self._wait(asking, None)
        return views.arrival(view, asking.about.back, hour, asking.acting.texts)

    async def _next(
        self, asking: Asking, view: HoursView, come: time, hour: int | None = None
    ) -> Screen:
        await self._wait(asking, come)
        return views.departure(view, asking.about.back, come, hour, asking.acting.texts)

    async def _view(self, asking: Asking) -> HoursView:
        about, asked = asking.about, self.use_cases.hours
        return await asked.show_hours(asking.acting.who, about.child, about.activity, about.day)

    async def _wait(self, asking: Asking, come: time | None) -> None:
        about = asking.about
        await self.steps.begin(
            HoursSteps.arrival if come is None else HoursSteps.departure,
            asking.acting.who,
            asking.state,
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
