"""Who acts, where, in which language: what every handler of a connected parent is given."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject, User

from conversations import words
from conversations.home.views import refused
from conversations.texts import Texts, TextsByLocale
from domain.accounts.errors import SessionIdle
from domain.accounts.model import Identity
from domain.activities.catalogue import Catalogue
from domain.activities.model import Structure
from domain.activities.ports import Catalogues
from domain.families.model import Display
from handlers.show import Show

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Acting:
    who: Identity
    town: Structure
    catalogue: Catalogue
    texts: Texts

    @property
    def in_tables(self) -> bool:
        """Which of the two displays to draw (decision 9)."""
        return self.who.guardian.display is Display.RICH


@dataclass(frozen=True, slots=True)
class Desk:
    """Sets the scene for a parent, or for somebody whom nobody knows yet."""

    catalogues: Catalogues
    texts: TextsByLocale

    async def scene(self, who: Identity) -> Acting:
        catalogue = await self.catalogues(who.catalogue_version)
        town = catalogue.structures[who.structure_id]
        return Acting(who, town, catalogue, self.texts(who.guardian.locale, town.zone))

    async def town(self) -> Structure:
        """The structure that greets a stranger: the first one."""
        catalogue = await self.catalogues()
        return catalogue.structures[min(catalogue.structures)]


class Recognise(BaseMiddleware):
    """Every update is authorised from the session, never from what a button says (A10).

    Gives ``acting`` (None when nobody is connected) and ``texts``.
    """

    def __init__(
        self, identify: Callable[[int], Awaitable[Identity | None]], desk: Desk, show: Show
    ) -> None:
        self._identify = identify
        self._desk = desk
        self._show = show

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        user = sender(event)
        # Before anything can fail, so that a failure can be told.
        data["texts"] = self._desk.texts(user.language_code if user is not None else None)
        who = await self._known(event, user, data["texts"]) if user is not None else None
        data["acting"] = acting = await self._desk.scene(who) if who is not None else None
        if acting is not None:
            data["texts"] = acting.texts
        return await handler(event, data)

    async def _known(self, event: TelegramObject, user: User, texts: Texts) -> Identity | None:
        """Whose session sat idle is told so, in a message of its own, and is a stranger then."""
        try:
            return await self._identify(user.id)
        except SessionIdle as error:
            if isinstance(event, Message | CallbackQuery):
                await self._show.below(event, refused(words.refusal(error, texts), texts))
            return None


def sender(event: TelegramObject) -> User | None:
    return event.from_user if isinstance(event, Message | CallbackQuery) else None


# Coroutines though they wait for nothing: aiogram runs a plain function in a thread each time.
async def connected(_: TelegramObject, acting: Acting | None) -> bool:
    """The filter of every ordinary route: a session, and nothing that must be done first."""
    return acting is not None and acting.who.gate is None


async def entered(_: TelegramObject, acting: Acting | None) -> bool:
    """The filter of what somebody may do who is held at a gate: pass it, or leave."""
    return acting is not None
