"""What the follow-up shows, and what it is exported as (F1, F3)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from aiogram import Router
from aiogram.types import CallbackQuery

from conversations.followup import exports, filters
from conversations.followup.routes import (
    Export,
    Exports,
    Filter,
    FilterActivity,
    FilterChild,
    FilterMonth,
    PickActivity,
    PickChild,
    ResetFilters,
    ShowBox,
)
from conversations.tables import Format, printed
from domain.activities.model import Activity, ActivityId
from domain.bookings.filters import EVERYTHING, Filters
from domain.clock import Clock
from domain.families.model import ChildId
from handlers.acting import Acting, connected
from handlers.followup import FollowUpHandlers
from handlers.show import Show
from handlers.use_cases import UseCases

MOST_ROWS: Final = 2000


@dataclass(frozen=True, slots=True)
class FilterHandlers:
    use_cases: UseCases
    show: Show
    clock: Clock
    list: FollowUpHandlers

    def router(self) -> Router:
        router = Router(name=__name__)
        router.callback_query.filter(connected)
        router.callback_query.register(self.filters, Filter.filter())
        router.callback_query.register(self.box, ShowBox.filter())
        router.callback_query.register(self.month, FilterMonth.filter())
        router.callback_query.register(self.pick_child, PickChild.filter())
        router.callback_query.register(self.child, FilterChild.filter())
        router.callback_query.register(self.pick_activity, PickActivity.filter())
        router.callback_query.register(self.activity, FilterActivity.filter())
        router.callback_query.register(self.reset, ResetFilters.filter())
        router.callback_query.register(self.exports, Exports.filter())
        router.callback_query.register(self.export, Export.filter())
        return router

    # -- filters ---------------------------------------------------------------------------
    async def filters(self, event: CallbackQuery, acting: Acting) -> None:
        await self._show(event, await self.use_cases.following.show_filters(acting.who), acting)

    async def box(self, event: CallbackQuery, callback_data: ShowBox, acting: Acting) -> None:
        box, shown = callback_data.box, callback_data.shown

        def change(now: Filters) -> Filters:
            return replace(now, hidden=now.hidden - {box} if shown else now.hidden | {box})

        await self._change(event, acting, change)

    async def month(
        self, event: CallbackQuery, callback_data: FilterMonth, acting: Acting
    ) -> None:
        first = callback_data.first
        month = None if first is None else first.replace(day=1)
        await self._change(event, acting, lambda now: replace(now, month=month))

    async def child(
        self, event: CallbackQuery, callback_data: FilterChild, acting: Acting
    ) -> None:
        child = None if callback_data.child is None else ChildId(callback_data.child)
        await self._change(event, acting, lambda now: replace(now, child=child))

    async def activity(
        self, event: CallbackQuery, callback_data: FilterActivity, acting: Acting
    ) -> None:
        said = callback_data.activity
        activity = None if said is None else ActivityId(said)
        await self._change(event, acting, lambda now: replace(now, activity=activity))

    async def reset(self, event: CallbackQuery, acting: Acting) -> None:
        await self.use_cases.following.change_filters(acting.who, lambda _: EVERYTHING)
        await self.show(event, await self.list.screen(acting, 1))

    async def pick_child(self, event: CallbackQuery, acting: Acting) -> None:
        await self.show(event, filters.pick_child(acting.who.children, acting.texts))

    async def pick_activity(self, event: CallbackQuery, acting: Acting) -> None:
        await self.show(event, filters.pick_activity(activities_of(acting), acting.texts))

    # -- exports ---------------------------------------------------------------------------
    async def exports(self, event: CallbackQuery, acting: Acting) -> None:
        await self.show(event, exports.choices(acting.texts))

    async def export(self, event: CallbackQuery, callback_data: Export, acting: Acting) -> None:
        view = await self.use_cases.following.show_whole(acting.who, 1)
        if view.pages > 1:
            await self.show(event, exports.too_many(MOST_ROWS, acting.texts))
            return
        told = filters.told(view.filters, acting.who.children, activities_of(acting), acting.texts)
        table = exports.table(
            view, acting.who.guardian, acting.town, told, self.clock(), acting.texts
        )
        files, t = self.use_cases.following, acting.texts
        match callback_data.format:
            case Format.PDF:
                content = await self.use_cases.documents.print_paper(printed(table, t))
            case Format.AGENDA:
                content = await files.write_agenda(exports.events(view, acting.town))
            case _:
                content = await files.write_table(table, callback_data.format)
        name = f"{table.file_name}.{callback_data.format}"
        document = exports.parcel(name, content, t)
        await self.show.wire.send_document(event.from_user.id, document)

    # -- shared ----------------------------------------------------------------------------
    async def _change(
        self, event: CallbackQuery, acting: Acting, change: Callable[[Filters], Filters]
    ) -> None:
        now = await self.use_cases.following.change_filters(acting.who, change)
        await self._show(event, now, acting)

    async def _show(self, event: CallbackQuery, now: Filters, acting: Acting) -> None:
        here, today = activities_of(acting), acting.town.today(self.clock())
        screen = filters.screen(now, acting.who.children, here, today, acting.texts)
        await self.show(event, screen)


def activities_of(acting: Acting) -> Sequence[Activity]:
    """Of the structure, by name."""
    found = acting.catalogue.activities.values()
    here = [one for one in found if one.structure_id == acting.who.structure_id]
    return sorted(here, key=lambda one: one.name)
