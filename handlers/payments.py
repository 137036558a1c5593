"""Paying into a wallet: amounts, ways, invoices and pages (M4)."""

from dataclasses import dataclass
from typing import Final

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from conversations import words
from conversations.home.views import header
from conversations.payments import views
from conversations.payments.routes import (
    AskPaid,
    Pay,
    PayAgain,
    PayAmount,
    PayBy,
    PayOther,
    amount_of,
)
from conversations.payments.states import PayingSteps
from conversations.screen import noted
from domain.families.model import WalletId
from domain.payments import rules
from domain.payments.errors import AmountRefused, JustPaid
from domain.payments.model import Order, OrderState, Provider
from handlers.acting import Acting, connected
from handlers.show import Show
from handlers.steps import Kept, Steps
from handlers.use_cases import UseCases

LONGEST: Final = 30  # characters of an amount


@dataclass(frozen=True, slots=True)
class PaymentHandlers:
    use_cases: UseCases
    show: Show
    steps: Steps

    def router(self) -> Router:
        router = Router(name=__name__)
        router.callback_query.filter(connected)
        router.message.filter(connected)
        router.callback_query.register(self.amounts, Pay.filter())
        router.callback_query.register(self.ways, PayAmount.filter())
        router.callback_query.register(self.ask_amount, PayOther.filter())
        router.callback_query.register(self.pay, PayBy.filter())
        router.callback_query.register(self.pay_again, PayAgain.filter())
        router.callback_query.register(self.ask_paid, AskPaid.filter())
        self.steps.register(router, PayingSteps.amount, self.read_amount)
        return router

    # -- how much --------------------------------------------------------------------------
    async def amounts(self, event: CallbackQuery, callback_data: Pay, acting: Acting) -> None:
        wallet = WalletId(callback_data.wallet)
        view = await self.use_cases.payments.show_paying(acting.who, wallet)
        above = header(acting.who, acting.town, acting.texts)
        await self.show(event, views.amounts(view, above, acting.texts))

    async def ask_amount(
        self, event: CallbackQuery, callback_data: PayOther, acting: Acting, state: FSMContext
    ) -> None:
        wallet = WalletId(callback_data.wallet)
        view = await self.use_cases.payments.show_paying(acting.who, wallet)
        await self.steps.begin(PayingSteps.amount, acting.who, state, wallet=wallet)
        await self.show(event, views.ask_amount(view, acting.texts))

    async def read_amount(
        self, event: Message, acting: Acting, state: FSMContext, about: Kept
    ) -> None:
        wallet = WalletId(about["wallet"])
        view = await self.use_cases.payments.show_paying(acting.who, wallet)
        try:
            amount = rules.read_amount((event.text or "")[:LONGEST])
        except AmountRefused as error:
            again = views.ask_amount(view, acting.texts)
            await self.show(event, noted(again, words.refusal(error, acting.texts)))
            return
        await state.clear()
        await self.show(event, views.ways(view, amount, acting.texts))

    # -- which way -------------------------------------------------------------------------
    async def ways(self, event: CallbackQuery, callback_data: PayAmount, acting: Acting) -> None:
        wallet, amount = WalletId(callback_data.wallet), amount_of(callback_data)
        view = await self.use_cases.payments.show_paying(acting.who, wallet)
        await self.show(event, views.ways(view, rules.check_amount(amount), acting.texts))

    async def pay(self, event: CallbackQuery, callback_data: PayBy, acting: Acting) -> None:
        try:
            await self._pay(event, callback_data, acting, again=False)
        except JustPaid as error:
            said = words.refusal(error, acting.texts)
            await self.show(event, views.just_paid(said, callback_data, acting.texts))

    async def pay_again(
        self, event: CallbackQuery, callback_data: PayAgain, acting: Acting
    ) -> None:
        await self._pay(event, callback_data, acting, again=True)

    async def _pay(
        self, event: CallbackQuery, asked: PayBy, acting: Acting, *, again: bool
    ) -> None:
        wallet, amount, paying = WalletId(asked.wallet), amount_of(asked), self.use_cases.payments
        order = await paying.open_order(acting.who, wallet, amount, asked.provider, again=again)
        is_open, is_invoice = order.state is OrderState.OPEN, order.provider is Provider.TELEGRAM
        has_page = is_open and not is_invoice
        url = await paying.begin_paying(order) if has_page else None
        await self._offer(event, order, acting, url)
        if is_open and is_invoice:
            await self._send_invoice(event, order, acting)

    async def _offer(
        self, event: CallbackQuery, order: Order, acting: Acting, url: str | None = None
    ) -> None:
        """The message is kept with its order: whoever credits that one has it redrawn. Paid
        before it was kept, it is redrawn here.
        """
        message = await self.show(event, views.order(order, acting.texts, url))
        if message is None or order.state is not OrderState.OPEN:
            return
        user = event.from_user.id
        stands = await self.use_cases.payments.keep_shown(order, user, message)
        if stands.state is not OrderState.OPEN:
            await self.show.wire.edit(user, message, views.order(stands, acting.texts))

    async def _send_invoice(self, event: CallbackQuery, order: Order, acting: Acting) -> None:
        """Telegram's own buttons under the invoice; above it, how it stands."""
        view = await self.use_cases.payments.show_paying(acting.who, order.wallet_id)
        invoice = views.invoice(order, view.wallet.name, acting.town.name, acting.texts)
        await self.show.wire.send_invoice(event.from_user.id, invoice)

    # -- and then ---------------------------------------------------------------------------
    async def ask_paid(self, event: CallbackQuery, callback_data: AskPaid, acting: Acting) -> None:
        order = await self.use_cases.payments.ask_order(acting.who, callback_data.reference)
        await self.show(event, views.order(order, acting.texts))
