"""The queue of requests that wait for the town's answer, and each of them (S3)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from conversations.requests import lists, views
from conversations.requests.routes import (
    OneRequest,
    PickActivity,
    Requests,
)
from conversations.routes import Route
from conversations.screen import Screen
from conversations.staff.home import Area
from conversations.words import mark
from domain.bookings.model import BookingId
from domain.requests.model import Pile, Query
from domain.staff.model import Right
from handlers.show import Show
from handlers.staff.areas import Draw
from handlers.staff.door import Door, StaffActing
from handlers.staff.gathered import TICKED, Kept
from handlers.use_cases.desk import StaffRequests


@dataclass(frozen=True, slots=True)
class RequestHandlers:
    use_cases: StaffRequests
    show: Show
    door: Door

    @property
    def area(self) -> Area:
        first, count = Requests.of(Query()), self.use_cases.count
        return Area(mark("Demandes à traiter"), first, Right.READ_REQUESTS, count)

    @property
    def tables(self) -> Mapping[type[Route], Draw]:
        return {Requests: self.redraw}

    def router(self) -> Router:
        router = Router(name=__name__)
        read = self.door.needs(Right.READ_REQUESTS)
        for route, handler in (
            (Requests, self.requests),
            (PickActivity, self.activities),
            (OneRequest, self.one),
        ):
            router.callback_query.register(handler, route.filter(), read)
        return router

    # -- reading ---------------------------------------------------------------------------
    async def requests(
        self,
        event: CallbackQuery,
        callback_data: Requests,
        agent: StaffActing,
        state: FSMContext,
    ) -> None:
        kept = Kept(state, agent.member)
        await state.set_state(None)
        if not callback_data.ticking:
            await kept.keep(**{TICKED: []})
        await self.show(event, await self.listed(callback_data, agent, kept))

    async def redraw(self, event: CallbackQuery, address: Requests, agent: StaffActing) -> None:
        """In the other display; what was ticked is shown again by the next tap."""
        await self.show(event, await self._drawn(address, agent, None))

    async def listed(self, address: Requests, agent: StaffActing, kept: Kept) -> Screen:
        ticking = address.ticking and agent.member.may(Right.DECIDE_REQUESTS)
        ticked = await kept.numbers(TICKED) if ticking else None
        return await self._drawn(address, agent, ticked)

    async def _drawn(
        self, address: Requests, agent: StaffActing, ticked: Collection[BookingId] | None
    ) -> Screen:
        page, piles = await self.use_cases.list_oldest(agent.member, address.query, address.page)
        draw = lists.in_table if agent.member.in_tables else lists.screen
        may = agent.member.may(Right.DECIDE_REQUESTS)
        offer = agent.catalogue.activities
        return draw(page, piles, offer, agent.texts, ticked, may_decide=may)

    async def activities(
        self, event: CallbackQuery, callback_data: PickActivity, agent: StaffActing
    ) -> None:
        pile = Pile.ASIDE if callback_data.aside else Pile.NEW
        _, piles = await self.use_cases.list_oldest(agent.member, Query(pile), 1)
        offer = agent.catalogue.activities
        await self.show(event, lists.activities(pile, piles, offer, agent.texts))

    async def one(
        self, event: CallbackQuery, callback_data: OneRequest, agent: StaffActing
    ) -> None:
        view = await self.use_cases.show(agent.member, BookingId(callback_data.number))
        may = agent.member.may(Right.DECIDE_REQUESTS)
        await self.show(event, views.one(view, agent.texts, may_decide=may))
