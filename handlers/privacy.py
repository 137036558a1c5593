"""What is kept; all of it in a file; all that can go erased (A12).

Included first: it answers whoever asks, held at a gate or in the middle of typing a password.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiogram import Router
from aiogram.exceptions import AiogramError
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from conversations import words
from conversations.home.routes import Privacy
from conversations.privacy import views
from conversations.privacy.archive import as_json
from conversations.privacy.paper import paper
from conversations.privacy.routes import AskData, AskErasure, LeaveAll, WantErasure
from conversations.privacy.states import PrivacySteps
from conversations.screen import Document
from conversations.texts import Texts
from domain.errors import DomainError
from domain.privacy.model import Retention
from handlers.acting import Acting, entered
from handlers.entrance import Entrance
from handlers.leaving import Leaving
from handlers.show import Show
from handlers.steps import Steps
from handlers.typed_secret import NOT_A_COMMAND, read_secret
from handlers.use_cases import UseCases

log = logging.getLogger(__name__)
Done = Callable[[Message, Acting, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class PrivacyHandlers:
    use_cases: UseCases
    show: Show
    entrance: Entrance
    steps: Steps
    retention: Retention

    def open_router(self) -> Router:
        """For anybody."""
        router = Router(name=f"{__name__}.open")
        router.callback_query.register(self.policy, Privacy.filter())
        router.message.register(self.policy, Command("privacy"))
        return router

    def router(self) -> Router:
        """For who is connected, held at a gate or not: a right waits for no signature."""
        router = Router(name=__name__)
        for observer in (router.callback_query, router.message, router.edited_message):
            observer.filter(entered)
        router.callback_query.register(self.ask_data, AskData.filter())
        router.callback_query.register(self.ask_erasure, AskErasure.filter())
        router.callback_query.register(self.want_erasure, WantErasure.filter())
        router.callback_query.register(self.leave, LeaveAll.filter())
        router.message.register(self.ask_data, Command("mes_donnees"))
        router.message.register(self.ask_erasure, Command("effacer"))
        for step, reads in ((PrivacySteps.data, self.data), (PrivacySteps.erasure, self.erasure)):
            router.message.register(reads, StateFilter(step), NOT_A_COMMAND)
        router.edited_message.register(self.edited, StateFilter(PrivacySteps))
        return router

    async def policy(
        self, event: Message | CallbackQuery, texts: Texts, acting: Acting | None
    ) -> None:
        shown = views.policy(self.retention, texts, entered=acting is not None)
        await self.show(event, shown)

    # -- asked for -------------------------------------------------------------------------
    async def ask_data(
        self, event: Message | CallbackQuery, acting: Acting, state: FSMContext
    ) -> None:
        await self.steps.begin(PrivacySteps.data, acting.who, state)
        await self.show(event, views.ask_password_for_data(acting.texts))

    async def ask_erasure(
        self, event: Message | CallbackQuery, acting: Acting, state: FSMContext
    ) -> None:
        await state.clear()
        await self.show(event, views.ask_erasure(self.retention, acting.texts))

    async def want_erasure(self, event: CallbackQuery, acting: Acting, state: FSMContext) -> None:
        await self.steps.begin(PrivacySteps.erasure, acting.who, state)
        await self.show(event, views.ask_password_for_erasure(acting.texts))

    async def leave(self, event: CallbackQuery, acting: Acting, state: FSMContext) -> None:
        await state.clear()
        await self.show(event, await self.entrance.screen(acting))

    # -- the password ----------------------------------------------------------------------
    async def data(self, event: Message, acting: Acting, state: FSMContext) -> None:
        await self._with_password(event, acting, state, self._give)

    async def erasure(self, event: Message, acting: Acting, state: FSMContext) -> None:
        await self._with_password(event, acting, state, self._erase)

    async def edited(self, event: Message, acting: Acting) -> None:
        """An edited message is not read; it may hold a password all the same."""
        typed = await read_secret(event, self.show, acting.texts)
        await self.show(event, views.refused([typed.note], acting.texts))

    async def _with_password(
        self, event: Message, acting: Acting, state: FSMContext, then: Done
    ) -> None:
        typed = await read_secret(event, self.show, acting.texts)
        in_time = self.steps.is_going_on(await state.get_data(), acting.who)
        await state.clear()
        if typed.text is None or not in_time:
            said = [] if in_time else [words.too_late(acting.texts)]
            await self.show(event, views.refused([*said, typed.note], acting.texts))
            return
        try:
            await self.use_cases.access.check_password(acting.who, typed.text, event.chat.id)
            await then(event, acting, typed.note)
        except DomainError as error:
            said = [words.refusal(error, acting.texts), typed.note]
            await self.show(event, views.refused(said, acting.texts))

    # -- done ------------------------------------------------------------------------------
    async def _give(self, event: Message, acting: Acting, note: str) -> None:
        asked, wire, chat = self.use_cases.privacy, self.show.wire, event.chat.id
        await asked.begin_export(acting.who)
        sent = False
        try:
            shown = await wire.send(chat, views.preparing(note, acting.texts))
            await wire.send_document(chat, await self._parcel(acting))
            sent = True
        except AiogramError as error:
            log.warning("export_not_sent", extra={"error": type(error).__name__})
        finally:
            await asked.end_export(acting.who, sent=sent)
        if sent:
            await wire.edit(chat, shown, views.prepared(acting.texts))
        else:
            await self.show(event, views.not_sent(acting.texts))

    async def _parcel(self, acting: Acting) -> Document:
        asked, t, who = self.use_cases.privacy, acting.texts, acting.who.guardian
        found = await asked.gather_data(acting.who)
        written = paper(found, f"{who.first_name} {who.last_name}", t)
        content = await asked.pack(
            {
                written.file_name: await self.use_cases.documents.print_paper(written),
                "mes-donnees.json": as_json(found).encode(),
            }
        )
        day = found.at.astimezone(t.zone).date()
        return views.parcel(f"mes-donnees-{day.isoformat()}.zip", content, t)

    async def _erase(self, event: Message, acting: Acting, note: str) -> None:
        done = await self.use_cases.privacy.erase_me(acting.who)
        leaving = Leaving(self.show)
        for ended in done.ended:
            await leaving.wipe(ended)
        await self.show.below(event, views.erased(note, acting.texts))
