"""What the town's letter and the mail of a forgotten password lead to (A3, A7)."""

from dataclasses import dataclass
from typing import Final

from aiogram import Router
from aiogram.filters import CommandObject, CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from conversations import words
from conversations.first_connection import views
from conversations.first_connection.states import LinkSteps
from conversations.first_connection.views import Why
from conversations.login.views import greeting
from conversations.screen import noted
from conversations.texts import Texts
from domain.accounts.errors import (
    ChoiceDiffers,
    ChoiceGone,
    ConnectedAsAnother,
    LinkRefused,
    TooManyAttempts,
)
from domain.accounts.links import ResetOpened
from domain.accounts.model import Identity
from domain.accounts.tokens import LinkId
from domain.errors import DomainError
from handlers.acting import Acting
from handlers.entrance import Entrance
from handlers.show import Show
from handlers.typed_secret import NOT_A_COMMAND, read_secret
from handlers.use_cases import UseCases

LINK: Final = "link"  # in the state's data: its number


@dataclass(frozen=True, slots=True)
class LinkHandlers:
    use_cases: UseCases
    show: Show
    entrance: Entrance

    def router(self) -> Router:
        """Before any other /start; for anybody."""
        router = Router(name=__name__)
        router.message.register(self.open, CommandStart(deep_link=True))
        for step, handler in ((LinkSteps.new, self.new), (LinkSteps.again, self.again)):
            router.message.register(handler, StateFilter(step), NOT_A_COMMAND)
            router.edited_message.register(handler, StateFilter(step))
        return router

    async def open(
        self,
        event: Message,
        command: CommandObject,
        acting: Acting | None,
        texts: Texts,
        state: FSMContext,
    ) -> None:
        # The message holds the token, which may still let in.
        await self.show.wire.delete(event.chat.id, event.message_id)
        connected = None if acting is None else acting.who.guardian.id
        try:
            opened = await self.use_cases.access.open_link(
                command.args or "", event.chat.id, connected
            )
        except (LinkRefused, ConnectedAsAnother, TooManyAttempts) as error:
            await self._refuse(event, error, acting, texts)
            return
        await state.clear()
        if isinstance(opened, ResetOpened):
            await state.set_state(LinkSteps.new)
            await state.set_data({LINK: opened.link})
            await self.show(event, views.ask_new(Why.LINK, texts))
        else:
            await self._enter(event, opened)

    async def _enter(self, event: Message, who: Identity) -> None:
        acting = await self.entrance.desk.scene(who)
        note = greeting(who.guardian.first_name, acting.texts)
        await self.show(event, noted(await self.entrance.screen(acting), note))

    # -- a forgotten password: what is typed ------------------------------------------------
    async def new(
        self, event: Message, acting: Acting | None, texts: Texts, state: FSMContext
    ) -> None:
        typed = await read_secret(event, self.show, texts)
        screen = views.ask_new(Why.LINK, texts)
        if typed.text is not None:
            choose, link = self.use_cases.access.choose_by_link, await _link(state)
            try:
                judgement = await choose(link, event.chat.id, typed.text)
            except LinkRefused as error:
                await state.clear()
                await self._refuse(event, error, acting, texts, typed.note)
                return
            screen = views.judged(judgement, Why.LINK, texts)
            if judgement.passed:
                await state.set_state(LinkSteps.again)
                screen = views.ask_again(Why.LINK, texts)
        await self.show(event, noted(screen, typed.note))

    async def again(
        self, event: Message, acting: Acting | None, texts: Texts, state: FSMContext
    ) -> None:
        typed = await read_secret(event, self.show, texts)
        if typed.text is None:
            await self.show(event, noted(views.ask_again(Why.LINK, texts), typed.note))
            return
        confirm, link = self.use_cases.access.confirm_by_link, await _link(state)
        try:
            await confirm(link, event.chat.id, typed.text)
        except (ChoiceGone, ChoiceDiffers) as error:
            await state.set_state(LinkSteps.new)
            said = f"{words.refusal(error, texts)} {typed.note}"
            await self.show(event, noted(views.ask_new(Why.LINK, texts), said))
        except LinkRefused as error:
            await state.clear()
            await self._refuse(event, error, acting, texts, typed.note)
        else:
            await state.clear()
            await self.show(event, views.saved_by_link(typed.note, texts))

    async def _refuse(
        self,
        event: Message,
        error: DomainError,
        acting: Acting | None,
        texts: Texts,
        note: str = "",
    ) -> None:
        zone = (await self.entrance.desk.town()).zone
        said = words.refusal(error, self.entrance.desk.texts(texts.locale, zone))
        screen = views.refused(said, texts, connected=acting is not None)
        await self.show(event, noted(screen, note) if note else screen)


async def _link(state: FSMContext) -> LinkId:
    """A lost number is that of no link."""
    return LinkId(int((await state.get_data()).get(LINK, 0)))
