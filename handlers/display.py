"""Back to texts, from a table that a client may not show (decision 9)."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from conversations.booking.routes import Confirm, Recap
from conversations.followup.routes import FollowUp
from conversations.money.routes import Balance, Consumptions, Payments
from conversations.overview.routes import DaySheet
from conversations.profile.routes import ShowSimply
from conversations.routes import Route
from conversations.screen import noted
from domain.errors import NotFound
from domain.families.model import Display
from handlers.acting import Acting, connected
from handlers.draft import DraftHandlers
from handlers.followup import FollowUpHandlers
from handlers.home import HomeHandlers
from handlers.money import MoneyHandlers
from handlers.overview import OverviewHandlers
from handlers.show import Show
from handlers.use_cases import UseCases

Screens = Mapping[type[Route], Callable[[CallbackQuery, Any, Acting], Awaitable[None]]]


def screens_in_tables(
    draft: DraftHandlers,
    follow_up: FollowUpHandlers,
    overview: OverviewHandlers,
    money: MoneyHandlers,
) -> Screens:
    """Every screen that has two displays, by its address."""
    return {
        Recap: draft.recap,
        Confirm: draft.confirm,
        FollowUp: follow_up.list,
        DaySheet: overview.sheet,
        Balance: money.balance,
        Consumptions: money.consumptions,
        Payments: money.paid,
    }


@dataclass(frozen=True, slots=True)
class DisplayHandlers:
    use_cases: UseCases
    show: Show
    home: HomeHandlers
    screens: Screens

    def router(self) -> Router:
        router = Router(name=__name__)
        router.callback_query.filter(connected)
        router.message.filter(connected)
        router.callback_query.register(self.same_screen, ShowSimply.filter())
        router.message.register(self.simple, Command("simple"))
        return router

    async def same_screen(
        self, event: CallbackQuery, callback_data: ShowSimply, acting: Acting
    ) -> None:
        draw, address = self._screen(callback_data.address)
        await draw(event, address, await self._simply(acting))

    def _screen(self, address: str) -> tuple[Callable[..., Awaitable[None]], Route]:
        for route, draw in self.screens.items():
            if address.partition(":")[0] == route.__prefix__:
                try:
                    return draw, route.unpack(address)
                except (TypeError, ValueError) as error:
                    raise NotFound from error
        raise NotFound

    async def simple(self, event: Message, acting: Acting) -> None:
        """For somebody who sees an empty message, and so no button of it either."""
        acting = await self._simply(acting)
        note = acting.texts("Vos écrans sont de nouveau en texte simple.")
        await self.show.below(event, noted(await self.home.screen(acting), note))

    async def _simply(self, acting: Acting) -> Acting:
        await self.use_cases.profile.set_display(acting.who, Display.CLASSIC)
        guardian = replace(acting.who.guardian, display=Display.CLASSIC)
        return replace(acting, who=replace(acting.who, guardian=guardian))
