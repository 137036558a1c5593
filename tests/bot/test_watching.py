"""S2, N7: live progress obeys Telegram, and never holds up what is being sent."""

from dataclasses import dataclass, field

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramRetryAfter
from aiogram.methods import EditMessageText
from structlog.testing import capture_logs

from bot import locales
from bot.courier.watching import EVERY, Watching
from conversations.screen import Screen
from domain.announcements.composed import Audience, Composed, Followed, Progress, Status
from domain.announcements.model import AnnouncementId
from domain.announcements.sending import Live
from domain.staff.model import StaffId, StaffSessionId
from tests.bot.timing import FakeTime
from tests.builders import NOW, TOWN, catalogue

EDIT = EditMessageText(chat_id=1, message_id=1, text="x")


def watched(number: int) -> Live:
    composed = Composed(
        AnnouncementId(number),
        TOWN,
        StaffId(1),
        "Fermeture",
        "Lundi",
        Status.SENDING,
        Audience(),
        1,
        NOW,
    )
    return Live(Followed(composed, Progress({})), StaffSessionId(number), number, "fr", number)


@dataclass
class Rows:
    """Whose progress is to be told; a transaction and its ports in one."""

    lives: list[Live]
    unwatched: list[int] = field(default_factory=list)

    async def read(self, work):
        return work(self)

    write = read

    def live(self):
        return tuple(one for one in self.lives if one.chat not in self.unwatched)

    def told(self, live: Live, message: int) -> None:
        """There is always news."""

    def unwatch(self, live: Live) -> None:
        self.unwatched.append(live.chat)


@dataclass
class Chats:
    """``refusals``: what Telegram says to an edit in a chat, instead of editing."""

    refusals: dict[int, Exception]
    edited: list[int] = field(default_factory=list)

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> None:
        self.edited.append(chat_id)
        if chat_id in self.refusals:
            raise self.refusals[chat_id]


async def town():
    return catalogue()


def watching(rows: Rows, chats: Chats, time: FakeTime) -> Watching:
    return Watching(rows, chats, locales.load(), town, time.monotonic)


@pytest.mark.parametrize("at_once", [False, True])
async def test_a_429_is_obeyed_before_anything_more_is_told(
    time: FakeTime, *, at_once: bool
) -> None:
    chats = Chats({1: TelegramRetryAfter(EDIT, "Too Many Requests", 30)})
    watcher = watching(Rows([watched(1)]), chats, time)
    await watcher.tell()

    time.seconds += 29
    await watcher.tell(at_once=at_once)
    held = list(chats.edited)
    time.seconds += 2
    await watcher.tell(at_once=at_once)

    assert held == [1]
    assert chats.edited == [1, 1]


async def test_what_cannot_be_told_for_another_reason_is_logged_and_holds_up_nobody(
    time: FakeTime,
) -> None:
    rows, chats = (
        Rows([watched(1), watched(2)]),
        Chats({1: TelegramBadRequest(EDIT, "Bad Request: can't parse entities")}),
    )
    watcher = watching(rows, chats, time)

    with capture_logs() as logs:
        await watcher.tell()
    time.seconds += EVERY + 1
    await watcher.tell()

    assert chats.edited == [1, 2, 2]
    assert [line["log_level"] for line in logs] == ["error"]
