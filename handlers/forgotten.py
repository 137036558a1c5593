"""A forgotten password: identifier, then e-mail address, then one answer to all (A7)."""

from dataclasses import dataclass
from typing import Final

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from conversations import words
from conversations.forgotten import views
from conversations.forgotten.routes import ForgotPassword
from conversations.forgotten.states import Forgotten
from conversations.login.views import text_only
from conversations.profile.emails import erased
from conversations.screen import Screen, noted
from conversations.texts import Texts
from domain.accounts.errors import TooManyResets
from handlers.acting import Desk
from handlers.show import Show
from handlers.typed_secret import NOT_A_COMMAND
from handlers.use_cases import UseCases

LONGEST: Final = 254  # characters of an address (RFC 5321)
IDENTIFIER: Final = "identifier"


@dataclass(frozen=True, slots=True)
class ForgottenHandlers:
    use_cases: UseCases
    show: Show
    desk: Desk

    def router(self) -> Router:
        """For anybody: who is connected may have forgotten it too."""
        router = Router(name=__name__)
        router.callback_query.register(self.start, ForgotPassword.filter())
        router.message.register(self.identifier, StateFilter(Forgotten.identifier), NOT_A_COMMAND)
        router.message.register(self.address, StateFilter(Forgotten.address), NOT_A_COMMAND)
        return router

    async def start(self, event: CallbackQuery, texts: Texts, state: FSMContext) -> None:
        await state.clear()
        await state.set_state(Forgotten.identifier)
        await self.show(event, views.ask_identifier(texts))

    async def identifier(self, event: Message, texts: Texts, state: FSMContext) -> None:
        typed = await self._read(event, views.ask_identifier(texts), texts)
        if typed is not None:
            await state.set_data({IDENTIFIER: typed})
            await state.set_state(Forgotten.address)
            await self.show(event, views.ask_address(texts))

    async def address(self, event: Message, texts: Texts, state: FSMContext) -> None:
        typed = await self._read(event, views.ask_address(texts), texts)
        if typed is None:
            return
        # Telegram keeps the chat: no address stays in it (A12).
        done = await self.show.wire.delete(event.chat.id, event.message_id)
        identifier = str((await state.get_data()).get(IDENTIFIER, ""))
        await state.clear()
        try:
            await self.use_cases.access.ask_reset(identifier, typed, event.chat.id)
        except TooManyResets as error:
            local = self.desk.texts(texts.locale, (await self.desk.town()).zone)
            await self.show(event, views.refused(words.refusal(error, local), local))
            return
        await self.show(event, noted(views.asked(texts), erased(texts, done=done)))

    async def _read(self, event: Message, again: Screen, texts: Texts) -> str | None:
        """None where something else was sent, which was said."""
        if event.text is not None and len(event.text) <= LONGEST:
            return event.text
        note = text_only(texts) if event.text is None else views.too_long(texts)
        await self.show(event, noted(again, note))
        return None
