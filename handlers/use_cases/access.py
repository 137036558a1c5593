"""Getting in: invitations, chosen and forgotten passwords (A2-A4, A7, A8)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from domain.accounts.links import Opened
from domain.accounts.model import Identity
from domain.accounts.passwords import Judgement
from domain.accounts.tokens import LinkId
from domain.families.model import GuardianId


@dataclass(frozen=True, slots=True)
class Access:
    """The number is that of the Telegram user, the text what was typed or the link's token."""

    check_password: Callable[[Identity, str, int], Awaitable[None]]
    choose_password: Callable[[Identity, str], Awaitable[Judgement]]
    confirm_password: Callable[[Identity, str], Awaitable[int]]
    open_link: Callable[[str, int, GuardianId | None], Awaitable[Opened]]
    choose_by_link: Callable[[LinkId, int, str], Awaitable[Judgement]]
    confirm_by_link: Callable[[LinkId, int, str], Awaitable[None]]
    ask_reset: Callable[[str, str, int], Awaitable[None]]  # identifier, e-mail address
