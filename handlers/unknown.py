"""Whatever no other handler took: old or forged buttons, junk, stickers; or nobody is connected.

Always a short answer, and one line in the log.
"""

import logging
from dataclasses import dataclass

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from conversations.home import views
from conversations.screen import noted
from conversations.texts import Texts
from handlers.acting import Acting, Desk
from handlers.home import HomeHandlers
from handlers.show import Show

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class UnknownHandlers:
    show: Show
    desk: Desk
    home: HomeHandlers

    def router(self) -> Router:
        """To be included last."""
        router = Router(name=__name__)
        router.callback_query.register(self.button)
        router.message.register(self.message)
        router.edited_message.register(self.edited)
        return router

    async def button(
        self, event: CallbackQuery, acting: Acting | None, texts: Texts, state: FSMContext
    ) -> None:
        if acting is None:
            await state.clear()
            await self._welcome(event, texts)
            return
        log.info("button_unknown")
        note = texts("Ce bouton n'est plus valable. Voici l'accueil.")
        await self.show(event, noted(await self.home.screen(acting), note))

    async def message(self, event: Message, acting: Acting | None, texts: Texts) -> None:
        if acting is None:
            await self._welcome(event, texts)
            return
        log.info("message_unknown")
        hint = texts(
            "Je ne comprends que les boutons et les commandes du menu. Rien n'a été modifié."
        )
        await self.show(event, views.refused(hint, texts))

    async def edited(self, event: Message, texts: Texts) -> None:
        log.info("message_edited")
        hint = texts("Je ne relis pas les messages modifiés : envoyez-en un nouveau.")
        await self.show(event, views.refused(hint, texts))

    async def _welcome(self, event: Message | CallbackQuery, texts: Texts) -> None:
        await self.show(event, views.welcome(await self.desk.town(), texts))
