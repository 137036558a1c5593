"""Announcements of the town's side (S2)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from domain.announcements.composed import (
    Audience,
    Classes,
    Composed,
    File,
    Followed,
    Missed,
    Planned,
)
from domain.announcements.model import AnnouncementId
from domain.staff.model import StaffIdentity

AsItIs: TypeAlias = Planned | Followed
Act: TypeAlias = Callable[[StaffIdentity, AnnouncementId], Awaitable[AsItIs]]
Confirm: TypeAlias = Callable[[StaffIdentity, AnnouncementId, int], Awaitable[AsItIs]]


class Write(Protocol):
    async def __call__(
        self,
        who: StaffIdentity,
        announcement: AnnouncementId,
        said: str | None,
        file: tuple[File, bytes] | None = None,
    ) -> AsItIs: ...


class Pause(Protocol):
    async def __call__(
        self, who: StaffIdentity, announcement: AnnouncementId, *, wanted: bool
    ) -> AsItIs: ...


class Again(Protocol):
    async def __call__(
        self, who: StaffIdentity, announcement: AnnouncementId, doubts: int
    ) -> Followed: ...


class List(Protocol):
    async def __call__(
        self, who: StaffIdentity, announcement: AnnouncementId, page: int, *, per_page: int
    ) -> tuple[tuple[Missed, ...], int]: ...


@dataclass(frozen=True, slots=True)
class Announcing:
    listed: Callable[[StaffIdentity], Awaitable[tuple[Composed, ...]]]
    open: Act
    fetch_file: Callable[[StaffIdentity, AnnouncementId], Awaitable[tuple[Composed, bytes]]]
    groups: Callable[[StaffIdentity], Awaitable[tuple[str, ...]]]
    classes: Callable[[StaffIdentity, AnnouncementId], Awaitable[Classes]]
    begin: Callable[[StaffIdentity], Awaitable[AnnouncementId]]
    write: Write
    drop_file: Act
    choose_audience: Callable[[StaffIdentity, AnnouncementId, Audience], Awaitable[AsItIs]]
    choose_time: Callable[[StaffIdentity, AnnouncementId, datetime | None], Awaitable[AsItIs]]
    choose_window: Callable[[StaffIdentity, AnnouncementId, int | None], Awaitable[AsItIs]]
    announce: Confirm
    set_paused: Pause
    withdraw: Act
    send_words: Confirm
    drop_words: Act
    follow: Act
    missed: List
    send_again: Again
    download: Callable[[str], Awaitable[bytes]]
    """What was sent to the bot, by the number that Telegram gave it."""
