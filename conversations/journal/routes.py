"""Addresses of the audit log, for the town (S1)."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from conversations.routes import Count, Id, Route, whole
from conversations.tables import Format
from domain.journal.model import LogAsked
from domain.staff.model import StaffId

Days = Annotated[int, Field(ge=0, le=3660), BeforeValidator(whole)]


class Journal(Route, prefix="gj"):
    """``days``: back from now; 0 is all. Without ``agent``: everybody."""

    page: Count
    days: Days
    agent: Id | None = None

    @classmethod
    def of(cls, asked: LogAsked, page: int = 1) -> str:
        return cls(page=page, days=asked.days, agent=asked.agent).pack()


class JournalAgents(Route, prefix="gja"):
    """Whose acts to look at."""

    days: Days


class TakeJournal(Route, prefix="gjx"):
    days: Days
    format: Format
    agent: Id | None = None


def asked_of(said: Journal | TakeJournal) -> LogAsked:
    return LogAsked(None if said.agent is None else StaffId(said.agent), said.days)
