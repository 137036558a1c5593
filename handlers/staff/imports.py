"""A town's tables sent into the chat by a manager: checked, then written (X1)."""

from dataclasses import dataclass
from typing import Any, Final

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from conversations import words
from conversations.imports import views
from conversations.imports.routes import AskImport, TakeTemplate, WriteImport
from conversations.imports.states import ImportSteps
from conversations.screen import Document, Screen
from conversations.staff.home import Area, header
from conversations.tables import Format
from conversations.words import mark
from domain.errors import DomainError
from domain.imports.by_agent import MOST
from domain.imports.errors import FileChanged, TooBig
from domain.imports.model import Outcome
from domain.staff.model import Right
from handlers.show import Show
from handlers.staff.door import Door, StaffActing
from handlers.staff.progress import shown
from handlers.staff.steps import Steps
from handlers.use_cases.staff import StaffUseCases

MEBIBYTE: Final = 2**20
FILE, NAME, CHECKSUM, WRITTEN = "file", "name", "checksum", "written"


@dataclass(frozen=True, slots=True)
class ImportHandlers:
    use_cases: StaffUseCases
    show: Show
    door: Door
    steps: Steps

    @property
    def area(self) -> Area:
        return Area(mark("Importer des données"), AskImport().pack(), Right.IMPORT)

    def router(self) -> Router:
        router, imports = Router(name=__name__), self.door.needs(Right.IMPORT)
        router.callback_query.register(self.ask, AskImport.filter(), imports)
        router.callback_query.register(self.template, TakeTemplate.filter(), imports)
        router.callback_query.register(self.write, WriteImport.filter(), imports)
        asked = StateFilter(ImportSteps.file), F.document
        router.message.register(self.sent, *asked, imports, self.steps.going_on())
        return router

    async def ask(self, event: CallbackQuery, agent: StaffActing, state: FSMContext) -> None:
        await self.steps.begin(ImportSteps.file, agent, state)
        above = header(agent.member, agent.town, agent.texts)
        await self.show(event, views.ask(above, agent.texts))

    async def template(self, event: CallbackQuery, agent: StaffActing) -> None:
        content = await self.use_cases.imports.write_template(agent.texts)
        caption = views.template_caption(agent.texts)
        paper = Document("cartable-modele.xlsx", content, caption)
        await self.show.wire.send_document(event.from_user.id, paper)

    async def sent(self, event: Message, agent: StaffActing, state: FSMContext) -> None:
        """Checked; the step goes on, as a corrected file may follow."""
        file, t, chat = event.document, agent.texts, event.chat.id
        if file is None or (file.file_size or 0) > MOST * MEBIBYTE:
            raise TooBig(most=MOST)
        name = file.file_name or "document"
        message = await self.show.wire.send(chat, views.working("reading", 0, 0, t))
        try:
            async with shown(self.show.wire, chat, message, t) as progress:
                content = await self.use_cases.imports.fetch(file.file_id)
                checked = await self.use_cases.imports.check(agent.member, name, content, progress)
        except DomainError as error:
            await self._edit(chat, message, views.refused(words.refusal(error, t), t))
            return
        kept: dict[str, str | int] = {FILE: file.file_id, NAME: name, WRITTEN: 0}
        kept[CHECKSUM] = checked.checksum
        await self.steps.begin(ImportSteps.file, agent, state, **kept)
        await self._edit(chat, message, views.checked(checked, name, t))
        await self._list(chat, checked.outcome, agent)

    async def write(
        self,
        event: CallbackQuery,
        callback_data: WriteImport,
        agent: StaffActing,
        state: FSMContext,
    ) -> None:
        kept = await self.steps.kept(agent, state) or {}
        if not str(kept.get(CHECKSUM, "")).startswith(callback_data.digest):
            raise FileChanged
        if kept[WRITTEN]:
            await self.show(event, views.written_before(agent.texts))
            return
        outcome = await self._write(event, agent, kept)
        if outcome is None:
            return
        if outcome.applied:
            await state.update_data({WRITTEN: 1})
        await self.show(event, views.written(outcome, agent.texts))
        await self._list(event.from_user.id, outcome, agent)

    async def _write(
        self, event: CallbackQuery, agent: StaffActing, kept: dict[str, Any]
    ) -> Outcome | None:
        """None where it was refused, and told so. The file is fetched again, not kept here."""
        t, chat = agent.texts, event.from_user.id
        message = event.message.message_id if event.message is not None else 0
        await self.show(event, views.working("reading", 0, 0, t))
        try:
            async with shown(self.show.wire, chat, message, t) as progress:
                content = await self.use_cases.imports.fetch(str(kept[FILE]))
                return await self.use_cases.imports.write(
                    agent.member,
                    str(kept[NAME]),
                    content,
                    progress,
                    checksum=str(kept[CHECKSUM]),
                )
        except DomainError as error:
            await self.show(event, views.refused(words.refusal(error, t), t))
            return None

    async def _edit(self, chat: int, message: int, screen: Screen) -> None:
        await self.show.wire.edit(chat, message, screen)

    async def _list(self, chat: int, outcome: Outcome, agent: StaffActing) -> None:
        """All the problems, where the message holds the first ones."""
        if outcome.troubles <= views.SHOWN:
            return
        table = views.problems(outcome, self.steps.clock(), agent.texts)
        content = await self.use_cases.imports.write_table(table, Format.XLSX)
        name = f"{table.file_name}.{Format.XLSX}"
        await self.show.wire.send_document(chat, Document(name, content, table.title))
