"""The follow-up list, cancelling from it, and answering an offered place (F2, B15, B16)."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from conversations.followup import answers, filters, tables, views
from conversations.followup.routes import Answer, AskCancel, Cancel, FollowUp, Leave, OpenFollowUp
from conversations.home.views import header
from conversations.screen import Screen, noted
from domain.activities.model import Activity
from domain.bookings.errors import NotCancellable
from domain.bookings.model import Booking, BookingId
from domain.errors import NotFound
from domain.families.model import Child
from handlers.acting import Acting, connected
from handlers.show import Show
from handlers.use_cases import UseCases


@dataclass(frozen=True, slots=True)
class FollowUpHandlers:
    use_cases: UseCases
    show: Show

    def router(self) -> Router:
        router = Router(name=__name__)
        router.callback_query.filter(connected)
        router.message.filter(connected)
        router.callback_query.register(self.list, FollowUp.filter())
        router.callback_query.register(self.open, OpenFollowUp.filter())
        router.callback_query.register(self.ask_cancel, AskCancel.filter())
        router.callback_query.register(self.cancel, Cancel.filter())
        router.callback_query.register(self.answer, Answer.filter())
        router.callback_query.register(self.leave, Leave.filter())
        router.message.register(self.open, Command("suivi"))
        return router

    async def list(self, event: CallbackQuery, callback_data: FollowUp, acting: Acting) -> None:
        await self.show(event, await self.screen(acting, callback_data.page))

    async def open(self, event: Message | CallbackQuery, acting: Acting) -> None:
        await self.show.below(event, await self.screen(acting, 1))

    async def ask_cancel(
        self, event: CallbackQuery, callback_data: AskCancel, acting: Acting
    ) -> None:
        view = await self.use_cases.show_follow_up(acting.who, callback_data.page)
        line = next((x for x in view.lines if x.booking.id == callback_data.booking), None)
        if line is None:
            raise NotFound
        if not line.can_cancel:
            raise NotCancellable(limit=line.cancel_limit)
        await self.show(event, answers.ask_cancel(line, callback_data.page, acting.texts))

    async def cancel(self, event: CallbackQuery, callback_data: Cancel, acting: Acting) -> None:
        booking_id = BookingId(callback_data.booking)
        booking = await self.use_cases.cancel_booking(acting.who, booking_id)
        child, activity = _about(booking, acting)
        note = answers.cancelled(child, activity, booking.slot.day, acting.texts)
        await self.show(event, noted(await self.screen(acting, callback_data.page), note))

    async def answer(self, event: CallbackQuery, callback_data: Answer, acting: Acting) -> None:
        booking_id = BookingId(callback_data.booking)
        booking = await self.use_cases.answer_offer(
            acting.who, booking_id, accept=callback_data.accept
        )
        child, activity = _about(booking, acting)
        await self.show(event, answers.answered(booking, child, activity, acting.texts))

    async def leave(self, event: CallbackQuery, callback_data: Leave, acting: Acting) -> None:
        booking_id = BookingId(callback_data.booking)
        booking = await self.use_cases.leave_queue(acting.who, booking_id)
        child, activity = _about(booking, acting)
        await self.show(event, answers.left(child, activity, booking.slot.day, acting.texts))

    async def screen(self, acting: Acting, page: int) -> Screen:
        view = await self.use_cases.show_follow_up(acting.who, page)
        above = header(acting.who, acting.town, acting.texts)
        here = tuple(acting.catalogue.activities.values())
        told = filters.told(view.filters, acting.who.children, here, acting.texts)
        draw = tables.screen if acting.in_tables else views.screen
        return draw(view, above, told, acting.texts)


def _about(booking: Booking, acting: Acting) -> tuple[Child, Activity]:
    child = acting.who.child(booking.slot.child_id)
    activity = acting.catalogue.activities.get(booking.slot.activity_id)
    if child is None or activity is None:
        raise NotFound
    return child, activity
