"""Addresses of the balance and of the two histories (M1-M3)."""

from datetime import date
from typing import Final

from conversations.routes import Count, Day, Flag, Id, Route
from conversations.tables import Format
from domain.activities.model import ActivityId
from domain.families.model import ChildId
from domain.money.model import Asked, Wanted


class Balance(Route, prefix="so"):
    """Each wallet, and what is booked up to a day; None is all of it."""

    pending: Flag
    until: Day | None = None

    @classmethod
    def of(cls, asked: Asked) -> str:
        return cls(pending=asked.pending, until=asked.until).pack()


class OpenBalance(Route, prefix="sn"):
    """The same in a new message: the one above stays."""


class AskBalanceUntil(Route, prefix="sj"):
    """The day is typed next; until then it is this one."""

    pending: Flag
    until: Day

    @classmethod
    def of(cls, asked: Asked, shown: date) -> str:
        return cls(pending=asked.pending, until=shown).pack()


class Explain(Route, prefix="se"):
    """The bookings that the estimate counts."""

    page: Count
    pending: Flag
    until: Day | None = None

    @classmethod
    def of(cls, asked: Asked, page: int = 1) -> str:
        return cls(page=page, pending=asked.pending, until=asked.until).pack()


class Consumptions(Route, prefix="cm"):
    """What was debited in a month, for a child and an activity or for all."""

    first: Day
    page: Count
    child: Id | None = None
    activity: Id | None = None

    @classmethod
    def of(cls, wanted: Wanted, page: int = 1) -> str:
        return cls(
            first=wanted.first, page=page, child=wanted.child, activity=wanted.activity
        ).pack()


class ThisMonth(Route, prefix="cn"):
    """What was debited this month, whichever it is when the button is pressed."""


class ChooseConsumed(Route, prefix="cf"):
    """By which child or activity to look."""

    first: Day
    child: Id | None = None
    activity: Id | None = None

    @classmethod
    def of(cls, wanted: Wanted) -> str:
        return cls(first=wanted.first, child=wanted.child, activity=wanted.activity).pack()


class ExportConsumed(Route, prefix="cx"):
    first: Day
    format: Format
    child: Id | None = None
    activity: Id | None = None

    @classmethod
    def of(cls, wanted: Wanted, format_: Format) -> str:
        asked = {"first": wanted.first, "child": wanted.child, "activity": wanted.activity}
        return cls(format=format_, **asked).pack()


class Payments(Route, prefix="pm"):
    """What was paid in this month and the one before."""


class ExportPaid(Route, prefix="py"):
    format: Format


OPEN_BALANCE: Final = OpenBalance().pack()


def wanted_of(said: Consumptions | ChooseConsumed | ExportConsumed) -> Wanted:
    child = None if said.child is None else ChildId(said.child)
    activity = None if said.activity is None else ActivityId(said.activity)
    return Wanted(said.first, child, activity)
