"""Devices, structures, addresses, choices; what home announces (A9, A11, H1-H3)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from domain.accounts.model import Identity, SessionId
from domain.activities.model import Structure, StructureId
from domain.announcements.model import Announcement, AnnouncementId, Attachment
from domain.choices.model import Choices
from domain.emails.model import Addresses
from domain.families.model import Display
from domain.home.model import HomeView
from domain.notices.model import Channel, Kind
from domain.notices.quiet import Quiet
from domain.sessions.model import Device, Ended


class ChooseNotice(Protocol):
    async def __call__(
        self, who: Identity, kind: Kind, channel: Channel, *, wanted: bool
    ) -> None: ...


class SetTidyScreens(Protocol):
    async def __call__(self, who: Identity, *, wanted: bool) -> None: ...


@dataclass(frozen=True, slots=True)
class Profile:
    show_home: Callable[[Identity], Awaitable[HomeView]]
    list_announcements: Callable[[Identity], Awaitable[tuple[Announcement, ...]]]
    read_announcement: Callable[[Identity, AnnouncementId], Awaitable[Announcement]]
    fetch_attachment: Callable[[Identity, AnnouncementId], Awaitable[Attachment]]
    list_devices: Callable[[Identity], Awaitable[tuple[Device, ...]]]
    end_device: Callable[[Identity, SessionId], Awaitable[Ended]]
    list_structures: Callable[[Identity], Awaitable[tuple[Structure, ...]]]
    switch_structure: Callable[[Identity, StructureId], Awaitable[None]]
    show_choices: Callable[[Identity], Awaitable[Choices]]
    choose_notice: ChooseNotice
    set_quiet: Callable[[Identity, Quiet | None], Awaitable[None]]
    set_tidy_screens: SetTidyScreens
    set_display: Callable[[Identity, Display], Awaitable[None]]
    show_addresses: Callable[[Identity], Awaitable[Addresses]]
    change_addresses: Callable[[Identity, str], Awaitable[Addresses]]
    prove_address: Callable[[Identity, str], Awaitable[Addresses]]
    send_codes_again: Callable[[Identity], Awaitable[Addresses]]
    drop_pending: Callable[[Identity], Awaitable[None]]
