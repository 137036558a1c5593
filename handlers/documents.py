"""Documents at the gate, and house rules signed for each child (A5, A6, A12)."""

from dataclasses import dataclass
from typing import Final

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from conversations.booking import routes as booking
from conversations.documents import papers, views
from conversations.documents.routes import (
    Agree,
    Consents,
    DocumentPdf,
    ReadDocument,
    ReadRules,
    RefuseTelegram,
    SheetPdf,
    Sheets,
    SignAsMyself,
    SignRules,
    TickRules,
)
from conversations.documents.states import Signing
from conversations.home.views import header
from conversations.printed import Printed
from conversations.screen import Document, Screen, noted
from conversations.texts import Html, escaped
from domain.documents.model import DocumentId, Sheet
from domain.errors import NotFound
from domain.families.model import Child, ChildId
from handlers.acting import Acting, connected, entered
from handlers.entrance import Entrance
from handlers.leaving import Leaving
from handlers.show import Show
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
class DocumentHandlers:
    use_cases: UseCases
    show: Show
    entrance: Entrance

    def gate_router(self) -> Router:
        """For those who are held as well: reading and agreeing is how they get on."""
        router = Router(name=f"{__name__}.gate")
        router.callback_query.filter(entered)
        router.callback_query.register(self.consents, Consents.filter())
        router.callback_query.register(self.read, ReadDocument.filter())
        router.callback_query.register(self.pdf, DocumentPdf.filter())
        router.callback_query.register(self.agree, Agree.filter())
        router.callback_query.register(self.refuse, RefuseTelegram.filter())
        return router

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
        router.callback_query.register(self.sheet_pdf, SheetPdf.filter())
        for route in OF_A_CHILD:
            router.callback_query.register(self.sign_first, route.filter(), _unsigned)
        router.message.register(self.sheets, Command("fiches"))
        typed = F.text & ~F.text.startswith("/")
        router.message.register(self.name, StateFilter(Signing.name), typed)
        router.message.register(self.place, StateFilter(Signing.place), typed)
        return router

    # -- at the gate ---------------------------------------------------------------------------
    async def screen(self, acting: Acting) -> Screen:
        """What stands at ``Gate.CONSENT``."""
        states = await self.use_cases.documents.list_consents(acting.who)
        return views.consents(states, _above(acting), acting.texts)

    async def consents(self, event: CallbackQuery, acting: Acting) -> None:
        await self.show(event, await self.screen(acting))

    async def read(
        self, event: CallbackQuery, callback_data: ReadDocument, acting: Acting
    ) -> None:
        asked = DocumentId(callback_data.document)
        state = await self.use_cases.documents.open_document(acting.who, asked)
        await self.show(event, views.document(state, callback_data.page, acting.texts))

    async def pdf(self, event: CallbackQuery, callback_data: DocumentPdf, acting: Acting) -> None:
        asked = DocumentId(callback_data.document)
        state = await self.use_cases.documents.open_document(acting.who, asked)
        paper = papers.document(state.document, acting.town, acting.texts)
        await self._send(event, paper, state.document.title)

    async def agree(self, event: CallbackQuery, callback_data: Agree, acting: Acting) -> None:
        asked = DocumentId(callback_data.document)
        await self.use_cases.documents.give_consent(acting.who, asked, event.from_user.id)
        onwards = await self.entrance.onwards(event, acting)
        await self.show(event, await self.entrance.screen(onwards))

    async def refuse(self, event: CallbackQuery, acting: Acting) -> None:
        ended = await self.use_cases.log_out(acting.who)
        await Leaving(self.show).wipe(ended)
        await self.show.below(event, views.refused_telegram(acting.texts))

    # -- sheets --------------------------------------------------------------------------------
    async def sheets(
        self, event: Message | CallbackQuery, acting: Acting, state: FSMContext
    ) -> None:
        await _leave(state)
        found = await self.use_cases.documents.list_sheets(acting.who)
        await self.show(event, views.sheets(found, _above(acting), acting.texts))

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
        await state.set_state(Signing.name)
        await state.set_data({"child": sheet.child.id})
        await self.show(event, views.ask_name(sheet.child, _own_name(acting), acting.texts))

    async def as_myself(
        self, event: CallbackQuery, callback_data: SignAsMyself, acting: Acting, state: FSMContext
    ) -> None:
        child = _own_child(acting, callback_data.child)
        await self._named(state, child, _own_name(acting))
        await self.show(event, views.ask_place(child, acting.texts))

    async def name(self, event: Message, acting: Acting, state: FSMContext) -> None:
        child = _own_child(acting, (await state.get_data()).get("child"))
        said = _one_line(event.text)
        if said is None:
            screen = views.ask_name(child, _own_name(acting), acting.texts)
            await self.show(event, noted(screen, views.not_a_line(acting.texts)))
            return
        await self._named(state, child, said)
        await self.show(event, views.ask_place(child, acting.texts))

    async def place(self, event: Message, acting: Acting, state: FSMContext) -> None:
        told = await state.get_data()
        child = _own_child(acting, told.get("child"))
        said = _one_line(event.text)
        if said is None:
            screen = views.ask_place(child, acting.texts)
            await self.show(event, noted(screen, views.not_a_line(acting.texts)))
            return
        await state.update_data(place=said)
        sheet = await self._sheet(acting, child.id)
        title, name = sheet.document.title, str(told.get("name", ""))
        await self.show(event, views.ask_signature(child, title, name, said, acting.texts))

    async def sign(
        self, event: CallbackQuery, callback_data: SignRules, acting: Acting, state: FSMContext
    ) -> None:
        told = await state.get_data()
        ready = told.get("child") == callback_data.child and {"name", "place"} <= told.keys()
        if not ready:
            # An old button, or the steps were lost: back to the sheet, nothing is signed.
            sheet = await self._sheet(acting, callback_data.child)
            await self.show(event, views.rules(sheet, 1, acting.texts))
            return
        sheet = await self.use_cases.documents.sign_house_rules(
            acting.who,
            ChildId(callback_data.child),
            name=told["name"],
            place=told["place"],
            telegram_user=event.from_user.id,
        )
        await _leave(state)
        waiting = [
            other
            for other in await self.use_cases.documents.list_sheets(acting.who)
            if other.signature is None
        ]
        await self.show(event, views.after_signing(sheet, waiting, acting.texts))
        await self._send_sheet(event, sheet, acting)

    async def sheet_pdf(
        self, event: CallbackQuery, callback_data: SheetPdf, acting: Acting
    ) -> None:
        sheet = await self._sheet(acting, callback_data.child)
        if sheet.signature is None:
            await self.show(event, views.sign_first(sheet.child, acting.texts))
            return
        await self._send_sheet(event, sheet, acting)

    async def sign_first(
        self, event: CallbackQuery, callback_data: booking.Month, acting: Acting
    ) -> None:
        """Instead of any booking screen of a child whose rules wait (B1)."""
        child = _own_child(acting, callback_data.child)
        await self.show(event, views.sign_first(child, acting.texts))

    # -- parts ---------------------------------------------------------------------------------
    async def _sheet(self, acting: Acting, child: int) -> Sheet:
        sheets = await self.use_cases.documents.list_sheets(acting.who)
        found = next((sheet for sheet in sheets if sheet.child.id == child), None)
        if found is None:
            raise NotFound
        return found

    async def _named(self, state: FSMContext, child: Child, name: str) -> None:
        await state.set_state(Signing.place)
        await state.set_data({"child": child.id, "name": name})

    async def _send_sheet(self, event: CallbackQuery, sheet: Sheet, acting: Acting) -> None:
        if sheet.signature is None:
            raise LookupError("this sheet is not signed")
        paper = papers.signed_sheet(sheet, sheet.signature, acting.town, acting.texts)
        await self._send(event, paper, paper.title)

    async def _send(self, event: CallbackQuery, paper: Printed, caption: str) -> None:
        content = await self.use_cases.documents.print_paper(paper)
        if event.message is not None:
            made = Document(paper.file_name, content, escaped(caption))
            await self.show.wire.send_document(event.message.chat.id, made)


async def _unsigned(_: CallbackQuery, acting: Acting | None, callback_data: booking.Month) -> bool:
    """An own child whose rules wait; anybody else's is the booking routes' to refuse."""
    return acting is not None and callback_data.child in acting.who.unsigned


def _above(acting: Acting) -> Html:
    return header(acting.who, acting.town, acting.texts)


def _own_name(acting: Acting) -> str:
    guardian = acting.who.guardian
    return f"{guardian.first_name} {guardian.last_name}"


def _own_child(acting: Acting, child: object) -> Child:
    found = acting.who.child(ChildId(child)) if isinstance(child, int) else None
    if found is None:
        raise NotFound
    return found


def _one_line(text: str | None) -> str | None:
    """None for what is no name and no place."""
    said = " ".join((text or "").split(" ")).strip()
    shortest, longest = LENGTHS
    return said if shortest <= len(said) <= longest and said.isprintable() else None


async def _leave(state: FSMContext) -> None:
    await state.clear()
