"""The audit log: read, filtered, taken as a file (S1)."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.types import CallbackQuery

from conversations.journal import views
from conversations.journal.routes import Journal, JournalAgents, TakeJournal, asked_of
from conversations.screen import Document
from conversations.staff.home import Area
from conversations.tables import Format
from conversations.words import mark
from domain.clock import Clock
from domain.errors import NotFound
from domain.journal.model import LogAsked
from domain.staff.model import Right
from handlers.show import Show
from handlers.staff.door import Door, StaffActing
from handlers.use_cases.staff import StaffUseCases

FILES = frozenset({Format.XLSX, Format.CSV})


@dataclass(frozen=True, slots=True)
class JournalHandlers:
    use_cases: StaffUseCases
    show: Show
    door: Door
    clock: Clock

    @property
    def area(self) -> Area:
        return Area(mark("Journal des agents"), Journal.of(LogAsked()), Right.READ_AUDIT)

    def router(self) -> Router:
        router, reads = Router(name=__name__), self.door.needs(Right.READ_AUDIT)
        router.callback_query.register(self.read, Journal.filter(), reads)
        router.callback_query.register(self.agents, JournalAgents.filter(), reads)
        router.callback_query.register(self.take, TakeJournal.filter(), reads)
        return router

    async def read(self, event: CallbackQuery, callback_data: Journal, agent: StaffActing) -> None:
        asked, page = asked_of(callback_data), callback_data.page
        view = await self.use_cases.journal.show_journal(agent.member, asked, page)
        tables = agent.member.in_tables
        screen = views.screen(view, agent.catalogue, agent.texts, tables=tables)
        await self.show(event, screen)

    async def agents(
        self, event: CallbackQuery, callback_data: JournalAgents, agent: StaffActing
    ) -> None:
        asked = LogAsked(None, callback_data.days)
        view = await self.use_cases.journal.show_journal(agent.member, asked, 1)
        await self.show(event, views.agents(view, agent.texts))

    async def take(
        self, event: CallbackQuery, callback_data: TakeJournal, agent: StaffActing
    ) -> None:
        as_ = callback_data.format
        if as_ not in FILES:
            raise NotFound
        view = await self.use_cases.journal.take_journal(agent.member, asked_of(callback_data))
        table = views.file(view, agent.catalogue, agent.town, self.clock(), agent.texts)
        content = await self.use_cases.journal.write_log(table, as_)
        document = Document(f"{table.file_name}.{as_}", content, table.title)
        await self.show.wire.send_document(event.from_user.id, document)
