"""From the recap to the receipt, and what is taken back on the way (B7, B12, B13)."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.types import CallbackQuery

from conversations import words
from conversations.booking import recap, recap_tables, receipt, receipt_tables
from conversations.booking.routes import (
    AskClear,
    Clear,
    Confirm,
    Lines,
    LinkSiblings,
    Recap,
    Undo,
)
from conversations.home.views import headed
from conversations.screen import Screen, noted
from domain.activities.model import ActivityId
from domain.bookings.errors import StaleRecap
from domain.bookings.model import Slot
from domain.bookings.views import RecapView
from domain.families.model import ChildId
from handlers.acting import Acting, connected
from handlers.home import HomeHandlers
from handlers.show import Show
from handlers.use_cases import UseCases


@dataclass(frozen=True, slots=True)
class DraftHandlers:
    use_cases: UseCases
    show: Show
    home: HomeHandlers

    def router(self) -> Router:
        router = Router(name=__name__)
        router.callback_query.filter(connected)
        router.callback_query.register(self.recap, Recap.filter())
        router.callback_query.register(self.link, LinkSiblings.filter())
        router.callback_query.register(self.lines, Lines.filter())
        router.callback_query.register(self.undo, Undo.filter())
        router.callback_query.register(self.ask_clear, AskClear.filter())
        router.callback_query.register(self.clear, Clear.filter())
        router.callback_query.register(self.confirm, Confirm.filter())
        return router

    async def recap(self, event: CallbackQuery, callback_data: Recap, acting: Acting) -> None:
        view = await self.use_cases.show_recap(acting.who)
        await self.show(event, _screen(view, acting, callback_data.page))

    async def link(
        self, event: CallbackQuery, callback_data: LinkSiblings, acting: Acting
    ) -> None:
        await self.use_cases.link_siblings(acting.who, wanted=callback_data.wanted)
        view = await self.use_cases.show_recap(acting.who)
        await self.show(event, _screen(view, acting))

    async def lines(self, event: CallbackQuery, callback_data: Lines, acting: Acting) -> None:
        view = await self.use_cases.show_recap(acting.who)
        await self.show(event, recap.lines(view, acting.texts, callback_data.page))

    async def undo(self, event: CallbackQuery, callback_data: Undo, acting: Acting) -> None:
        child, activity = ChildId(callback_data.child), ActivityId(callback_data.activity)
        await self.use_cases.undo_line(acting.who, Slot(child, activity, callback_data.day))
        view = await self.use_cases.show_recap(acting.who)
        await self.show(event, recap.lines(view, acting.texts, callback_data.page))

    async def ask_clear(self, event: CallbackQuery, acting: Acting) -> None:
        view = await self.use_cases.show_recap(acting.who)
        await self.show(event, recap.ask_clear(view, acting.texts))

    async def clear(self, event: CallbackQuery, acting: Acting) -> None:
        await self.use_cases.clear_draft(acting.who)
        note = acting.texts(
            "Vos demandes sont abandonnées. Vos réservations déjà enregistrées n'ont pas changé."
        )
        await self.show(event, noted(await self.home.screen(acting), note))

    async def confirm(self, event: CallbackQuery, callback_data: Confirm, acting: Acting) -> None:
        asked = callback_data
        try:
            done = await self.use_cases.confirm(acting.who, asked.round, asked.digest)
        except StaleRecap as error:
            view = await self.use_cases.show_recap(acting.who)
            fresh = _screen(view, acting)
            await self.show(event, noted(fresh, words.refusal(error, acting.texts)))
            return
        names = receipt.Names(acting.who.children, acting.catalogue)
        draw = receipt_tables.screen if acting.in_tables else receipt.screen
        await self.show(event, draw(done, names, acting.texts, asked.page))


def _screen(view: RecapView, acting: Acting, page: int = 1) -> Screen:
    draw = recap_tables.screen if acting.in_tables else recap.screen
    screen = draw(view, acting.texts, page)
    return headed(screen, acting.who, acting.town, acting.texts)
