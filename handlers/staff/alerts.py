"""What waits for the agents: looked at, settled, money given to a family."""

from dataclasses import dataclass
from typing import Any

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from conversations.alerts import views
from conversations.alerts.routes import (
    Alerts,
    AlertSeen,
    AskCredit,
    AskFamily,
    AskGivenBack,
    CreditWallet,
    GivenBack,
    ShowAlert,
)
from conversations.alerts.states import AlertSteps
from conversations.screen import Screen, noted
from conversations.staff.home import Area, header
from conversations.words import mark
from domain.alerts.model import AlertId
from domain.errors import NotFound
from domain.families.model import FamilyId, WalletId
from domain.staff.model import Right
from handlers.show import Show
from handlers.staff.door import Door, StaffActing
from handlers.staff.steps import Steps
from handlers.typed_secret import NOT_A_COMMAND
from handlers.use_cases.staff import StaffUseCases


@dataclass(frozen=True, slots=True)
class AlertDeskHandlers:
    use_cases: StaffUseCases
    show: Show
    door: Door
    steps: Steps

    @property
    def area(self) -> Area:
        count = self.use_cases.alerts.count
        return Area(mark("À voir"), Alerts(page=1).pack(), Right.SETTLE_ALERTS, count)

    def router(self) -> Router:
        router, settles = Router(name=__name__), self.door.needs(Right.SETTLE_ALERTS)
        for route, handler in (
            (Alerts, self.alerts),
            (ShowAlert, self.alert),
            (AlertSeen, self.seen),
            (AskFamily, self.ask_family),
            (AskCredit, self.ask_credit),
            (CreditWallet, self.credit),
            (AskGivenBack, self.ask_given_back),
            (GivenBack, self.given_back),
        ):
            router.callback_query.register(handler, route.filter(), settles)
        typed = StateFilter(AlertSteps.family), F.text, NOT_A_COMMAND
        router.message.register(self.typed, *typed, settles, self.steps.going_on())
        return router

    async def alerts(
        self, event: CallbackQuery, callback_data: Alerts, agent: StaffActing, state: FSMContext
    ) -> None:
        await state.clear()  # the way back from what was asked for
        await self.show(event, await self._alerts(agent, callback_data.page))

    async def _alerts(self, agent: StaffActing, page: int = 1) -> Screen:
        view = await self.use_cases.alerts.list_alerts(agent.member, page)
        above = header(agent.member, agent.town, agent.texts)
        return views.screen(view, above, agent.catalogue, agent.texts)

    async def alert(
        self, event: CallbackQuery, callback_data: ShowAlert, agent: StaffActing, state: FSMContext
    ) -> None:
        view = await self.use_cases.alerts.show_alert(agent.member, AlertId(callback_data.alert))
        await state.clear()
        await self.show(event, views.one(view, agent.catalogue, agent.texts))

    async def seen(
        self, event: CallbackQuery, callback_data: AlertSeen, agent: StaffActing
    ) -> None:
        await self.use_cases.alerts.settle(agent.member, AlertId(callback_data.alert))
        await self.show(event, noted(await self._alerts(agent), views.seen(agent.texts)))

    # -- money to a family ---------------------------------------------------------------------
    async def ask_family(
        self, event: CallbackQuery, callback_data: AskFamily, agent: StaffActing, state: FSMContext
    ) -> None:
        view = await self.use_cases.alerts.show_alert(agent.member, AlertId(callback_data.alert))
        await self.steps.begin(AlertSteps.family, agent, state, alert=callback_data.alert)
        await self.show(event, views.ask_family(view, agent.texts))

    async def typed(self, event: Message, agent: StaffActing, about: dict[str, Any]) -> None:
        """The step goes on: another family may be meant."""
        alert, asked = AlertId(int(about["alert"])), (event.text or "")[:100]
        view = await self.use_cases.alerts.show_alert(agent.member, alert)
        try:
            sheet = await self.use_cases.alerts.find_family(agent.member, alert, asked)
        except NotFound:
            await self.show(event, views.not_found(alert, agent.texts))
            return
        await self.show(event, views.wallets(view, sheet, agent.texts))

    async def ask_credit(
        self, event: CallbackQuery, callback_data: AskCredit, agent: StaffActing, state: FSMContext
    ) -> None:
        said, alert = callback_data, AlertId(callback_data.alert)
        view = await self.use_cases.alerts.show_alert(agent.member, alert)
        sheet, wallet = await self.use_cases.alerts.name_wallet(
            agent.member, alert, FamilyId(said.family), WalletId(said.wallet)
        )
        await state.clear()
        await self.show(event, views.recap(view, sheet, wallet, agent.texts))

    async def credit(
        self, event: CallbackQuery, callback_data: CreditWallet, agent: StaffActing
    ) -> None:
        alert, wallet = AlertId(callback_data.alert), WalletId(callback_data.wallet)
        await self.use_cases.alerts.settle_stray(agent.member, alert, wallet)
        await self.show(event, noted(await self._alerts(agent), views.credited(agent.texts)))

    async def ask_given_back(
        self, event: CallbackQuery, callback_data: AskGivenBack, agent: StaffActing
    ) -> None:
        view = await self.use_cases.alerts.show_alert(agent.member, AlertId(callback_data.alert))
        await self.show(event, views.ask_given_back(view, agent.texts))

    async def given_back(
        self, event: CallbackQuery, callback_data: GivenBack, agent: StaffActing
    ) -> None:
        alert = AlertId(callback_data.alert)
        await self.use_cases.alerts.settle_stray(agent.member, alert, None)
        await self.show(event, noted(await self._alerts(agent), views.seen(agent.texts)))
