"""The house rules of each child: read, ticked, signed with a name and a place (A6)."""

from dataclasses import dataclass
from typing import Final

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from conversations.booking import routes as booking
from conversations.documents import papers, views
from conversations.documents.routes import (
    ReadRules,
    SheetPdf,
    Sheets,
    SignAsMyself,
    SignRules,
    TickRules,
)
from conversations.documents.states import Signing
from conversations.home.views import header
from conversations.screen import Document, Screen, noted
from conversations.texts import escaped
from domain.documents.model import Sheet
from domain.errors import NotFound
from domain.families.model import Child, ChildId
from handlers.acting import Acting, connected
from handlers.show import Show
from handlers.steps import Kept, Steps
from handlers.use_cases import UseCases

LENGTHS: Final = (2, 80)  # characters of a name, and of a place
OF_A_CHILD: Final = (
    booking.Month,
    booking.MarkDay,
    booking.MarkGroup,
    booking.Legend,
    booking.Details,
)


@dataclass(frozen=True, slots=True)
class HouseRulesHandlers:
    use_cases: UseCases
    show: Show
    steps: Steps

    def router(self) -> Router:
        """Before the booking routes: who has not signed is led here from each of them."""
        router = Router(name=__name__)
        router.callback_query.filter(connected)
        router.message.filter(connected)
        router.callback_query.register(self.sheets, Sheets.filter())
        router.callback_query.register(self.rules, ReadRules.filter())
        router.callback_query.register(self.tick, TickRules.filter())
        router.callback_query.register(self.as_myself, SignAsMyself.filter())
        router.callback_query.register(self.sign, SignRules.filter())
        router.callback_query.register(self.pdf, SheetPdf.filter())
        for route in OF_A_CHILD:
            router.callback_query.register(self.sign_first, route.filter(), _unsigned)
        router.message.register(self.sheets, Command("fiches"))
        self.steps.register(router, Signing.name, self.name, late=self.late)
        self.steps.register(router, Signing.place, self.place, late=self.late)
        return router

    # -- read and ticked -------------------------------------------------------------------
    async def sheets(
        self, event: Message | CallbackQuery, acting: Acting, state: FSMContext
    ) -> None:
        await state.clear()
        await self.show(event, await self._sheets(acting))

    async def rules(self, event: CallbackQuery, callback_data: ReadRules, acting: Acting) -> None:
        sheet = await self._sheet(acting, callback_data.child)
        await self.use_cases.documents.open_document(acting.who, sheet.document.id)
        await self.show(event, views.rules(sheet, callback_data.page, acting.texts))

    async def tick(
        self, event: CallbackQuery, callback_data: TickRules, acting: Acting, state: FSMContext
    ) -> None:
        sheet = await self._sheet(acting, callback_data.child)
        documents = self.use_cases.documents
        await documents.give_consent(acting.who, sheet.document.id, event.from_user.id)
        await self.steps.begin(Signing.name, acting.who, state, child=sheet.child.id)
        await self.show(event, _ask_name(sheet.child, acting))

    async def sign_first(
        self, event: CallbackQuery, callback_data: booking.Month, acting: Acting
    ) -> None:
        """Instead of any booking screen of a child whose rules wait (B1)."""
        child = _own_child(acting, callback_data.child)
        await self.show(event, views.sign_first(child, acting.texts))

    # -- the name and the place ------------------------------------------------------------
    async def as_myself(
        self, event: CallbackQuery, callback_data: SignAsMyself, acting: Acting, state: FSMContext
    ) -> None:
        child = _own_child(acting, callback_data.child)
        await self._ask_place(event, child, _own_name(acting), acting, state)

    async def name(self, event: Message, acting: Acting, state: FSMContext, about: Kept) -> None:
        child, said = _own_child(acting, about["child"]), _one_line(event.text)
        if said is None:
            note = views.not_a_line(acting.texts)
            await self.show(event, noted(_ask_name(child, acting), note))
            return
        await self._ask_place(event, child, said, acting, state)

    async def _ask_place(
        self,
        event: Message | CallbackQuery,
        child: Child,
        name: str,
        acting: Acting,
        state: FSMContext,
    ) -> None:
        await self.steps.begin(Signing.place, acting.who, state, child=child.id, name=name)
        await self.show(event, views.ask_place(child, acting.texts))

    async def place(self, event: Message, acting: Acting, state: FSMContext, about: Kept) -> None:
        """Another one may be typed until the button is pressed."""
        child, said = _own_child(acting, about["child"]), _one_line(event.text)
        if said is None:
            screen = views.ask_place(child, acting.texts)
            await self.show(event, noted(screen, views.not_a_line(acting.texts)))
            return
        sheet, name = await self._sheet(acting, child.id), about["name"]
        told = {"child": child.id, "name": name, "place": said}
        await self.steps.begin(Signing.place, acting.who, state, **told)
        title = sheet.document.title
        await self.show(event, views.ask_signature(child, title, name, said, acting.texts))

    async def late(self, event: Message, acting: Acting, state: FSMContext) -> None:
        await state.clear()
        note = views.nothing_signed(acting.texts)
        await self.show(event, noted(await self._sheets(acting), note))

    # -- signed ----------------------------------------------------------------------------
    async def sign(
        self, event: CallbackQuery, callback_data: SignRules, acting: Acting, state: FSMContext
    ) -> None:
        """With what this very session typed, a moment ago: the button holds neither."""
        told = await self.steps.kept(acting.who, state) or {}
        if told.get("child") != callback_data.child or "place" not in told:
            await self._not_signed(event, callback_data.child, acting)
            return
        sheet = await self.use_cases.documents.sign_house_rules(
            acting.who,
            ChildId(callback_data.child),
            name=told["name"],
            place=told["place"],
            telegram_user=event.from_user.id,
        )
        await state.clear()
        await self._signed(event, sheet, acting)

    async def _not_signed(self, event: CallbackQuery, child: int, acting: Acting) -> None:
        """An old button, or one pressed again whose sheet is signed."""
        sheet = await self._sheet(acting, child)
        if sheet.signature is not None:
            await self._signed(event, sheet, acting)
            return
        screen = views.rules(sheet, 1, acting.texts)
        await self.show(event, noted(screen, views.nothing_signed(acting.texts)))

    async def _signed(self, event: CallbackQuery, sheet: Sheet, acting: Acting) -> None:
        every = await self.use_cases.documents.list_sheets(acting.who)
        waiting = [other for other in every if other.signature is None]
        await self.show(event, views.after_signing(sheet, waiting, acting.texts))
        await self._send(event, sheet, acting)

    async def pdf(self, event: CallbackQuery, callback_data: SheetPdf, acting: Acting) -> None:
        sheet = await self._sheet(acting, callback_data.child)
        if sheet.signature is None:
            await self.show(event, views.sign_first(sheet.child, acting.texts))
            return
        await self._send(event, sheet, acting)

    # -- parts -----------------------------------------------------------------------------
    async def _sheets(self, acting: Acting) -> Screen:
        found = await self.use_cases.documents.list_sheets(acting.who)
        above = header(acting.who, acting.town, acting.texts)
        return views.sheets(found, above, acting.texts)

    async def _sheet(self, acting: Acting, child: int) -> Sheet:
        sheets = await self.use_cases.documents.list_sheets(acting.who)
        found = next((sheet for sheet in sheets if sheet.child.id == child), None)
        if found is None:
            raise NotFound
        return found

    async def _send(self, event: CallbackQuery, sheet: Sheet, acting: Acting) -> None:
        if sheet.signature is None:
            raise LookupError("this sheet is not signed")
        paper = papers.signed_sheet(sheet, sheet.signature, acting.town, acting.texts)
        content = await self.use_cases.documents.print_paper(paper)
        sent = Document(paper.file_name, content, escaped(paper.title))
        await self.show.wire.send_document(event.from_user.id, sent)


async def _unsigned(_: CallbackQuery, acting: Acting | None, callback_data: booking.Month) -> bool:
    """An own child whose rules wait; anybody else's is the booking routes' to refuse."""
    return acting is not None and callback_data.child in acting.who.unsigned


def _ask_name(child: Child, acting: Acting) -> Screen:
    return views.ask_name(child, _own_name(acting), acting.texts)


def _own_name(acting: Acting) -> str:
    guardian = acting.who.guardian
    return f"{guardian.first_name} {guardian.last_name}"


def _own_child(acting: Acting, child: int) -> Child:
    found = acting.who.child(ChildId(child))
    if found is None:
        raise NotFound
    return found


def _one_line(text: str | None) -> str | None:
    """None for what is no name and no place."""
    said = " ".join((text or "").split(" ")).strip()
    shortest, longest = LENGTHS
    return said if shortest <= len(said) <= longest and said.isprintable() else None
