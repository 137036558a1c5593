"""For whom an announcement is, when it leaves, how long it is shown (S2)."""

from dataclasses import dataclass
from datetime import datetime, time

from aiogram import Router
from aiogram.types import CallbackQuery

from conversations.announcing import choices
from conversations.announcing.groups import group_of
from conversations.announcing.routes import (
    AskActivities,
    AskAudience,
    AskClasses,
    AskTime,
    ForActivity,
    ForAll,
    ForClass,
    ForDay,
    ForDayIn,
    ForGroup,
    SendAt,
    SendAtOnce,
    ShowAlways,
    ShowFor,
)
from conversations.classes import class_of
from domain.activities.model import ActivityId
from domain.announcements.composed import UNSENT, Audience, Composed, Reach
from domain.announcements.errors import AnnouncementChanged
from domain.announcements.model import AnnouncementId
from domain.calendar.instants import instant
from domain.clock import Clock
from domain.errors import NotFound
from domain.staff.model import Right
from handlers.show import Show
from handlers.staff.announcements import AnnouncementDesk
from handlers.staff.door import Door, StaffActing
from handlers.use_cases import announcing


@dataclass(frozen=True, slots=True)
class ChoosingHandlers:
    asked: announcing.Announcing
    show: Show
    door: Door
    desk: AnnouncementDesk
    clock: Clock

    def router(self) -> Router:
        router, act = Router(name=__name__), self.door.needs(Right.ANNOUNCE)
        for route, handler in (
            (AskAudience, self.ask_audience),
            (ForAll, self.for_all),
            (AskActivities, self.ask_activities),
            (ForActivity, self.for_activity),
            (ForGroup, self.for_group),
            (AskClasses, self.ask_classes),
            (ForClass, self.for_class),
            (ForDay, self.for_day),
            (ForDayIn, self.for_day_in),
            (AskTime, self.ask_time),
            (SendAtOnce, self.send_at_once),
            (SendAt, self.send_at),
            (ShowFor, self.show_for),
            (ShowAlways, self.show_always),
        ):
            router.callback_query.register(handler, route.filter(), act)
        return router

    # -- for whom --------------------------------------------------------------------------
    async def ask_audience(
        self, event: CallbackQuery, callback_data: AskAudience, agent: StaffActing
    ) -> None:
        composed = await self._draft(callback_data.announcement, agent)
        member, today = agent.member, agent.town.today(self.clock())
        screen = choices.ask_audience(
            composed,
            agent.catalogue,
            await self.asked.groups(member),
            today,
            agent.texts,
            everywhere=set(agent.catalogue.structures) <= {*member.structures}
            and len(agent.catalogue.structures) > 1,
            classes=bool(await self.asked.classes(member, composed.id)),
        )
        await self.show(event, screen)

    async def for_all(
        self, event: CallbackQuery, callback_data: ForAll, agent: StaffActing
    ) -> None:
        reach = Reach.EVERYONE if callback_data.everywhere else Reach.STRUCTURE
        await self._meant(event, callback_data.announcement, Audience(reach), agent)

    async def ask_activities(
        self, event: CallbackQuery, callback_data: AskActivities, agent: StaffActing
    ) -> None:
        composed = await self._draft(callback_data.announcement, agent)
        await self._activities(event, composed, callback_data.page, agent)

    async def for_activity(
        self, event: CallbackQuery, callback_data: ForActivity, agent: StaffActing
    ) -> None:
        audience = Audience(Reach.ACTIVITY, ActivityId(callback_data.activity))
        await self._meant(event, callback_data.announcement, audience, agent)

    async def for_group(
        self, event: CallbackQuery, callback_data: ForGroup, agent: StaffActing
    ) -> None:
        group = group_of(callback_data.group, await self.asked.groups(agent.member))
        if group is None:
            raise NotFound
        audience = Audience(Reach.GROUP, group=group)
        await self._meant(event, callback_data.announcement, audience, agent)

    async def ask_classes(
        self, event: CallbackQuery, callback_data: AskClasses, agent: StaffActing
    ) -> None:
        composed = await self._draft(callback_data.announcement, agent)
        found = await self.asked.classes(agent.member, composed.id)
        await self.show(
            event, choices.ask_classes(composed, found, callback_data.page, agent.texts)
        )

    async def for_class(
        self, event: CallbackQuery, callback_data: ForClass, agent: StaffActing
    ) -> None:
        announcement = AnnouncementId(callback_data.announcement)
        found = await self.asked.classes(agent.member, announcement)
        named = class_of(callback_data.school_class, (name for name, _ in found))
        if named is None:
            raise NotFound
        audience = Audience(Reach.CLASS, school_class=named)
        await self._meant(event, announcement, audience, agent)

    async def for_day(
        self, event: CallbackQuery, callback_data: ForDay, agent: StaffActing
    ) -> None:
        """Whoever comes that day; the activities of the day follow, to narrow it down."""
        audience = Audience(Reach.BOOKED, day=callback_data.day)
        announcement = AnnouncementId(callback_data.announcement)
        found = await self.asked.choose_audience(agent.member, announcement, audience)
        await self._activities(event, found.composed, 1, agent)

    async def for_day_in(
        self, event: CallbackQuery, callback_data: ForDayIn, agent: StaffActing
    ) -> None:
        activity = ActivityId(callback_data.activity)
        audience = Audience(Reach.BOOKED, activity, day=callback_data.day)
        await self._meant(event, callback_data.announcement, audience, agent)

    async def _activities(
        self, event: CallbackQuery, composed: Composed, page: int, agent: StaffActing
    ) -> None:
        theirs = [
            one
            for one in agent.catalogue.activities.values()
            if one.structure_id == composed.structure_id
        ]
        theirs.sort(key=lambda one: (one.name, one.id))
        await self.show(event, choices.ask_activities(composed, theirs, page, agent.texts))

    async def _meant(
        self, event: CallbackQuery, announcement: int, audience: Audience, agent: StaffActing
    ) -> None:
        asked = self.asked.choose_audience
        found = await asked(agent.member, AnnouncementId(announcement), audience)
        await self.show(event, self.desk.screen(found, agent))

    # -- when ------------------------------------------------------------------------------
    async def ask_time(
        self, event: CallbackQuery, callback_data: AskTime, agent: StaffActing
    ) -> None:
        composed = await self._draft(callback_data.announcement, agent)
        await self.show(event, choices.ask_time(composed, self.clock(), agent.texts))

    async def send_at_once(
        self, event: CallbackQuery, callback_data: SendAtOnce, agent: StaffActing
    ) -> None:
        await self._timed(event, callback_data.announcement, None, agent)

    async def send_at(
        self, event: CallbackQuery, callback_data: SendAt, agent: StaffActing
    ) -> None:
        at = instant(callback_data.day, time(callback_data.hour), agent.town.zone)
        await self._timed(event, callback_data.announcement, at, agent)

    async def _timed(
        self, event: CallbackQuery, announcement: int, at: datetime | None, agent: StaffActing
    ) -> None:
        asked = self.asked.choose_time
        found = await asked(agent.member, AnnouncementId(announcement), at)
        screen = choices.ask_time(found.composed, self.clock(), agent.texts)
        await self.show(event, screen)

    async def show_for(
        self, event: CallbackQuery, callback_data: ShowFor, agent: StaffActing
    ) -> None:
        await self._shown(event, callback_data.announcement, callback_data.days, agent)

    async def show_always(
        self, event: CallbackQuery, callback_data: ShowAlways, agent: StaffActing
    ) -> None:
        await self._shown(event, callback_data.announcement, None, agent)

    async def _shown(
        self, event: CallbackQuery, announcement: int, days: int | None, agent: StaffActing
    ) -> None:
        asked = self.asked.choose_window
        found = await asked(agent.member, AnnouncementId(announcement), days)
        screen = choices.ask_time(found.composed, self.clock(), agent.texts)
        await self.show(event, screen)

    async def _draft(self, announcement: int, agent: StaffActing) -> Composed:
        """Raises AnnouncementChanged for what was sent."""
        found = await self.asked.open(agent.member, AnnouncementId(announcement))
        if found.composed.status not in UNSENT:
            raise AnnouncementChanged
        return found.composed
