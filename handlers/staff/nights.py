"""What the nights handed over, and tonight's at once (S7)."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.types import CallbackQuery

from conversations.nights import views
from conversations.nights.routes import AskNight, Nights, RunTheNight
from conversations.screen import Screen, noted
from conversations.staff.home import Area, header
from conversations.words import mark
from domain.reports.errors import NightDone
from domain.staff.errors import NotAllowed
from domain.staff.model import Right
from handlers.show import Show
from handlers.staff.door import Door, StaffActing
from handlers.use_cases.staff import StaffUseCases


@dataclass(frozen=True, slots=True)
class NightHandlers:
    use_cases: StaffUseCases
    show: Show
    door: Door

    @property
    def area(self) -> Area:
        return Area(mark("Transmissions"), Nights(page=1).pack(), Right.READ_TRANSMISSIONS)

    def router(self) -> Router:
        router, needs = Router(name=__name__), self.door.needs
        reads, runs = needs(Right.READ_TRANSMISSIONS), needs(Right.RUN_NIGHT)
        router.callback_query.register(self.past, Nights.filter(), reads)
        router.callback_query.register(self.ask, AskNight.filter(), runs)
        router.callback_query.register(self.run, RunTheNight.filter(), runs)
        return router

    async def past(self, event: CallbackQuery, callback_data: Nights, agent: StaffActing) -> None:
        await self.show(event, await self._past(agent, callback_data.page))

    async def _past(self, agent: StaffActing, page: int) -> Screen:
        view = await self.use_cases.nights.show_nights(agent.member, page)
        above = header(agent.member, agent.town, agent.texts)
        return views.screen(view, above, agent.member, agent.texts)

    async def ask(self, event: CallbackQuery, agent: StaffActing) -> None:
        view = await self.use_cases.nights.show_nights(agent.member, 1)
        if not view.may_run:
            raise NotAllowed
        if view.next_night is None:
            raise NightDone
        await self.show(event, views.ask(view.next_night, view.waiting, agent.texts))

    async def run(
        self, event: CallbackQuery, callback_data: RunTheNight, agent: StaffActing
    ) -> None:
        await self.use_cases.nights.run_night(agent.member, callback_data.night)
        await self.show(event, noted(await self._past(agent, 1), views.done(agent.texts)))
