"""Due notices in words, of the town's newest data."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.links import BotLinks
from conversations.announcements import views as announcements
from conversations.notices import views
from conversations.notices.views import Mail
from conversations.screen import Screen
from conversations.texts import TextsByLocale
from domain.activities.ports import Catalogues
from domain.announcements.composed import Composed
from domain.announcements.model import AnnouncementId
from domain.errors import NotFound
from domain.notices.model import Due, Kind


@dataclass(frozen=True, slots=True)
class NoticeWords:
    catalogues: Catalogues
    texts: TextsByLocale
    links: BotLinks
    announcement: Callable[[AnnouncementId], Awaitable[Composed | None]]

    async def screens(self, due: Due) -> tuple[Screen, ...]:
        return views.render(due, await self.catalogues(), self.texts(due.locale))

    async def mail(self, due: Due) -> Mail:
        if due.notice.kind is Kind.ANNOUNCEMENT:
            return await self._announced(due)
        token = (due.notice.secret or {}).get("token")
        link = await self.links.start(token) if token else ""
        return views.mail(due, await self.catalogues(), self.texts(due.locale), link)

    async def _announced(self, due: Due) -> Mail:
        """Its words of today. Raises NotFound where there is no such announcement."""
        told = await self.announcement(AnnouncementId(due.notice.params["announcement"]))
        if told is None:
            raise NotFound
        catalogue = await self.catalogues()
        said = announcements.mail(
            told.title,
            told.text,
            self.texts(due.locale),
            structure=catalogue.structures[told.structure_id].name,
            has_file=told.file is not None,
        )
        return Mail(*said)
