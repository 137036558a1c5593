"""Balance, consumptions and payments (M1-M3)."""

from dataclasses import dataclass, replace
from typing import Final

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from conversations.home.views import header
from conversations.money import balance, exports, histories
from conversations.money.routes import (
    AskBalanceUntil,
    Balance,
    ChooseConsumed,
    Consumptions,
    Explain,
    ExportConsumed,
    ExportPaid,
    OpenBalance,
    Payments,
    ThisMonth,
    wanted_of,
)
from conversations.money.states import MoneySteps
from conversations.screen import Document, Screen, noted
from conversations.tables import Format, Table, printed
from conversations.typed_days import typed_day
from domain.clock import Clock
from domain.money.model import Asked, ConsumptionsView, Wanted
from handlers.acting import Acting, connected
from handlers.followup_filters import activities_of
from handlers.show import Show
from handlers.steps import Kept, Steps
from handlers.use_cases import UseCases

LONGEST: Final = 60  # characters of what is looked for
WHOLE_MONTH: Final = 10_000


@dataclass(frozen=True, slots=True)
class MoneyHandlers:
    use_cases: UseCases
    show: Show
    clock: Clock
    steps: Steps

    def router(self) -> Router:
        router = Router(name=__name__)
        router.callback_query.filter(connected)
        router.message.filter(connected)
        router.callback_query.register(self.balance, Balance.filter())
        router.callback_query.register(self.open_balance, OpenBalance.filter())
        router.callback_query.register(self.ask_until, AskBalanceUntil.filter())
        router.callback_query.register(self.explain, Explain.filter())
        router.callback_query.register(self.consumptions, Consumptions.filter())
        router.callback_query.register(self.this_month, ThisMonth.filter())
        router.callback_query.register(self.choose, ChooseConsumed.filter())
        router.callback_query.register(self.export_consumed, ExportConsumed.filter())
        router.callback_query.register(self.payments, Payments.filter())
        router.callback_query.register(self.export_paid, ExportPaid.filter())
        router.message.register(self.open_balance, Command("solde"))
        self.steps.register(router, MoneySteps.words, self.look_for)
        self.steps.register(router, MoneySteps.until, self.read_until)
        return router

    # -- balance ---------------------------------------------------------------------------
    async def balance(self, event: CallbackQuery, callback_data: Balance, acting: Acting) -> None:
        asked = Asked(callback_data.until, callback_data.pending)
        await self.show(event, await self._balance(asked, acting))

    async def open_balance(self, event: Message | CallbackQuery, acting: Acting) -> None:
        await self.show.below(event, await self._balance(Asked(), acting))

    async def _balance(self, asked: Asked, acting: Acting) -> Screen:
        view = await self.use_cases.money.show_balance(acting.who, asked)
        draw = balance.in_table if acting.in_tables else balance.screen
        above = header(acting.who, acting.town, acting.texts)
        return draw(view, above, acting.texts, may_pay=bool(self.use_cases.payments.providers))

    async def ask_until(
        self,
        event: CallbackQuery,
        callback_data: AskBalanceUntil,
        acting: Acting,
        state: FSMContext,
    ) -> None:
        asked = Asked(callback_data.until, callback_data.pending)
        shown = callback_data.pack()
        await self.steps.begin(MoneySteps.until, acting.who, state, shown=shown)
        await self.show(event, self._which_day(asked, acting))

    async def read_until(
        self, event: Message, acting: Acting, state: FSMContext, about: Kept
    ) -> None:
        kept = AskBalanceUntil.unpack(about["shown"])
        today = acting.town.today(self.clock())
        day = typed_day(event.text or "", today, acting.texts.locale)
        if day is None or not today <= day <= balance.farthest(today):
            again = self._which_day(Asked(kept.until, kept.pending), acting)
            await self.show(event, noted(again, balance.not_that_day(acting.texts)))
            return
        await state.clear()
        await self.show.below(event, await self._balance(Asked(day, kept.pending), acting))

    def _which_day(self, asked: Asked, acting: Acting) -> Screen:
        return balance.ask_until(
            asked, balance.farthest(acting.town.today(self.clock())), acting.texts
        )

    async def explain(self, event: CallbackQuery, callback_data: Explain, acting: Acting) -> None:
        asked = Asked(callback_data.until, callback_data.pending)
        page = callback_data.page
        view = await self.use_cases.money.explain_estimate(acting.who, asked, page)
        await self.show(event, balance.explained(view, acting.texts))

    # -- consumptions ----------------------------------------------------------------------
    async def this_month(self, event: CallbackQuery, acting: Acting) -> None:
        view = await self.use_cases.money.show_consumptions(acting.who, None)
        await self.show(event, self._consumptions(view, acting))

    async def consumptions(
        self, event: CallbackQuery, callback_data: Consumptions, acting: Acting
    ) -> None:
        wanted, page = wanted_of(callback_data), callback_data.page
        view = await self.use_cases.money.show_consumptions(acting.who, wanted, page)
        await self.show(event, self._consumptions(view, acting))

    def _consumptions(self, view: ConsumptionsView, acting: Acting) -> Screen:
        t, above = acting.texts, header(acting.who, acting.town, acting.texts)
        told = self._told(view.wanted, acting)
        draw = histories.consumptions_in_table if acting.in_tables else histories.consumptions
        return draw(view, above, told, t)

    def _told(self, wanted: Wanted, acting: Acting) -> str:
        here = activities_of(acting)
        return histories.told(wanted, acting.who.children, here, acting.texts)

    async def choose(
        self,
        event: CallbackQuery,
        callback_data: ChooseConsumed,
        acting: Acting,
        state: FSMContext,
    ) -> None:
        wanted = wanted_of(callback_data)
        shown = Consumptions.of(wanted)
        await self.steps.begin(MoneySteps.words, acting.who, state, shown=shown)
        here = activities_of(acting)
        await self.show(event, histories.choose(wanted, acting.who.children, here, acting.texts))

    async def look_for(self, event: Message, acting: Acting, about: Kept) -> None:
        wanted = wanted_of(Consumptions.unpack(about["shown"]))
        wanted = replace(wanted, words=(event.text or "")[:LONGEST])
        view = await self.use_cases.money.show_consumptions(acting.who, wanted)
        await self.show.below(event, self._consumptions(view, acting))

    # -- payments --------------------------------------------------------------------------
    async def paid(self, event: CallbackQuery, _: Payments, acting: Acting) -> None:
        """As the way from one display to the other asks for it."""
        await self.payments(event, acting)

    async def payments(self, event: CallbackQuery, acting: Acting) -> None:
        view = await self.use_cases.money.show_payments(acting.who)
        draw = histories.payments_in_table if acting.in_tables else histories.payments
        above = header(acting.who, acting.town, acting.texts)
        await self.show(event, draw(view, above, acting.texts))

    # -- files -----------------------------------------------------------------------------
    async def export_consumed(
        self, event: CallbackQuery, callback_data: ExportConsumed, acting: Acting
    ) -> None:
        wanted, now = wanted_of(callback_data), self.clock()
        view = await self.use_cases.money.show_consumptions(acting.who, wanted, 1, WHOLE_MONTH)
        told, who, t = self._told(wanted, acting), acting.who.guardian, acting.texts
        table = exports.consumptions(view, who, acting.town, told, now, t)
        await self._send(event, table, callback_data.format, acting)

    async def export_paid(
        self, event: CallbackQuery, callback_data: ExportPaid, acting: Acting
    ) -> None:
        view = await self.use_cases.money.show_payments(acting.who)
        who, town, t = acting.who.guardian, acting.town, acting.texts
        table = exports.payments(view, who, town, self.clock(), t)
        await self._send(event, table, callback_data.format, acting)

    async def _send(self, event: CallbackQuery, table: Table, as_: Format, acting: Acting) -> None:
        if as_ is Format.PDF:
            paper = printed(table, acting.texts)
            content = await self.use_cases.documents.print_paper(paper)
        else:
            content = await self.use_cases.following.write_table(table, as_)
        document = Document(f"{table.file_name}.{as_}", content, table.title)
        await self.show.wire.send_document(event.from_user.id, document)
