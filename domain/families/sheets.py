"""A family as the town's agents see it (S6)."""

from dataclasses import dataclass
from datetime import datetime

from domain.families.model import Child, FamilyId, GuardianId, Wallet


@dataclass(frozen=True, slots=True)
class FamilyNames:
    """``guardians`` and ``children``: first name and surname."""

    family_id: FamilyId
    guardians: tuple[str, ...]
    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """``is_more``: others match as well, and are not listed."""

    families: tuple[FamilyNames, ...]
    is_more: bool


@dataclass(frozen=True, slots=True)
class GuardianSheet:
    """``devices``: where they can be reached in Telegram; ``blocked``: where no longer.

    ``seen_at``: of the latest device that is connected. ``is_locked``: no new device may try (A8).
    """

    id: GuardianId
    name: str
    identifier: str
    emails: tuple[str, ...]
    devices: int
    blocked: int
    seen_at: datetime | None
    is_locked: bool
    has_temporary_password: bool

    @property
    def is_reachable(self) -> bool:
        return bool(self.devices or self.emails)


@dataclass(frozen=True, slots=True)
class FamilySheet:
    """``wallets`` are those of the structure shown."""

    family_id: FamilyId
    guardians: tuple[GuardianSheet, ...]
    children: tuple[Child, ...]
    wallets: tuple[Wallet, ...]

    @property
    def is_reachable(self) -> bool:
        return any(guardian.is_reachable for guardian in self.guardians)


@dataclass(frozen=True, slots=True)
class Reach:
    """How a family can be reached: by how many chats and addresses, of all its guardians."""

    names: FamilyNames
    chats: int
    blocked: int
    emails: int
