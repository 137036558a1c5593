"""Due notices in words, of the town's newest data."""

from dataclasses import dataclass

from bot.links import BotLinks
from conversations.notices import views
from conversations.notices.views import Mail
from conversations.screen import Screen
from conversations.texts import TextsByLocale
from domain.activities.ports import Catalogues
from domain.notices.model import Due


@dataclass(frozen=True, slots=True)
class NoticeWords:
    catalogues: Catalogues
    texts: TextsByLocale
    links: BotLinks

    async def screens(self, due: Due) -> tuple[Screen, ...]:
        return views.render(due, await self.catalogues(), self.texts(due.locale))

    async def mail(self, due: Due) -> Mail:
        token = (due.notice.secret or {}).get("token")
        link = await self.links.start(token) if token else ""
        return views.mail(due, await self.catalogues(), self.texts(due.locale), link)
