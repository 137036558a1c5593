"""Choosing one's own password: at the first connection (A4), or from the profile (H3)."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, TelegramObject

from conversations import words
from conversations.first_connection import views
from conversations.first_connection.routes import AnotherPassword, ChangePassword, KeepPassword
from conversations.first_connection.states import PasswordSteps
from conversations.first_connection.views import Why
from conversations.screen import Screen, noted
from domain.accounts.errors import ChoiceDiffers, ChoiceGone, TooManyAttempts, WrongPassword
from domain.accounts.model import Gate
from handlers.acting import Acting, connected
from handlers.entrance import Entrance
from handlers.show import Show
from handlers.steps import Steps
from handlers.typed_secret import NOT_A_COMMAND, read_secret
from handlers.use_cases import UseCases


@dataclass(frozen=True, slots=True)
class FirstConnectionHandlers:
    use_cases: UseCases
    show: Show
    entrance: Entrance
    steps: Steps

    def gate_router(self) -> Router:
        """For who is held by a temporary password: whatever they type is a new one."""
        router = Router(name=f"{__name__}.gate")
        for observer in (router.callback_query, router.message, router.edited_message):
            observer.filter(_held)
        router.callback_query.register(self.another, AnotherPassword.filter())
        router.message.register(self.again, StateFilter(PasswordSteps.again), NOT_A_COMMAND)
        router.message.register(self.new, NOT_A_COMMAND)
        router.edited_message.register(self.again, StateFilter(PasswordSteps.again))
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
        # Not through ``steps``: what comes too late may be a password all the same.
        for step, handler in (
            (PasswordSteps.old, self.old),
            (PasswordSteps.new, self.new),
            (PasswordSteps.again, self.again),
        ):
            router.message.register(handler, StateFilter(step), NOT_A_COMMAND)
            router.edited_message.register(handler, StateFilter(step))
        return router

    async def screen(self, acting: Acting) -> Screen:
        """The gate."""
        return views.ask_new(Why.FIRST, acting.texts)

    # -- buttons ---------------------------------------------------------------------------
    async def change(self, event: CallbackQuery, acting: Acting, state: FSMContext) -> None:
        await self.steps.begin(PasswordSteps.old, acting.who, state)
        await self.show(event, views.ask_old(acting.texts))

    async def another(self, event: CallbackQuery, acting: Acting, state: FSMContext) -> None:
        asked = await state.get_state() in {PasswordSteps.new.state, PasswordSteps.again.state}
        if not (_is_held(acting) or (asked and await self._may(acting, state))):
            await self.change(event, acting, state)
            return
        await self.steps.begin(PasswordSteps.new, acting.who, state)
        await self.show(event, views.ask_new(_why(acting), acting.texts))

    async def keep(self, event: CallbackQuery, acting: Acting, state: FSMContext) -> None:
        await state.clear()
        await self.show(event, await self.entrance.screen(acting))

    # -- what is typed ---------------------------------------------------------------------
    async def old(self, event: Message, acting: Acting, state: FSMContext) -> None:
        t = acting.texts
        typed = await read_secret(event, self.show, t)
        if not await self._may(acting, state):
            await self._ask_old(event, acting, state, f"{words.too_late(t)} {typed.note}")
            return
        if typed.text is None:
            await self._ask_old(event, acting, state, typed.note)
            return
        try:
            await self.use_cases.access.check_password(acting.who, typed.text, event.chat.id)
        except (WrongPassword, TooManyAttempts) as error:
            await self._ask_old(event, acting, state, f"{words.refusal(error, t)} {typed.note}")
            return
        await self.steps.begin(PasswordSteps.new, acting.who, state)
        await self.show(event, noted(views.ask_new(Why.CHANGE, t), typed.note))

    async def new(self, event: Message, acting: Acting, state: FSMContext) -> None:
        t, why = acting.texts, _why(acting)
        typed = await read_secret(event, self.show, t)
        if not await self._may(acting, state):
            await self._ask_old(event, acting, state, f"{words.too_late(t)} {typed.note}")
            return
        screen = views.ask_new(why, t)
        if typed.text is not None:
            judgement = await self.use_cases.access.choose_password(acting.who, typed.text)
            screen = views.judged(judgement, why, t)
            if judgement.passed:
                await self.steps.begin(PasswordSteps.again, acting.who, state)
                screen = views.ask_again(why, t)
        await self.show(event, noted(screen, typed.note))

    async def again(self, event: Message, acting: Acting, state: FSMContext) -> None:
        t, why = acting.texts, _why(acting)
        typed = await read_secret(event, self.show, t)
        if not await self._may(acting, state):
            await self._ask_old(event, acting, state, f"{words.too_late(t)} {typed.note}")
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
            await self.steps.begin(PasswordSteps.new, acting.who, state)
            said = f"{words.refusal(error, t)} {note}"
            await self.show(event, noted(views.ask_new(_why(acting), t), said))
            return
        await state.clear()
        renewed = await self.entrance.onwards(event, acting)
        said = f"{views.saved(others, t)} {note}"
        await self.show(event, noted(await self.entrance.screen(renewed), said))

    # -- steps -----------------------------------------------------------------------------
    async def _may(self, acting: Acting, state: FSMContext) -> bool:
        """Who is held has just logged in; a phone left on a table does not stay unlocked."""
        return _is_held(acting) or await self.steps.kept(acting.who, state) is not None

    async def _ask_old(self, event: Message, acting: Acting, state: FSMContext, note: str) -> None:
        await self.steps.begin(PasswordSteps.old, acting.who, state)
        await self.show(event, noted(views.ask_old(acting.texts), note))


def _is_held(acting: Acting) -> bool:
    return acting.who.gate is Gate.CREDENTIALS


def _why(acting: Acting) -> Why:
    return Why.FIRST if _is_held(acting) else Why.CHANGE


async def _held(_: TelegramObject, acting: Acting | None) -> bool:
    return acting is not None and _is_held(acting)
