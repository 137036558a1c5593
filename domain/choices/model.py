"""What a guardian chose of how they are told, and how they are shown (H3, N7)."""

from dataclasses import dataclass, field

from domain.families.model import Display
from domain.notices.choosing import Wanted
from domain.notices.quiet import Quiet


@dataclass(frozen=True, slots=True)
class Choices:
    display: Display
    quiet: Quiet | None = None
    tidy_screens: bool = False  # their screens are deleted before Telegram's limit (A12)
    wanted: Wanted = field(default_factory=dict)
