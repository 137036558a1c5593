"""The area of announcements, put together (S2)."""

from aiogram import Router

from conversations.announcing.routes import Announcing
from conversations.staff.home import Area
from conversations.words import mark
from domain.clock import Clock
from domain.staff.model import Right
from handlers.show import Show
from handlers.staff.announcement_choices import ChoosingHandlers
from handlers.staff.announcement_release import ReleasingHandlers
from handlers.staff.announcement_resending import ResendingHandlers
from handlers.staff.announcements import AnnouncementDesk, ComposingHandlers
from handlers.staff.door import Door
from handlers.use_cases import announcing

AREA = Area(mark("Annonces"), Announcing().pack(), Right.READ_ANNOUNCEMENTS)


def announcement_routers(
    asked: announcing.Announcing, show: Show, door: Door, clock: Clock
) -> tuple[Router, ...]:
    desk = AnnouncementDesk(asked, show)
    return (
        ComposingHandlers(asked, show, door, desk).router(),
        ChoosingHandlers(asked, show, door, desk, clock).router(),
        ReleasingHandlers(asked, show, door, desk).router(),
        ResendingHandlers(asked, show, door, desk).router(),
    )
