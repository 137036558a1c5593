"""The profile, the structures, and the devices that are connected (A9, H3)."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from conversations.home.views import header
from conversations.profile import devices, views
from conversations.profile.routes import (
    ChooseDisplay,
    Devices,
    EndDevice,
    Profile,
    Structures,
    SwitchTo,
    TidyScreens,
)
from conversations.screen import Screen, noted
from domain.accounts.model import SessionId
from domain.activities.model import StructureId
from handlers.acting import Acting, connected
from handlers.entrance import Entrance
from handlers.leaving import Leaving
from handlers.show import Show
from handlers.use_cases import UseCases


@dataclass(frozen=True, slots=True)
class ProfileHandlers:
    use_cases: UseCases
    show: Show
    entrance: Entrance

    def router(self) -> Router:
        router = Router(name=__name__)
        router.callback_query.filter(connected)
        router.message.filter(connected)
        router.callback_query.register(self.profile, Profile.filter())
        router.callback_query.register(self.devices, Devices.filter())
        router.callback_query.register(self.end_device, EndDevice.filter())
        router.callback_query.register(self.structures, Structures.filter())
        router.callback_query.register(self.switch, SwitchTo.filter())
        router.callback_query.register(self.display, ChooseDisplay.filter())
        router.callback_query.register(self.tidy, TidyScreens.filter())
        router.message.register(self.profile, Command("profil"))
        router.message.register(self.devices, Command("appareils"))
        router.message.register(self.structures, Command("structure"))
        return router

    async def profile(self, event: Message | CallbackQuery, acting: Acting) -> None:
        await self.show(event, await self._profile(acting))

    async def _profile(self, acting: Acting) -> Screen:
        asked = self.use_cases.profile
        account = views.Account(
            choices=await asked.show_choices(acting.who),
            addresses=acting.who.guardian.emails,
            structures=len(await asked.list_structures(acting.who)),
        )
        above = header(acting.who, acting.town, acting.texts)
        return views.profile(account, above, acting.texts)

    async def devices(self, event: Message | CallbackQuery, acting: Acting) -> None:
        await self.show(event, await self._devices(acting))

    async def _devices(self, acting: Acting) -> Screen:
        found = await self.use_cases.profile.list_devices(acting.who)
        return devices.screen(found, header(acting.who, acting.town, acting.texts), acting.texts)

    async def end_device(
        self, event: CallbackQuery, callback_data: EndDevice, acting: Acting
    ) -> None:
        session = SessionId(callback_data.session)
        ended = await self.use_cases.profile.end_device(acting.who, session)
        leaving = Leaving(self.show)
        if session == acting.who.session_id:
            await leaving.out(event, ended, acting.texts)
            return
        await leaving.wipe(ended)
        await self.show(event, noted(await self._devices(acting), devices.ended(acting.texts)))

    async def structures(self, event: Message | CallbackQuery, acting: Acting) -> None:
        of = await self.use_cases.profile.list_structures(acting.who)
        await self.show(event, views.structures(of, acting.who.structure_id, acting.texts))

    async def switch(self, event: CallbackQuery, callback_data: SwitchTo, acting: Acting) -> None:
        structure = StructureId(callback_data.structure)
        await self.use_cases.profile.switch_structure(acting.who, structure)
        # Another structure may have documents of its own to be agreed to first.
        renewed = await self.entrance.onwards(event, acting)
        await self.show(event, await self.entrance.screen(renewed))

    async def display(
        self, event: CallbackQuery, callback_data: ChooseDisplay, acting: Acting
    ) -> None:
        await self.use_cases.profile.set_display(acting.who, callback_data.display)
        await self.profile(event, acting)

    async def tidy(self, event: CallbackQuery, callback_data: TidyScreens, acting: Acting) -> None:
        wanted = callback_data.wanted
        await self.use_cases.profile.set_tidy_screens(acting.who, wanted=wanted)
        await self.profile(event, acting)
