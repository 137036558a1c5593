"""Announcements put together: the agents' use cases, and the worker that takes them out (S2)."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.background import Background
from bot.courier.announcer import Announcer
from bot.courier.broadcast_bot import BroadcastBot
from bot.courier.leaving import Leaving
from bot.courier.pacing import Pace
from bot.courier.telegram import PushBot
from bot.courier.watching import Watching
from bot.courier.yielding import Behind
from bot.nudging import Nudging
from conversations.texts import TextsByLocale
from domain.activities.ports import Catalogues
from domain.announcements.announcing import AnnouncingTx
from domain.announcements.composing import (
    BeginAnnouncement,
    ChooseAudience,
    ChooseTime,
    ChooseWindow,
    DropFile,
    FetchFile,
    ListClasses,
    ListComposed,
    ListGroups,
    OpenComposed,
    WriteAnnouncement,
)
from domain.announcements.releasing import (
    Announce,
    DropNewWords,
    FollowHere,
    ListMissed,
    SendNewWords,
    SetPaused,
    Withdraw,
)
from domain.announcements.resending import SendAgain
from domain.clock import Clock
from domain.work import Transaction
from handlers.show import Wire
from handlers.use_cases.announcing import Announcing
from storage.broadcasting import SqlBroadcasts
from storage.engine import Database, transactions


def announcing(
    town_announcing: Transaction[AnnouncingTx],
    catalogues: Catalogues,
    clock: Clock,
    nudge: Callable[[], Any],
    download: Callable[[str], Awaitable[bytes]],
) -> Announcing:
    """``nudge`` wakes whoever takes announcements out. ``download``: from Telegram."""
    composing, leaving = town_announcing, Nudging(town_announcing, nudge)
    return Announcing(
        listed=ListComposed(composing),
        open=OpenComposed(composing, clock),
        fetch_file=FetchFile(composing),
        groups=ListGroups(composing),
        classes=ListClasses(composing, clock),
        begin=BeginAnnouncement(composing, clock),
        write=WriteAnnouncement(composing, clock),
        drop_file=DropFile(composing, clock),
        choose_audience=ChooseAudience(composing, clock, catalogues),
        choose_time=ChooseTime(composing, clock),
        choose_window=ChooseWindow(composing, clock),
        announce=Announce(leaving, clock),
        set_paused=SetPaused(leaving, clock),
        withdraw=Withdraw(leaving, clock),
        send_words=SendNewWords(leaving, clock),
        drop_words=DropNewWords(composing, clock),
        follow=FollowHere(leaving, clock),
        missed=ListMissed(composing, clock),
        send_again=SendAgain(leaving, clock),
        download=download,
    )


def announcer(
    database: Database,
    push: PushBot,
    wire: Wire,
    pace: Pace,
    texts: TextsByLocale,
    catalogues: Catalogues,
    clock: Clock,
    background: Background,
) -> Announcer:
    """``pace``: the one of personal notices, which go first. ``push``: in a pool of its own."""
    sending = transactions(database, SqlBroadcasts)
    leave = Leaving(sending, BroadcastBot(push), Behind(pace), texts, clock)
    watching = Watching(sending, wire, texts, catalogues)
    return Announcer(sending, leave, watching, clock, background)
