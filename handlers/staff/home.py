"""The agents' home, and their own access (S1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from conversations.home.routes import Home, OpenHome
from conversations.routes import Route
from conversations.screen import Screen, noted
from conversations.staff import home as views
from conversations.staff.home import Area
from conversations.staff.routes import (
    EndStaffDevice,
    ShowTown,
    StaffAccess,
    StaffHome,
    StaffLanguage,
    StaffLogOut,
    StaffSimply,
    StaffTables,
)
from domain.activities.model import StructureId
from domain.errors import NotFound
from domain.staff.invitations import PAYLOAD
from domain.staff.model import Right, StaffSessionId
from handlers.acting import Acting, sender
from handlers.leaving import Leaving
from handlers.show import Show
from handlers.staff.areas import Draw
from handlers.staff.door import Door, StaffActing
from handlers.use_cases.staff import StaffUseCases


@dataclass(frozen=True, slots=True)
class StaffHomeHandlers:
    """``tables``: the screens that have two displays, by their address."""

    use_cases: StaffUseCases
    show: Show
    door: Door
    areas: tuple[Area, ...] = ()
    tables: Mapping[type[Route], Draw] = field(default_factory=dict)

    def entrance(self) -> Router:
        """For anybody who has an invitation; before any other /start. Asks for no right, as
        nobody is connected yet: the token is what lets in.
        """
        router = Router(name=f"{__name__}.entrance")
        invited = CommandStart(deep_link=True, magic=F.args.regexp(PAYLOAD, mode="fullmatch"))
        router.message.register(self.enter, invited)
        return router

    def router(self) -> Router:
        router, look = Router(name=__name__), self.door.needs(Right.LOOK)
        router.message.register(self.home, Command("agent"), look)
        for route, handler in (
            (StaffHome, self.home),
            (ShowTown, self.switch),
            (StaffAccess, self.access),
            (EndStaffDevice, self.end_device),
            (StaffLanguage, self.language),
            (StaffTables, self.display),
            (StaffSimply, self.simply),
            (StaffLogOut, self.log_out),
        ):
            router.callback_query.register(handler, route.filter(), look)
        return router

    def pure_router(self) -> Router:
        """What leads home, for who is an agent and no parent; after the parents' own."""
        router = Router(name=f"{__name__}.pure")
        pure = (_no_parent, self.door.knows, self.door.needs(Right.LOOK))
        router.message.register(self.home, CommandStart(), *pure)
        router.message.register(self.home, Command("accueil"), *pure)
        router.message.register(self.leave, Command("logout"), *pure)
        router.callback_query.register(self.home, Home.filter(), *pure)
        router.callback_query.register(self.home, OpenHome.filter(), *pure)
        return router

    async def enter(self, event: Message, command: CommandObject, state: FSMContext) -> None:
        # The message holds the token, which may still let in.
        await self.show.wire.delete(event.chat.id, event.message_id)
        user = sender(event)
        if user is None:
            raise NotFound
        member = await self.use_cases.access.open_invitation(command.args or "", user.id)
        await state.clear()
        agent = await self.door.scene(member)
        note = views.welcomed(member.name, agent.texts)
        await self.show(event, noted(await self.screen(agent), note))

    async def screen(self, agent: StaffActing) -> Screen:
        member, catalogue = agent.member, agent.catalogue
        allowed = [area for area in self.areas if member.may(area.right)]
        counted = [(a, await a.count(member) if a.count else 0) for a in allowed]
        others = [
            catalogue.structures[one] for one in member.structures if one != member.structure_id
        ]
        return views.screen(member, agent.town, others, counted, agent.texts)

    async def home(
        self, event: Message | CallbackQuery, agent: StaffActing, state: FSMContext
    ) -> None:
        await state.clear()
        await self.show(event, await self.screen(agent))

    async def switch(
        self, event: CallbackQuery, callback_data: ShowTown, agent: StaffActing
    ) -> None:
        structure = StructureId(callback_data.structure)
        await self.use_cases.access.show_structure(agent.member, structure)
        member = replace(agent.member, structure_id=structure)
        await self.show(event, await self.screen(await self.door.scene(member)))

    # -- one's own access --------------------------------------------------------------------
    async def access(self, event: CallbackQuery, agent: StaffActing) -> None:
        await self.show(event, await self._access(agent))

    async def _access(self, agent: StaffActing) -> Screen:
        devices = await self.use_cases.access.list_devices(agent.member)
        return views.access(agent.member, agent.town, devices, agent.texts)

    async def end_device(
        self, event: CallbackQuery, callback_data: EndStaffDevice, agent: StaffActing
    ) -> None:
        session = StaffSessionId(callback_data.session)
        ended = await self.use_cases.access.end_device(agent.member, session)
        await Leaving(self.show).wipe(ended)
        if session == agent.member.session_id:
            await self.show.below(event, views.logged_out(agent.texts))
            return
        await self.show(event, await self._access(agent))

    async def language(
        self, event: CallbackQuery, callback_data: StaffLanguage, agent: StaffActing
    ) -> None:
        locale = callback_data.language
        if locale not in self.door.texts.locales:
            raise NotFound
        await self.use_cases.access.set_locale(agent.member, locale)
        renewed = await self.door.scene(replace(agent.member, locale=locale))
        await self.show(event, await self._access(renewed))

    async def display(
        self, event: CallbackQuery, callback_data: StaffTables, agent: StaffActing
    ) -> None:
        await self.show(
            event, await self._access(await self._shown(agent, wanted=callback_data.wanted))
        )

    async def simply(
        self, event: CallbackQuery, callback_data: StaffSimply, agent: StaffActing
    ) -> None:
        """Back to texts, from a table that a client may not show (decision 9)."""
        draw, address = self._table(callback_data.address)
        await draw(event, address, await self._shown(agent, wanted=False))

    async def _shown(self, agent: StaffActing, *, wanted: bool) -> StaffActing:
        await self.use_cases.access.set_tables(agent.member, wanted=wanted)
        return replace(agent, member=replace(agent.member, in_tables=wanted))

    def _table(self, address: str) -> tuple[Draw, Any]:
        for route, draw in self.tables.items():
            if address.partition(":")[0] == route.__prefix__:
                try:
                    return draw, route.unpack(address)
                except (TypeError, ValueError) as error:
                    raise NotFound from error
        raise NotFound

    async def log_out(self, event: CallbackQuery, agent: StaffActing, state: FSMContext) -> None:
        await self._leave(event, agent, state)

    async def leave(self, event: Message, agent: StaffActing, state: FSMContext) -> None:
        await self._leave(event, agent, state)

    async def _leave(
        self, event: Message | CallbackQuery, agent: StaffActing, state: FSMContext
    ) -> None:
        """Below, as the pressed message is gone with the others that may name families."""
        ended = await self.use_cases.access.end_device(agent.member, agent.member.session_id)
        await state.clear()
        await Leaving(self.show).wipe(ended)
        await self.show.below(event, views.logged_out(agent.texts))


async def _no_parent(_: Message | CallbackQuery, acting: Acting | None) -> bool:
    return acting is None
