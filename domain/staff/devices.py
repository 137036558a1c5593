from dataclasses import dataclass
from datetime import datetime

from domain.staff.model import StaffSessionId


@dataclass(frozen=True, slots=True)
class StaffDevice:
    """A Telegram account that an agent is connected with; its name is not kept (A12)."""

    session_id: StaffSessionId
    opened_at: datetime
    seen_at: datetime
    is_this: bool = False
