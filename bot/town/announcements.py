"""Announcements as agents compose, release and follow them (S2); `bot.courier` takes them out."""

from collections.abc import Awaitable, Callable

from bot.town.nudging import Nudging
from bot.town.parts import Town
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
    LaunchDue,
    ListMissed,
    SendNewWords,
    SetPaused,
    Withdraw,
)
from domain.announcements.resending import SendAgain
from handlers.use_cases.announcing import Announcing


def for_staff(
    town: Town, wake: Callable[[], object], download: Callable[[str], Awaitable[bytes]]
) -> Announcing:
    """``wake``: whoever takes announcements out. ``download``: from Telegram."""
    composing, leaving, clock = town.announcements, Nudging(town.announcements, wake), town.clock
    return Announcing(
        listed=ListComposed(composing),
        open=OpenComposed(composing, clock),
        fetch_file=FetchFile(composing),
        groups=ListGroups(composing),
        classes=ListClasses(composing, clock),
        begin=BeginAnnouncement(composing, clock),
        write=WriteAnnouncement(composing, clock),
        drop_file=DropFile(composing, clock),
        choose_audience=ChooseAudience(composing, clock, town.catalogues),
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


def launch_due(town: Town, wake: Callable[[], object]) -> LaunchDue:
    return LaunchDue(Nudging(town.announcements, wake), town.clock)
