"""The addresses of the weekly pattern, which is all in the button (B18)."""

from datetime import date
from typing import Annotated, Any

from pydantic import StringConstraints

from conversations.routes import Day, Id, Route
from domain.activities.model import ActivityId
from domain.bookings.pattern import Pattern
from domain.families.model import ChildId

Which = Annotated[str, StringConstraints(pattern=r"^[01][0-9a-f]{2}$")]
IN_TWO, NO_HOLIDAYS = 1 << 7, 1 << 8  # above the seven bits of the weekdays


class ShowPattern(Route, prefix="wp"):
    """What such a pattern would ask for."""

    child: Id
    activity: Id
    first: Day
    last: Day
    which: Which

    @classmethod
    def of(cls, child: ChildId, activity: ActivityId, pattern: Pattern) -> str:
        return cls(**_said(child, activity, pattern)).pack()


class FillPattern(Route, prefix="wf"):
    """It is drafted."""

    child: Id
    activity: Id
    first: Day
    last: Day
    which: Which

    @classmethod
    def of(cls, child: ChildId, activity: ActivityId, pattern: Pattern) -> str:
        return cls(**_said(child, activity, pattern)).pack()


class AskUntil(Route, prefix="wu"):
    """The last day of such a pattern is to be typed."""

    child: Id
    activity: Id
    first: Day
    last: Day
    which: Which

    @classmethod
    def of(cls, child: ChildId, activity: ActivityId, pattern: Pattern) -> str:
        return cls(**_said(child, activity, pattern)).pack()


def _said(child: ChildId, activity: ActivityId, pattern: Pattern) -> dict[str, Any]:
    bits = sum(1 << weekday for weekday in pattern.weekdays)
    bits |= IN_TWO if pattern.every > 1 else 0
    bits |= NO_HOLIDAYS if pattern.skip_holidays else 0
    of = {"child": child, "activity": activity}
    return {**of, "first": pattern.first, "last": pattern.last, "which": f"{bits:03x}"}


def pattern_of(said: ShowPattern | FillPattern | AskUntil) -> Pattern:
    bits = int(said.which, 16)
    return Pattern(
        weekdays=frozenset(day for day in range(7) if bits >> day & 1),
        first=said.first,
        last=said.last,
        every=2 if bits & IN_TWO else 1,
        skip_holidays=bool(bits & NO_HOLIDAYS),
    )


class NewPattern(Route, prefix="wn"):
    """From the calendar of ``first``'s month: nothing ticked yet."""

    child: Id
    activity: Id
    first: Day

    @staticmethod
    def data(child: ChildId, activity: ActivityId, first: date) -> str:
        return f"wn:{child}:{activity}:{first:%Y%m%d}"
