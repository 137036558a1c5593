"""Changing the e-mail addresses: the password, the list, a code for each new one (H3).

Whatever is typed here is deleted as soon as it is read.
"""

from dataclasses import dataclass
from typing import Final

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from conversations import words
from conversations.profile import emails
from conversations.profile.routes import ChangeEmails, DropEmails, Emails, SendCodes
from conversations.profile.states import EmailSteps
from conversations.screen import Screen, noted
from domain.emails.model import Addresses
from domain.errors import DomainError
from handlers.acting import Acting, connected
from handlers.show import Show
from handlers.steps import Steps
from handlers.typed_secret import NOT_A_COMMAND, read_secret
from handlers.use_cases import UseCases

LONGEST: Final = 2000  # characters of whatever is typed here


@dataclass(frozen=True, slots=True)
class EmailHandlers:
    use_cases: UseCases
    show: Show
    steps: Steps

    def router(self) -> Router:
        router = Router(name=__name__)
        for observer in (router.callback_query, router.message, router.edited_message):
            observer.filter(connected)
        router.callback_query.register(self.addresses, Emails.filter())
        router.callback_query.register(self.change, ChangeEmails.filter())
        router.callback_query.register(self.send_codes, SendCodes.filter())
        router.callback_query.register(self.drop, DropEmails.filter())
        # Not through ``steps``: what comes too late may be a password all the same.
        router.message.register(self.password, StateFilter(EmailSteps.password), NOT_A_COMMAND)
        self.steps.register(router, EmailSteps.addresses, self.list, late=self.late)
        self.steps.register(router, EmailSteps.code, self.code, late=self.late)
        router.edited_message.register(self.edited, StateFilter(EmailSteps))
        return router

    async def addresses(self, event: CallbackQuery, acting: Acting, state: FSMContext) -> None:
        found = await self.use_cases.profile.show_addresses(acting.who)
        await self.show(event, await self._waiting(found, acting, state))

    async def change(self, event: CallbackQuery, acting: Acting, state: FSMContext) -> None:
        await self.steps.begin(EmailSteps.password, acting.who, state)
        await self.show(event, emails.ask_password(acting.texts))

    async def send_codes(self, event: CallbackQuery, acting: Acting, state: FSMContext) -> None:
        found = await self.use_cases.profile.send_codes_again(acting.who)
        await self.show(event, await self._waiting(found, acting, state))

    async def drop(self, event: CallbackQuery, acting: Acting, state: FSMContext) -> None:
        await self.use_cases.profile.drop_pending(acting.who)
        await self.addresses(event, acting, state)

    # -- what is typed ---------------------------------------------------------------------
    async def password(self, event: Message, acting: Acting, state: FSMContext) -> None:
        t = acting.texts
        typed = await read_secret(event, self.show, t)
        in_time = self.steps.is_going_on(await state.get_data(), acting.who)
        await state.clear()
        if typed.text is None or not in_time:
            said = typed.note if in_time else f"{words.too_late(t)} {typed.note}"
            await self.show(event, emails.refused(said, t))
            return
        try:
            await self.use_cases.access.check_password(acting.who, typed.text, event.chat.id)
        except DomainError as error:
            await self._refuse(event, error, typed.note, acting)
            return
        await self.steps.begin(EmailSteps.addresses, acting.who, state)
        await self.show(event, noted(emails.ask_addresses(t), typed.note))

    async def list(self, event: Message, acting: Acting, state: FSMContext) -> None:
        typed, note = await self._read(event, acting)
        try:
            found = await self.use_cases.profile.change_addresses(acting.who, typed)
        except DomainError as error:
            said = f"{words.refusal(error, acting.texts)} {note}"
            await self.show(event, noted(emails.ask_addresses(acting.texts), said))
            return
        await self.show(event, noted(await self._waiting(found, acting, state), note))

    async def code(self, event: Message, acting: Acting, state: FSMContext) -> None:
        typed, note = await self._read(event, acting)
        try:
            found = await self.use_cases.profile.prove_address(acting.who, typed)
        except DomainError as error:
            await self._refuse(event, error, note, acting)
            return
        await self.show(event, noted(await self._waiting(found, acting, state), note))

    async def late(self, event: Message, acting: Acting, state: FSMContext) -> None:
        """Deleted as well. An address that waits for a code still does, and may be sent it."""
        _, note = await self._read(event, acting)
        found = await self.use_cases.profile.show_addresses(acting.who)
        said = f"{words.too_late(acting.texts)} {note}"
        await self.show(event, noted(await self._waiting(found, acting, state), said))

    async def _read(self, event: Message, acting: Acting) -> tuple[str, str]:
        """What was typed, and what became of the message that held it."""
        done = await self.show.wire.delete(event.chat.id, event.message_id)
        return (event.text or "")[:LONGEST], emails.erased(acting.texts, done=done)

    async def _refuse(self, event: Message, error: DomainError, note: str, acting: Acting) -> None:
        sentence = words.refusal(error, acting.texts)
        await self.show(event, noted(emails.refused(sentence, acting.texts), note))

    async def edited(self, event: Message, acting: Acting) -> None:
        """An edited message is not read; it may hold a password all the same."""
        _, note = await self._read(event, acting)
        await self.show(event, emails.refused(note, acting.texts))

    # -- steps -----------------------------------------------------------------------------
    async def _waiting(self, found: Addresses, acting: Acting, state: FSMContext) -> Screen:
        """While an address waits for a code, what is typed is that code."""
        if found.pending:
            await self.steps.begin(EmailSteps.code, acting.who, state)
        else:
            await state.clear()
        return emails.screen(found, acting.texts)
