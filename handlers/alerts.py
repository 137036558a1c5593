"""Which alerts come, how and when (H3, N7)."""

from dataclasses import dataclass
from datetime import time

from aiogram import Router
from aiogram.types import CallbackQuery

from conversations.profile import alerts
from conversations.profile.routes import (
    NoQuiet,
    Notices,
    QuietBetween,
    QuietFrom,
    QuietHours,
    WantNotice,
)
from domain.errors import NotFound
from domain.notices.quiet import Quiet
from handlers.acting import Acting, connected
from handlers.show import Show
from handlers.use_cases import UseCases


@dataclass(frozen=True, slots=True)
class AlertHandlers:
    use_cases: UseCases
    show: Show

    def router(self) -> Router:
        router = Router(name=__name__)
        router.callback_query.filter(connected)
        router.callback_query.register(self.notices, Notices.filter())
        router.callback_query.register(self.want, WantNotice.filter())
        router.callback_query.register(self.quiet_hours, QuietHours.filter())
        router.callback_query.register(self.quiet_from, QuietFrom.filter())
        router.callback_query.register(self.quiet_between, QuietBetween.filter())
        router.callback_query.register(self.no_quiet, NoQuiet.filter())
        return router

    async def notices(self, event: CallbackQuery, acting: Acting) -> None:
        choices = await self.use_cases.profile.show_choices(acting.who)
        await self.show(event, alerts.screen(choices, acting.texts))

    async def want(self, event: CallbackQuery, callback_data: WantNotice, acting: Acting) -> None:
        asked = callback_data
        await self.use_cases.profile.choose_notice(
            acting.who, asked.kind, asked.channel, wanted=asked.wanted
        )
        await self.notices(event, acting)

    async def quiet_hours(self, event: CallbackQuery, acting: Acting) -> None:
        choices = await self.use_cases.profile.show_choices(acting.who)
        await self.show(event, alerts.quiet_hours(choices.quiet, acting.texts))

    async def quiet_from(
        self, event: CallbackQuery, callback_data: QuietFrom, acting: Acting
    ) -> None:
        await self.show(event, alerts.quiet_until(callback_data.start, acting.texts))

    async def quiet_between(
        self, event: CallbackQuery, callback_data: QuietBetween, acting: Acting
    ) -> None:
        start, until = callback_data.start, callback_data.until
        if start == until:
            raise NotFound
        await self._set(event, Quiet(time(start), time(until)), acting)

    async def no_quiet(self, event: CallbackQuery, acting: Acting) -> None:
        await self._set(event, None, acting)

    async def _set(self, event: CallbackQuery, quiet: Quiet | None, acting: Acting) -> None:
        await self.use_cases.profile.set_quiet(acting.who, quiet)
        await self.quiet_hours(event, acting)
