"""Due notices in words, of the town's newest data."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.links import BotLinks
from conversations.notices import views
from conversations.notices.views import Mail
from conversations.payments import receipt
from conversations.payments.views import paid
from conversations.printed import Printed
from conversations.screen import Document, Screen
from conversations.texts import Texts, TextsByLocale
from domain.activities.catalogue import Catalogue
from domain.activities.ports import Catalogues
from domain.announcements.composed import Composed
from domain.announcements.model import AnnouncementId
from domain.notices.model import Due, Kind


@dataclass(frozen=True, slots=True)
class NoticeWords:
    catalogues: Catalogues
    texts: TextsByLocale
    links: BotLinks
    print_paper: Callable[[Printed], Awaitable[bytes]]
    announcement: Callable[[AnnouncementId], Awaitable[Composed | None]]

    async def screens(self, due: Due) -> tuple[Screen | Document, ...]:
        catalogue, texts = await self.catalogues(), self.texts(due.locale)
        if due.notice.kind is Kind.PAYMENT_RECEIPT:
            return (await self._receipt(due, catalogue, texts),)
        return views.render(due, catalogue, texts)

    def paid(self, due: Due) -> Screen:
        params = due.notice.params
        return paid(Decimal(params["amount"]), params["number"], self.texts(due.locale))

    async def _receipt(self, due: Due, catalogue: Catalogue, texts: Texts) -> Document:
        """Made when it is sent, from the facts alone: the same paper however often."""
        paper = receipt.paper(due, catalogue, texts)
        content = await self.print_paper(paper)
        return Document(paper.file_name, content, receipt.caption(due, texts))

    async def mail(self, due: Due) -> Mail:
        if due.notice.kind is Kind.ANNOUNCEMENT:
            due = await self._with_words(due)
        token = (due.notice.secret or {}).get("token")
        link = await self.links.start(token) if token else ""
        return views.mail(due, await self.catalogues(), self.texts(due.locale), link)

    async def _with_words(self, due: Due) -> Due:
        """Those of today, which may have been corrected since it was queued."""
        notice = due.notice
        told = await self.announcement(AnnouncementId(notice.params["announcement"]))
        if told is None:
            return due
        words = {"title": told.title, "text": told.text, "file": told.file is not None}
        return replace(due, notice=replace(notice, params={**notice.params, **words}))
