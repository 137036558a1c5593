"""Nobody gets past a temporary password or an unread document, whatever they press or type.

Included after the gates' own routes; the ordinary ones do not take those who are held.
"""

import logging
from dataclasses import dataclass

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.acting import Acting
from handlers.entrance import Entrance
from handlers.show import Show

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class GateHandlers:
    show: Show
    entrance: Entrance

    def router(self) -> Router:
        router = Router(name=__name__)
        for observer in (router.callback_query, router.message, router.edited_message):
            observer.filter(_held)
            observer.register(self.hold)
        return router

    async def hold(self, event: Message | CallbackQuery, acting: Acting) -> None:
        log.info("held", extra={"gate": acting.who.gate})
        await self.show(event, await self.entrance.screen(acting))


async def _held(_: Message | CallbackQuery, acting: Acting | None) -> bool:
    return acting is not None and acting.who.gate is not None
