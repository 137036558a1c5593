"""Choosing one's own password: at the first connection (A4), or from the profile (H3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message, TelegramObject

from conversations import words
from conversations.first_connection import views
from conversations.first_connection.routes import AnotherPassword, ChangePassword, KeepPassword
from conversations.first_connection.states import Steps
from conversations.first_connection.views import Why
from conversations.screen import Screen, noted
from domain.accounts.errors import ChoiceDiffers, ChoiceGone, TooManyAttempts, WrongPassword
from domain.accounts.model import Gate
from domain.clock import Clock
from handlers.acting import Acting, connected
from handlers.entrance import Entrance
from handlers.show import Show
from handlers.typed_secret import NOT_A_COMMAND, read_secret
from handlers.use_cases import UseCases

SINCE: Final = "since"  # in the state's data: when this step was reached
STEP_FOR: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class FirstConnectionHandlers:
    use_cases: UseCases
    show: Show
    entrance: Entrance
    clock: Clock

    def gate_router(self) -> Router:
        """For who is held by a temporary password: whatever they type is a new one."""
        router = Router(name=f"{__name__}.gate")
        for observer in (router.callback_query, router.message, router.edited_message):
            observer.filter(_held)
        router.callback_query.register(self.another, AnotherPassword.filter())
        router.message.register(self.again, StateFilter(Steps.again), NOT_A_COMMAND)
        router.message.register(self.new, NOT_A_COMMAND)
        router.edited_message.register(self.again, StateFilter(Steps.again))
        router.edited_message.register(self.new)
        return router

    def router(self) -> Router:
        """For who changes theirs."""
        router = Router(name=__name__)
        for observer in (router.callback_query, router.message, router.edited_message):
            observer.filter(connected)
        router.callback_query.register(self.change, ChangePassword.filter())
        router.callback_query.register(self.another, AnotherPassword.filter())
        router.callback_query.register(self.keep, KeepPassword.filter())
        steps = {Steps.old: self.old, Steps.new: self.new, Steps.again: self.again}
        for step, handler in steps.items():
            router.message.register(handler, StateFilter(step), NOT_A_COMMAND)
            router.edited_message.register(handler, StateFilter(step))
        return router

    async def screen(self, acting: Acting) -> Screen:
        """The gate."""
        return views.ask_new(Why.FIRST, acting.texts)

    # -- buttons ---------------------------------------------------------------------------
    async def change(self, event: CallbackQuery, acting: Acting, state: FSMContext) -> None:
        await self._reach(Steps.old, state)
        await self.show(event, views.ask_old(acting.texts))

    async def another(self, event: CallbackQuery, acting: Acting, state: FSMContext) -> None:
        if not await self._may(acting, state, Steps.new, Steps.again):
            await self.change(event, acting, state)
            return
        await self._reach(Steps.new, state)
        await self.show(event, views.ask_new(_why(acting), acting.texts))

    async def keep(self, event: CallbackQuery, acting: Acting, state: FSMContext) -> None:
        await state.clear()
        await self.show(event, await self.entrance.screen(acting))

    # -- what is typed ---------------------------------------------------------------------
    async def old(self, event: Message, acting: Acting, state: FSMContext) -> None:
        t = acting.texts
        typed = await read_secret(event, self.show, t)
        if typed.text is None or not await self._may(acting, state, Steps.old):
            await self._ask_old(event, acting, state, typed.note)
            return
        try:
            await self.use_cases.access.check_password(acting.who, typed.text, event.chat.id)
        except (WrongPassword, TooManyAttempts) as error:
            await self._ask_old(event, acting, state, f"{words.refusal(error, t)} {typed.note}")
            return
        await self._reach(Steps.new, state)
        await self.show(event, noted(views.ask_new(Why.CHANGE, t), typed.note))

    async def new(self, event: Message, acting: Acting, state: FSMContext) -> None:
        t, why = acting.texts, _why(acting)
        typed = await read_secret(event, self.show, t)
        if not await self._may(acting, state, Steps.new):
            await self._ask_old(event, acting, state, typed.note)
            return
        screen = views.ask_new(why, t)
        if typed.text is not None:
            judgement = await self.use_cases.access.choose_password(acting.who, typed.text)
            screen = views.judged(judgement, why, t)
            if judgement.passed:
                await self._reach(Steps.again, state)
                screen = views.ask_again(why, t)
        await self.show(event, noted(screen, typed.note))

    async def again(self, event: Message, acting: Acting, state: FSMContext) -> None:
        t, why = acting.texts, _why(acting)
        typed = await read_secret(event, self.show, t)
        if not await self._may(acting, state, Steps.again):
            await self._ask_old(event, acting, state, typed.note)
        elif typed.text is None:
            await self.show(event, noted(views.ask_again(why, t), typed.note))
        else:
            await self._confirm(event, typed.text, typed.note, acting, state)

    async def _confirm(
        self, event: Message, text: str, note: str, acting: Acting, state: FSMContext
    ) -> None:
        t = acting.texts
        try:
            others = await self.use_cases.access.confirm_password(acting.who, text)
        except (ChoiceGone, ChoiceDiffers) as error:
            await self._reach(Steps.new, state)
            said = f"{words.refusal(error, t)} {note}"
            await self.show(event, noted(views.ask_new(_why(acting), t), said))
            return
        await state.clear()
        renewed = await self.entrance.onwards(event, acting)
        said = f"{views.saved(others, t)} {note}"
        await self.show(event, noted(await self.entrance.screen(renewed), said))

    # -- steps -----------------------------------------------------------------------------
    async def _reach(self, step: State, state: FSMContext) -> None:
        await state.set_state(step)
        await state.set_data({SINCE: self.clock().isoformat()})

    async def _may(self, acting: Acting, state: FSMContext, *steps: State) -> bool:
        """Who is held has just logged in; a phone left on a table does not stay unlocked."""
        if _why(acting) is Why.FIRST:
            return True
        since = (await state.get_data()).get(SINCE)
        if await state.get_state() not in {step.state for step in steps} or since is None:
            return False
        return self.clock() - datetime.fromisoformat(since) <= STEP_FOR

    async def _ask_old(self, event: Message, acting: Acting, state: FSMContext, note: str) -> None:
        await self._reach(Steps.old, state)
        await self.show(event, noted(views.ask_old(acting.texts), note))


def _why(acting: Acting) -> Why:
    return Why.FIRST if acting.who.gate is Gate.CREDENTIALS else Why.CHANGE


async def _held(_: TelegramObject, acting: Acting | None) -> bool:
    return acting is not None and acting.who.gate is Gate.CREDENTIALS
