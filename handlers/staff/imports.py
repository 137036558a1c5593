"""A town's tables sent into the chat by a manager: checked, then written (X1)."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any, Final

from aiogram import F, Router
from aiogram.exceptions import AiogramError
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
from domain.imports.errors import FileChanged, ImportInHand, TooBig
from domain.imports.model import Outcome
from domain.imports.ports import Progress
from domain.staff.model import Right
from handlers.show import Show
from handlers.staff.door import Door, StaffActing
from handlers.staff.progress import shown
from handlers.staff.steps import Steps
from handlers.use_cases.staff import StaffUseCases

log = logging.getLogger(__name__)
MEBIBYTE: Final = 2**20
FILE, NAME, CHECKSUM, WRITTEN = "file", "name", "checksum", "written"


@dataclass(frozen=True, slots=True)
class Place:
    """Whose import, and the message that shows it."""

    chat: int
    message: int
    agent: StaffActing
    state: FSMContext


Work = Callable[[Place, dict[str, Any], Progress], Awaitable[tuple[Screen, Outcome]]]


@dataclass(frozen=True, slots=True)
class ImportHandlers:
    """``busy``: chats with an import in hand; another process, or one that comes after this one
    died, finds the same file harmless.
    """

    use_cases: StaffUseCases
    show: Show
    door: Door
    steps: Steps
    busy: set[int] = field(default_factory=set)

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
        if chat in self.busy:
            raise ImportInHand
        kept = {FILE: file.file_id, NAME: file.file_name or "document", WRITTEN: ""}
        await self.steps.begin(ImportSteps.file, agent, state, **kept)
        message = await self.show.wire.send(chat, views.working("reading", 0, 0, t))
        self._beside(Place(chat, message, agent, state), self._check, kept)

    async def write(
        self,
        event: CallbackQuery,
        callback_data: WriteImport,
        agent: StaffActing,
        state: FSMContext,
    ) -> None:
        chat, kept = event.from_user.id, await self.steps.kept(agent, state) or {}
        if event.message is None or not str(kept.get(CHECKSUM, "")).startswith(
            callback_data.digest
        ):
            raise FileChanged
        if kept[WRITTEN]:
            await self.show(event, views.written_before(agent.texts))
            return
        if chat in self.busy:
            return  # the same button, twice: the message shows how far it is
        await self.show(event, views.working("reading", 0, 0, agent.texts))
        self._beside(Place(chat, event.message.message_id, agent, state), self._write, kept)

    # -- beside the updates: what waits for a file of a whole town holds nobody back -----------
    def _beside(self, place: Place, work: Work, kept: dict[str, Any]) -> None:
        self.busy.add(place.chat)
        self.use_cases.imports.beside(self._told(place, work, kept), "import")

    async def _told(self, place: Place, work: Work, kept: dict[str, Any]) -> None:
        """Whatever becomes of it, the message says so."""
        t = place.agent.texts
        try:
            async with shown(self.show.wire, place.chat, place.message, t) as progress:
                screen, outcome = await work(place, kept, progress)
            await self._tell(place, screen, outcome)
        except DomainError as error:
            await self._tell(place, views.refused(words.refusal(error, t), t))
        except Exception:
            # Nobody is above: whoever waits must be told, and the rest is for the log.
            error_id = token_hex(4)
            log.exception("import_failed", extra={"error_id": error_id})
            await self._tell(place, views.refused(views.broken(error_id, t), t))
        finally:
            self.busy.discard(place.chat)

    async def _tell(self, place: Place, screen: Screen, outcome: Outcome | None = None) -> None:
        try:
            await self.show.wire.edit(place.chat, place.message, screen)
            if outcome is not None:
                await self._list(place.chat, outcome, place.agent)
        except AiogramError as error:
            log.warning("telegram_failed", extra={"error": type(error).__name__})

    async def _check(
        self, place: Place, kept: dict[str, Any], progress: Progress
    ) -> tuple[Screen, Outcome]:
        member, name = place.agent.member, str(kept[NAME])
        content = await self.use_cases.imports.fetch(str(kept[FILE]))
        checked = await self.use_cases.imports.check(member, name, content, progress)
        await self._keep(place, kept, CHECKSUM, checked.checksum)
        return views.checked(checked, name, place.agent.texts), checked.outcome

    async def _write(
        self, place: Place, kept: dict[str, Any], progress: Progress
    ) -> tuple[Screen, Outcome]:
        """The file is fetched again, as it is not kept here: exactly what was checked counts."""
        member, name, checksum = place.agent.member, str(kept[NAME]), str(kept[CHECKSUM])
        content = await self.use_cases.imports.fetch(str(kept[FILE]))
        outcome = await self.use_cases.imports.write(
            member, name, content, progress, checksum=checksum
        )
        if outcome.applied:
            await self._keep(place, kept, WRITTEN, checksum)
        return views.written(outcome, place.agent.texts), outcome

    async def _keep(self, place: Place, kept: dict[str, Any], key: str, value: str) -> None:
        """Where the agent has gone on to something else meanwhile, that stays."""
        now = await self.steps.kept(place.agent, place.state) or {}
        if now.get(FILE) == kept[FILE]:
            await place.state.update_data({key: value})

    async def _list(self, chat: int, outcome: Outcome, agent: StaffActing) -> None:
        """All the problems, where the message holds the first ones."""
        if outcome.troubles <= views.SHOWN:
            return
        table = views.problems(outcome, self.steps.clock(), agent.texts)
        content = await self.use_cases.imports.write_table(table, Format.XLSX)
        name = f"{table.file_name}.{Format.XLSX}"
        await self.show.wire.send_document(chat, Document(name, content, table.title))
