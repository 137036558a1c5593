"""Identifier, then password; the message that holds it is deleted as soon as it is read (A2)."""

from dataclasses import dataclass
from typing import Final

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from conversations import words
from conversations.commands import COMMANDS
from conversations.home import views as home_views
from conversations.login import views
from conversations.login.routes import LogOut, StartLogin
from conversations.login.states import Login
from conversations.screen import Screen, noted
from conversations.texts import Texts
from domain.accounts.errors import PasswordExpired, TooManyAttempts, WrongCredentials
from handlers.acting import Acting, Desk, entered
from handlers.entrance import Entrance
from handlers.leaving import Leaving
from handlers.show import Show
from handlers.typed_secret import read_secret
from handlers.use_cases import UseCases

LONGEST_IDENTIFIER: Final = 64


@dataclass(frozen=True, slots=True)
class LoginHandlers:
    use_cases: UseCases
    show: Show
    desk: Desk
    entrance: Entrance

    def router(self) -> Router:
        router = Router(name=__name__)
        router.callback_query.register(self.start, StartLogin.filter())
        router.callback_query.register(self.log_out, LogOut.filter(), entered)
        router.message.register(self.log_out, Command("logout"), entered)
        return router

    def typed_router(self) -> Router:
        """What is typed while logging in; included after the commands of the connected."""
        router = Router(name=f"{__name__}.typed")
        router.message.register(self.leave, Command("start", *COMMANDS))
        router.message.register(self.identifier, StateFilter(Login.identifier))
        router.message.register(self.password, StateFilter(Login.password))
        router.edited_message.register(self.password, StateFilter(Login.password))
        return router

    async def start(
        self, event: CallbackQuery, acting: Acting | None, texts: Texts, state: FSMContext
    ) -> None:
        if acting is not None:
            await self.show(event, await self.entrance.screen(acting))
            return
        await state.set_state(Login.identifier)
        await self.show(event, views.ask_identifier(texts))

    async def leave(self, event: Message, texts: Texts, state: FSMContext) -> None:
        """A command is no identifier and no password: nobody is connected, so back to the door."""
        await state.clear()
        await self.show(event, home_views.welcome(await self.desk.town(), texts))

    async def identifier(self, event: Message, texts: Texts, state: FSMContext) -> None:
        if event.text is None or len(event.text) > LONGEST_IDENTIFIER:
            note = views.text_only(texts) if event.text is None else views.too_long(texts)
            await self.show(event, noted(views.ask_identifier(texts), note))
            return
        await state.set_data({"identifier": event.text})
        await state.set_state(Login.password)
        await self.show(event, views.ask_password(texts))

    async def password(self, event: Message, texts: Texts, state: FSMContext) -> None:
        typed = await read_secret(event, self.show, texts)
        if typed.text is None:
            await self.show(event, noted(views.ask_password(texts), typed.note))
            return
        identifier = str((await state.get_data()).get("identifier", ""))
        screen = await self._try(event, identifier, typed.text, typed.note, texts, state)
        await self.show(event, screen)

    async def _try(
        self,
        event: Message,
        identifier: str,
        password: str,
        note: str,
        texts: Texts,
        state: FSMContext,
    ) -> Screen:
        """Who is refused is still asked: what they send next is a password too, and goes."""
        telegram_user = event.from_user.id if event.from_user is not None else event.chat.id
        try:
            who = await self.use_cases.log_in(identifier, password, telegram_user)
        except (WrongCredentials, TooManyAttempts, PasswordExpired) as error:
            local = self.desk.texts(texts.locale, (await self.desk.town()).zone)
            may_retry = isinstance(error, WrongCredentials)
            return views.failed(words.refusal(error, local), note, local, may_retry=may_retry)
        await state.clear()
        acting = await self.desk.scene(who)
        said = f"{views.greeting(who.guardian.first_name, acting.texts)} {note}"
        return noted(await self.entrance.screen(acting), said)

    async def log_out(
        self, event: Message | CallbackQuery, acting: Acting, state: FSMContext
    ) -> None:
        ended = await self.use_cases.log_out(acting.who)
        await state.clear()
        await Leaving(self.show).out(event, ended, acting.texts)
