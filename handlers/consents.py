"""Documents at the gate: opened, then ticked, before anything else works (A5, A12)."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.types import CallbackQuery

from conversations.documents import papers, views
from conversations.documents.routes import (
    Agree,
    Consents,
    DocumentPdf,
    ReadDocument,
    RefuseTelegram,
)
from conversations.home.views import header
from conversations.screen import Document, Screen
from conversations.texts import escaped
from domain.documents.model import DocumentId
from handlers.acting import Acting, entered
from handlers.entrance import Entrance
from handlers.leaving import Leaving
from handlers.show import Show
from handlers.use_cases import UseCases


@dataclass(frozen=True, slots=True)
class ConsentHandlers:
    use_cases: UseCases
    show: Show
    entrance: Entrance

    def router(self) -> Router:
        """For those who are held as well: reading and agreeing is how they get on."""
        router = Router(name=__name__)
        router.callback_query.filter(entered)
        router.callback_query.register(self.consents, Consents.filter())
        router.callback_query.register(self.read, ReadDocument.filter())
        router.callback_query.register(self.pdf, DocumentPdf.filter())
        router.callback_query.register(self.agree, Agree.filter())
        router.callback_query.register(self.refuse, RefuseTelegram.filter())
        return router

    async def screen(self, acting: Acting) -> Screen:
        """What stands at ``Gate.CONSENT``."""
        states = await self.use_cases.documents.list_consents(acting.who)
        above = header(acting.who, acting.town, acting.texts)
        return views.consents(states, above, acting.texts)

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
        told = (await self.use_cases.documents.open_document(acting.who, asked)).document
        paper = papers.document(told, acting.town, acting.texts)
        content = await self.use_cases.documents.print_paper(paper)
        sent = Document(paper.file_name, content, escaped(told.title))
        await self.show.wire.send_document(event.from_user.id, sent)

    async def agree(self, event: CallbackQuery, callback_data: Agree, acting: Acting) -> None:
        asked = DocumentId(callback_data.document)
        await self.use_cases.documents.give_consent(acting.who, asked, event.from_user.id)
        onwards = await self.entrance.onwards(event, acting)
        await self.show(event, await self.entrance.screen(onwards))

    async def refuse(self, event: CallbackQuery, acting: Acting) -> None:
        ended = await self.use_cases.log_out(acting.who)
        await Leaving(self.show).wipe(ended)
        await self.show.below(event, views.refused_telegram(acting.texts))
