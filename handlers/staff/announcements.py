"""Announcements: listed, composed, looked at (S2). What leaves is confirmed in ``releasing``."""

from dataclasses import dataclass
from typing import Final

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from conversations.announcements.views import told
from conversations.announcing import views
from conversations.announcing.routes import (
    Announcing,
    Compose,
    DropAttached,
    OpenAnnouncement,
    OpenDetail,
    Preview,
    Rewrite,
)
from conversations.announcing.states import AnnouncingSteps
from conversations.screen import Document, Screen, noted
from conversations.words import refusal
from domain.announcements import rules
from domain.announcements.composed import UNSENT, Composed, File, Followed, Planned
from domain.announcements.model import AnnouncementId
from domain.errors import DomainError, NotFound
from domain.staff.model import Right
from handlers.show import Show
from handlers.staff.door import Door, StaffActing
from handlers.use_cases import announcing

TYPED: Final = (F.text & ~F.text.startswith("/")) | F.photo | F.document


@dataclass(frozen=True, slots=True)
class AnnouncementDesk:
    """Screens that both halves of the conversation lead to."""

    asked: announcing.Announcing
    show: Show

    def screen(self, found: announcing.AsItIs, agent: StaffActing) -> Screen:
        if isinstance(found, Planned):
            return views.draft(found, agent.catalogue, agent.texts)
        return views.followed(
            found,
            agent.catalogue,
            agent.texts,
            may_announce=agent.member.may(Right.ANNOUNCE),
            may_name=agent.member.may(Right.READ_FAMILIES),
        )

    async def preview(
        self, event: Message | CallbackQuery, found: announcing.AsItIs, agent: StaffActing
    ) -> None:
        """Below, as a parent sees it; and under it what confirms it."""
        composed = found.composed
        new = isinstance(found, Followed) and composed.new_title is not None
        title, text = composed.title, composed.text
        if new:
            title, text = composed.new_title or "", composed.new_text or ""
        await self._like_a_parent(event, composed, told(title, text), agent)
        if isinstance(found, Planned):
            await self.show.below(event, views.confirm(found, agent.catalogue, agent.texts))
        elif new:
            await self.show.below(event, views.confirm_words(composed, agent.texts))
        else:
            await self.show.below(event, self.screen(found, agent))

    async def _like_a_parent(
        self,
        event: Message | CallbackQuery,
        composed: Composed,
        said: str,
        agent: StaffActing,
    ) -> None:
        file = composed.file
        if file is None:
            await self.show.below(event, Screen(said))
            return
        _, content = await self.asked.fetch_file(agent.member, composed.id)
        document = Document(file.name, content, said, is_picture=file.is_picture)
        message = event.message if isinstance(event, CallbackQuery) else event
        if message is not None:
            await self.show.wire.send_document(message.chat.id, document)


@dataclass(frozen=True, slots=True)
class ComposingHandlers:
    asked: announcing.Announcing
    show: Show
    door: Door
    desk: AnnouncementDesk

    def router(self) -> Router:
        router = Router(name=__name__)
        read, act = (
            self.door.needs(Right.READ_ANNOUNCEMENTS),
            self.door.needs(Right.ANNOUNCE),
        )
        taps = router.callback_query
        taps.register(self.list, Announcing.filter(), read)
        taps.register(self.open, OpenAnnouncement.filter(), read)
        taps.register(self.detail, OpenDetail.filter(), read)
        taps.register(self.begin, Compose.filter(), act)
        taps.register(self.rewrite, Rewrite.filter(), act)
        taps.register(self.drop_file, DropAttached.filter(), act)
        taps.register(self.preview, Preview.filter(), act)
        router.message.register(self.said, StateFilter(AnnouncingSteps.words), TYPED, act)
        return router

    async def list(self, event: CallbackQuery, agent: StaffActing, state: FSMContext) -> None:
        await _leave(state)
        found = await self.asked.listed(agent.member)
        may = agent.member.may(Right.ANNOUNCE)
        await self.show(event, views.listed(found, agent.texts, may_announce=may))

    async def open(
        self,
        event: CallbackQuery,
        callback_data: OpenAnnouncement,
        agent: StaffActing,
        state: FSMContext,
    ) -> None:
        await _leave(state)
        found = await self.asked.open(agent.member, AnnouncementId(callback_data.announcement))
        await self.show(event, self.desk.screen(found, agent))

    async def detail(
        self, event: CallbackQuery, callback_data: OpenDetail, agent: StaffActing
    ) -> None:
        found = await self.asked.open(agent.member, AnnouncementId(callback_data.announcement))
        await self.show.below(event, self.desk.screen(found, agent))

    # -- words and a file ------------------------------------------------------------------
    async def begin(self, event: CallbackQuery, agent: StaffActing, state: FSMContext) -> None:
        begun = await self.asked.begin(agent.member)
        await self._ask(event, begun, agent, state)

    async def rewrite(
        self, event: CallbackQuery, callback_data: Rewrite, agent: StaffActing, state: FSMContext
    ) -> None:
        await self._ask(event, AnnouncementId(callback_data.announcement), agent, state)

    async def _ask(
        self,
        event: CallbackQuery,
        announcement: AnnouncementId,
        agent: StaffActing,
        state: FSMContext,
    ) -> None:
        found = await self.asked.open(agent.member, announcement)
        await state.set_state(AnnouncingSteps.words)
        about = {"announcement": announcement, "agent": agent.member.session_id}
        await state.set_data(about)
        await self.show(event, views.ask_words(found.composed, agent.texts))

    async def said(self, event: Message, agent: StaffActing, state: FSMContext) -> None:
        """A refusal leaves the step where it is: what was typed can be sent again, shorter."""
        kept = await state.get_data()
        if kept.get("agent") != agent.member.session_id:
            raise NotFound
        announcement = AnnouncementId(int(kept["announcement"]))
        try:
            file = await self._file(event)
            said = event.text or event.caption
            found = await self.asked.write(agent.member, announcement, said, file)
        except DomainError as error:
            before = await self.asked.open(agent.member, announcement)
            asked = views.ask_words(before.composed, agent.texts)
            await self.show(event, noted(asked, refusal(error, agent.texts)))
            return
        await state.clear()
        if isinstance(found, Followed):
            await self.desk.preview(event, found, agent)
            return
        if not found.composed.title:  # a picture came first
            await state.set_state(AnnouncingSteps.words)
            await state.set_data(kept)
        await self.show(event, self.desk.screen(found, agent))

    async def _file(self, event: Message) -> tuple[File, bytes] | None:
        """Raises FileTooBig before it is fetched."""
        if event.photo:
            largest = event.photo[-1]
            content = await self.asked.download(largest.file_id)
            return File("image.jpg", is_picture=True, telegram_id=largest.file_id), content
        if (sent := event.document) is None:
            return None
        rules.check_size(sent.file_size or 0)
        content = await self.asked.download(sent.file_id)
        name = sent.file_name or "document"
        return File(name, is_picture=False, telegram_id=sent.file_id), content

    async def drop_file(
        self, event: CallbackQuery, callback_data: DropAttached, agent: StaffActing
    ) -> None:
        announcement = AnnouncementId(callback_data.announcement)
        found = await self.asked.drop_file(agent.member, announcement)
        await self.show(event, self.desk.screen(found, agent))

    async def preview(
        self, event: CallbackQuery, callback_data: Preview, agent: StaffActing
    ) -> None:
        found = await self.asked.open(agent.member, AnnouncementId(callback_data.announcement))
        if found.composed.status in UNSENT and not found.composed.title:
            raise NotFound
        await self.desk.preview(event, found, agent)


async def _leave(state: FSMContext) -> None:
    if await state.get_state() == AnnouncingSteps.words:
        await state.clear()
