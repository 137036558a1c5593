"""A password that comes when its asker is no longer connected: deleted all the same (A2).

The session was ended from another device or sat idle, or a new document stands at the gate. An
address and a code are treated alike (A12).
"""

from dataclasses import dataclass

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from conversations.first_connection.states import PasswordSteps
from conversations.home.views import welcome
from conversations.privacy.states import PrivacySteps
from conversations.profile.emails import erased
from conversations.profile.states import EmailSteps
from conversations.screen import noted
from conversations.texts import Texts
from handlers.acting import Acting
from handlers.entrance import Entrance
from handlers.show import Show
from handlers.typed_secret import NOT_A_COMMAND


@dataclass(frozen=True, slots=True)
class StrayHandlers:
    show: Show
    entrance: Entrance

    def router(self) -> Router:
        """After the gate of passwords, where what is typed is a new one; before the others."""
        router = Router(name=__name__)
        asked = StateFilter(PasswordSteps, EmailSteps, PrivacySteps)
        router.message.register(self.stray, asked, NOT_A_COMMAND, _not_connected)
        router.edited_message.register(self.stray, asked, _not_connected)
        return router

    async def stray(
        self, event: Message, acting: Acting | None, texts: Texts, state: FSMContext
    ) -> None:
        done = await self.show.wire.delete(event.chat.id, event.message_id)
        await state.clear()
        if acting is None:
            screen = welcome(await self.entrance.desk.town(), texts)
        else:
            screen = await self.entrance.screen(acting)
        await self.show(event, noted(screen, erased(texts, done=done)))


async def _not_connected(_: Message, acting: Acting | None) -> bool:
    """Or held at a gate, where no step goes on."""
    return acting is None or acting.who.gate is not None
