"""The addresses of copying drafted days (B5).

Four numbers would not fit into 64 bytes as they are: here they are written in base 62.
"""

import string
from datetime import UTC, date, datetime
from typing import Annotated, Final

from pydantic import StringConstraints

from conversations.routes import BIGGEST_ID, Day, Id, Route, compact
from domain.activities.model import ActivityId
from domain.bookings.copying import Source
from domain.errors import NotFound
from domain.families.model import ChildId

DIGITS: Final = string.digits + string.ascii_letters
EVERY: Final = "-"
Code = Annotated[str, StringConstraints(pattern=r"^[1-9a-zA-Z][0-9a-zA-Z]{0,10}$")]
Period = Annotated[str, StringConstraints(pattern=r"^(-|20[0-9]{2}(0[1-9]|1[0-2]))$")]


class CopySources(Route, prefix="cs"):
    """What could be copied to this child and activity; ``first`` is of the month to go back to."""

    child: Id
    activity: Id
    first: Day

    @staticmethod
    def data(child: ChildId, activity: ActivityId, first: date) -> str:
        return f"cs:{child}:{activity}:{compact(first)}"


class CopyDays(Route, prefix="cd"):
    """``period``: a month, as yyyymm, or all that is drafted."""

    child: Code
    activity: Code
    of_child: Code
    of_activity: Code
    period: Period

    @classmethod
    def of(
        cls, child: ChildId, activity: ActivityId, source: Source, month: date | None = None
    ) -> str:
        return cls(
            child=code(child),
            activity=code(activity),
            of_child=code(source.child.id),
            of_activity=code(source.activity.id),
            period=EVERY if month is None else f"{month:%Y%m}",
        ).pack()

    @property
    def month(self) -> date | None:
        if self.period == EVERY:
            return None
        return datetime.strptime(self.period, "%Y%m").replace(tzinfo=UTC).date()


def code(number: int) -> str:
    """In base 62, without a leading zero."""
    written = ""
    while number:
        number, digit = divmod(number, len(DIGITS))
        written = DIGITS[digit] + written
    return written


def number(written: str) -> int:
    """Raises NotFound beyond what the database numbers."""
    found = 0
    for digit in written:
        found = found * len(DIGITS) + DIGITS.index(digit)
    if found > BIGGEST_ID:
        raise NotFound
    return found
