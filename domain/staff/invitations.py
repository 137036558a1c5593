"""How an agent gets in: a link that the command line made, once, for a week (S1)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.accounts import tokens
from domain.activities.model import StructureId
from domain.staff.model import Role, StaffId

FOR: Final = timedelta(days=7)
PREFIX: Final = "agent-"
PAYLOAD: Final = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{32}}")
"""Of a deep link. Parents' tokens have 32 characters in all, so that none is both."""


def new_token() -> str:
    """192 random bits behind the prefix: 38 of the 64 characters of a deep link."""
    return PREFIX + tokens.new_token()


@dataclass(frozen=True, slots=True)
class Member:
    """As the command line and colleagues see them."""

    id: StaffId
    name: str
    role: Role
    structures: tuple[StructureId, ...]
    created_at: datetime
    disabled_at: datetime | None = None
    seen_at: datetime | None = None  # of the latest session that is live


@dataclass(frozen=True, slots=True)
class Invitation:
    """``token`` is a secret: whoever opens it first is the agent."""

    member: Member
    token: str
    until: datetime
