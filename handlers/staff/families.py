"""Families: found, looked at, invited anew, unlocked (S6)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from conversations.households import views
from conversations.households.routes import (
    AskLetter,
    Families,
    Family,
    MakeLetter,
    UnlockAccess,
    Unreachable,
)
from conversations.households.states import FamilySteps
from conversations.screen import Document, Screen, noted
from conversations.staff.home import Area, header
from conversations.words import mark
from domain.accounts.inviting import Letter
from domain.clock import Clock
from domain.families.model import FamilyId, GuardianId
from domain.staff.model import Right
from handlers.show import Show
from handlers.staff.door import Door, StaffActing
from handlers.staff.steps import Steps
from handlers.typed_secret import NOT_A_COMMAND
from handlers.use_cases.staff import StaffUseCases


@dataclass(frozen=True, slots=True)
class FamilyHandlers:
    use_cases: StaffUseCases
    show: Show
    door: Door
    steps: Steps
    clock: Clock

    @property
    def area(self) -> Area:
        return Area(mark("Familles"), Families().pack(), Right.READ_FAMILIES)

    def router(self) -> Router:
        router, needs = Router(name=__name__), self.door.needs
        for route, right, handler in (
            (Families, Right.READ_FAMILIES, self.ask),
            (Unreachable, Right.READ_FAMILIES, self.unreachable),
            (Family, Right.READ_FAMILIES, self.family),
            (AskLetter, Right.INVITE_FAMILIES, self.ask_letter),
            (MakeLetter, Right.INVITE_FAMILIES, self.make_letter),
            (UnlockAccess, Right.INVITE_FAMILIES, self.unlock),
        ):
            router.callback_query.register(handler, route.filter(), needs(right))
        typed = StateFilter(FamilySteps.words), F.text, NOT_A_COMMAND
        looks = needs(Right.READ_FAMILIES), self.steps.going_on()
        router.message.register(self.search, *typed, *looks)
        return router

    async def ask(self, event: CallbackQuery, agent: StaffActing, state: FSMContext) -> None:
        await self.steps.begin(FamilySteps.words, agent, state)
        above = header(agent.member, agent.town, agent.texts)
        await self.show(event, views.ask(above, agent.texts))

    async def search(self, event: Message, agent: StaffActing, state: FSMContext) -> None:
        await self.steps.begin(FamilySteps.words, agent, state)  # and again, from now on
        found = await self.use_cases.families.search(agent.member, (event.text or "")[:100])
        await self.show(event, views.found(found, agent.texts))

    async def unreachable(self, event: CallbackQuery, agent: StaffActing) -> None:
        found = await self.use_cases.families.list_unreachable(agent.member)
        await self.show(event, views.unreachable(found, agent.texts))

    async def family(
        self, event: CallbackQuery, callback_data: Family, agent: StaffActing
    ) -> None:
        await self.show(event, await self._sheet(agent, FamilyId(callback_data.family)))

    async def _sheet(self, agent: StaffActing, family: FamilyId) -> Screen:
        found = await self.use_cases.families.show_family(agent.member, family)
        return views.sheet(found, agent.member, agent.texts)

    async def unlock(
        self, event: CallbackQuery, callback_data: UnlockAccess, agent: StaffActing
    ) -> None:
        guardian = GuardianId(callback_data.guardian)
        family = await self.use_cases.families.unlock(agent.member, guardian)
        screen = await self._sheet(agent, family)
        await self.show(event, noted(screen, views.unlocked(agent.texts)))

    # -- letters -------------------------------------------------------------------------------
    async def ask_letter(
        self, event: CallbackQuery, callback_data: AskLetter, agent: StaffActing
    ) -> None:
        guardian = GuardianId(callback_data.guardian)
        account = await self.use_cases.families.name_for_letter(agent.member, guardian)
        await self.show(event, views.ask_letter(account, self.clock(), agent.texts))

    async def make_letter(
        self, event: CallbackQuery, callback_data: MakeLetter, agent: StaffActing
    ) -> None:
        """Sent first: a letter that did not arrive has locked nobody out."""
        guardian = GuardianId(callback_data.guardian)
        since, chat = datetime.fromtimestamp(callback_data.since, UTC), event.from_user.id
        family = 0

        async def deliver(letter: Letter) -> None:
            nonlocal family
            family = letter.account.guardian.family_id
            content = await self.use_cases.families.print_letter(letter)
            name = f"lettre-{letter.account.guardian.id}.pdf"
            paper = Document(name, content, views.caption(agent.texts))
            await self.show.wire.send_document(chat, paper)

        await self.use_cases.families.write_letter(agent.member, guardian, since, deliver)
        await self.show.below(event, views.made(family, agent.texts))
