"""Who may come in on the town's side, and to what (S1). Deny by default.

A handler of the town's side is registered with the right that it needs, ``door.needs(Right.X)``,
behind its route: ``declared`` makes sure of it before the bot starts. Parents' taps never ask who
is an agent, as this comes after the route.
"""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from conversations.texts import Texts, TextsByLocale
from domain.activities.catalogue import Catalogue
from domain.activities.model import Structure
from domain.activities.ports import Catalogues
from domain.errors import NotFound
from domain.staff.model import Right, StaffIdentity

IdentifyStaff = Callable[[int], Awaitable[StaffIdentity | None]]


@dataclass(frozen=True, slots=True)
class StaffActing:
    """What every handler of the town's side is given, as ``agent``."""

    member: StaffIdentity
    town: Structure  # the structure shown now
    catalogue: Catalogue
    texts: Texts


class Needs(Filter):
    """Passes who has the right. Raises NotAllowed; NotFound for who is no agent at all: to them
    such a button does not exist.
    """

    def __init__(self, door: "Door", right: Right) -> None:
        self.right = right
        self._door = door

    async def __call__(self, event: Message | CallbackQuery) -> dict[str, Any]:
        agent = await self._door.admit(event, self.right)
        return {"agent": agent, "texts": agent.texts}


@dataclass(frozen=True, slots=True)
class Door:
    identify: IdentifyStaff
    catalogues: Catalogues
    texts: TextsByLocale

    def needs(self, right: Right) -> Needs:
        return Needs(self, right)

    async def admit(self, event: Message | CallbackQuery, right: Right) -> StaffActing:
        user = event.from_user
        member = await self.identify(user.id) if user is not None else None
        if member is None:
            raise NotFound
        member.check(right)
        return await self.scene(member)

    async def scene(self, member: StaffIdentity) -> StaffActing:
        catalogue = await self.catalogues(member.catalogue_version)
        town = catalogue.structures[member.structure_id]
        return StaffActing(member, town, catalogue, self.texts(member.locale, town.zone))

    async def knows(self, event: Message | CallbackQuery) -> bool:
        """Whether they are an agent: a filter for what is somebody else's as well."""
        user = event.from_user
        return user is not None and await self.identify(user.id) is not None


def declared(router: Router) -> Router:
    """The same router. Raises RuntimeError for a handler that declares no right, or several."""
    for handler in _handlers(router):
        needs = [one for one in handler.filters or () if isinstance(one.callback, Needs)]
        if len(needs) != 1:
            raise RuntimeError(f"{handler.callback!r} has to declare one right of Right")
    return router


def _handlers(router: Router) -> Iterator[HandlerObject]:
    for observer in router.observers.values():
        yield from observer.handlers
    for below in router.sub_routers:
        yield from _handlers(below)
