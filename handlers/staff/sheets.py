"""Day sheets (S4): on the screen, as a paper, as a workbook."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from aiogram import Router
from aiogram.types import CallbackQuery

from conversations.classes import class_of
from conversations.routes import Route
from conversations.screen import Document, Screen, noted
from conversations.sheets import exports, views
from conversations.sheets.routes import DaySheet, Halves, OpenSheet, TakeSheet
from conversations.staff.home import Area
from conversations.tables import Format
from conversations.words import mark
from domain.activities.model import ActivityId
from domain.errors import NotFound
from domain.sheets import rules
from domain.sheets.model import Sheet
from domain.sheets.service import Use
from domain.staff.model import Right
from handlers.show import Show
from handlers.staff.areas import Draw
from handlers.staff.door import Door, StaffActing
from handlers.use_cases.desk import StaffSheets

USES: Final = {Format.PDF: Use.PDF, Format.XLSX: Use.XLSX}


@dataclass(frozen=True, slots=True)
class SheetHandlers:
    use_cases: StaffSheets
    show: Show
    door: Door

    @property
    def area(self) -> Area:
        return Area(mark("Feuilles du jour"), OpenSheet().pack(), Right.READ_SHEETS)

    @property
    def tables(self) -> Mapping[type[Route], Draw]:
        return {DaySheet: self.sheet}

    def router(self) -> Router:
        router, read = Router(name=__name__), self.door.needs(Right.READ_SHEETS)
        for route, handler in (
            (OpenSheet, self.today),
            (DaySheet, self.sheet),
            (Halves, self.halves),
            (TakeSheet, self.take),
        ):
            router.callback_query.register(handler, route.filter(), read)
        return router

    async def today(self, event: CallbackQuery, agent: StaffActing) -> None:
        sheet = await self.use_cases.read(agent.member, None)
        await self.show(event, _drawn(sheet, 1, agent))

    async def sheet(
        self, event: CallbackQuery, callback_data: DaySheet, agent: StaffActing
    ) -> None:
        of, order = _activity(callback_data.activity), callback_data.order
        sheet = await self.use_cases.read(agent.member, callback_data.day, of, order)
        told = _told(sheet, callback_data.school_class)
        screen = _drawn(told or sheet, callback_data.page, agent)
        if told is None:
            nobody = agent.texts("Aucun enfant de cette classe n'est attendu ce jour-là.")
            screen = noted(screen, nobody)
        await self.show(event, screen)

    async def halves(
        self, event: CallbackQuery, callback_data: Halves, agent: StaffActing
    ) -> None:
        of = _activity(callback_data.activity)
        sheet = await self.use_cases.read(agent.member, callback_data.day, of)
        await self.show(event, views.halves(sheet, agent.texts))

    async def take(
        self, event: CallbackQuery, callback_data: TakeSheet, agent: StaffActing
    ) -> None:
        wanted = callback_data.format
        if wanted not in USES:
            raise NotFound
        of, order, use = _activity(callback_data.activity), callback_data.order, USES[wanted]
        sheet = await self.use_cases.read(agent.member, callback_data.day, of, order, use)
        told = _told(sheet, callback_data.school_class)
        if told is None:
            raise NotFound
        document = await self._document(told, wanted, agent)
        await self.show.wire.send_document(event.from_user.id, document)

    async def _document(self, sheet: Sheet, as_: Format, agent: StaffActing) -> Document:
        if as_ is Format.PDF:
            paper = exports.paper(sheet, agent.town, agent.texts)
            content = await self.use_cases.print_paper(paper)
            return Document(paper.file_name, content, paper.title)
        table = exports.workbook(sheet, agent.town, agent.texts)
        content = await self.use_cases.write_table(table, as_)
        return Document(f"{table.file_name}.{as_}", content, table.title)


def _drawn(sheet: Sheet, page: int, agent: StaffActing) -> Screen:
    draw = views.in_table if agent.member.in_tables else views.screen
    return draw(sheet, page, agent.texts)


def _told(sheet: Sheet, code: str | None) -> Sheet | None:
    """None: nobody of that class is expected."""
    if code is None:
        return sheet
    name = class_of(code, (name for name, _ in sheet.classes))
    return None if name is None else rules.of_class(sheet, name)


def _activity(number: int | None) -> ActivityId | None:
    return None if number is None else ActivityId(number)
