"""Declaring a child absent, adding a word or a certificate, withdrawing it (B19)."""

from dataclasses import dataclass
from typing import Final

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Document, Message, PhotoSize

from conversations.absences import views
from conversations.absences.routes import (
    AbsenceDay,
    AbsenceDays,
    AskReason,
    DeclareAbsent,
    Explain,
    WithdrawAbsent,
    kept,
    scope_from,
    scope_of,
    whole_day,
)
from conversations.absences.states import AbsenceSteps
from conversations.home.views import header
from conversations.screen import Screen, noted
from domain.absences.errors import UnusableFile
from domain.absences.model import (
    BIGGEST_CERTIFICATE,
    LONGEST_NOTE,
    Certificate,
    CertificateKind,
    Scope,
)
from handlers.acting import Acting, connected
from handlers.show import Show
from handlers.steps import Kept, Steps
from handlers.use_cases import UseCases

MEGABYTE: Final = 2**20
PAPER: Final = F.photo | F.document
KINDS: Final = {
    "application/pdf": CertificateKind.PDF,
    "image/jpeg": CertificateKind.PHOTO,
    "image/png": CertificateKind.PHOTO,
}


@dataclass(frozen=True, slots=True)
class AbsenceHandlers:
    use_cases: UseCases
    show: Show
    steps: Steps

    def router(self) -> Router:
        router = Router(name=__name__)
        router.callback_query.filter(connected)
        router.message.filter(connected)
        router.callback_query.register(self.days, AbsenceDays.filter())
        router.callback_query.register(self.day, AbsenceDay.filter())
        router.callback_query.register(self.ask, AskReason.filter())
        router.callback_query.register(self.declare, DeclareAbsent.filter())
        router.callback_query.register(self.explain, Explain.filter())
        router.callback_query.register(self.withdraw, WithdrawAbsent.filter())
        router.message.register(self.command, Command("absence"))
        self.steps.register(router, AbsenceSteps.explain, self.said)
        self.steps.register(router, AbsenceSteps, self.sent, PAPER)
        return router

    async def days(
        self, event: CallbackQuery, callback_data: AbsenceDays, acting: Acting, state: FSMContext
    ) -> None:
        await self._leave(state)
        await self.show(event, await self._days(acting, callback_data.page))

    async def command(self, event: Message, acting: Acting, state: FSMContext) -> None:
        await self._leave(state)
        await self.show(event, await self._days(acting, 1))

    async def _days(self, acting: Acting, page: int) -> Screen:
        found = await self.use_cases.absences.list_absence_days(acting.who)
        above = header(acting.who, acting.town, acting.texts)
        return views.days(found, page, above, acting.texts)

    async def day(
        self, event: CallbackQuery, callback_data: AbsenceDay, acting: Acting, state: FSMContext
    ) -> None:
        await self._leave(state)
        scope = whole_day(callback_data)
        found = await self.use_cases.absences.show_absence_day(acting.who, scope)
        await self.show(event, views.day(found, acting.texts))

    async def ask(self, event: CallbackQuery, callback_data: AskReason, acting: Acting) -> None:
        scope = scope_of(callback_data)
        found = await self.use_cases.absences.ask_absence(acting.who, scope)
        await self.show(event, views.reasons(found, callback_data.activity, acting.texts))

    async def declare(
        self, event: CallbackQuery, callback_data: DeclareAbsent, acting: Acting, state: FSMContext
    ) -> None:
        scope, reason = scope_of(callback_data), callback_data.reason
        await self.use_cases.absences.declare_absence(acting.who, scope, reason)
        whole = Scope(scope.child_id, scope.day)
        await self.steps.begin(AbsenceSteps.declared, acting.who, state, **kept(whole))
        found = await self.use_cases.absences.show_absence_day(acting.who, whole)
        await self.show(event, views.day(found, acting.texts, takes_paper=True))

    async def withdraw(
        self, event: CallbackQuery, callback_data: WithdrawAbsent, acting: Acting
    ) -> None:
        scope = scope_of(callback_data)
        await self.use_cases.absences.withdraw_absence(acting.who, scope)
        note = acting.texts("C'est noté : votre enfant est attendu comme prévu.")
        found = await self.use_cases.absences.show_absence_day(
            acting.who, Scope(scope.child_id, scope.day)
        )
        await self.show(event, noted(views.day(found, acting.texts), note))

    # -- a word, a certificate -------------------------------------------------------------
    async def explain(
        self, event: CallbackQuery, callback_data: Explain, acting: Acting, state: FSMContext
    ) -> None:
        scope = whole_day(callback_data)
        found = await self.use_cases.absences.show_absence_day(acting.who, scope)
        await self.steps.begin(AbsenceSteps.explain, acting.who, state, **kept(scope))
        await self.show(event, views.ask_more(found, acting.texts))

    async def said(self, event: Message, acting: Acting, state: FSMContext, about: Kept) -> None:
        scope = scope_from(about)
        found = await self.use_cases.absences.note_absence(acting.who, scope, event.text or "")
        await state.clear()
        note = acting.texts("Votre mot est transmis à la mairie.")
        await self.show(event, noted(views.day(found, acting.texts), note))

    async def sent(self, event: Message, acting: Acting, about: Kept) -> None:
        """The step goes on: of a paper of two pages two pictures come."""
        scope, asked = scope_from(about), self.use_cases.absences
        found = await asked.certify_absence(acting.who, scope, _certificate(event))
        if event.caption:
            found = await asked.note_absence(acting.who, scope, event.caption[:LONGEST_NOTE])
        note = acting.texts("Votre justificatif est joint.")
        await self.show(event, noted(views.day(found, acting.texts), note))

    async def _leave(self, state: FSMContext) -> None:
        if await state.get_state() in AbsenceSteps:
            await state.clear()


def _certificate(event: Message) -> Certificate:
    """Raises UnusableFile."""
    file: PhotoSize | Document | None
    if event.photo:
        file, kind = event.photo[-1], CertificateKind.PHOTO  # the largest one
    else:
        file = event.document
        found = KINDS.get((file and file.mime_type) or "")
        if found is None:
            raise UnusableFile(most=BIGGEST_CERTIFICATE // MEGABYTE)
        kind = found
    if file is None or (file.file_size or 0) > BIGGEST_CERTIFICATE:
        raise UnusableFile(most=BIGGEST_CERTIFICATE // MEGABYTE)
    return Certificate(file.file_id, kind)
