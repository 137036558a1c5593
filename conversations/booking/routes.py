"""The addresses of the booking conversation.

A button says the *result* it wants, never the gesture: pressed twice, from an old keyboard or
after a restart, it means the same thing. ``data`` is ``pack`` without the model: 59 models cost
210 us a calendar.
"""

from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from conversations.routes import Count, Day, Flag, Id, Route, compact
from domain.activities.model import ActivityId
from domain.bookings.model import Slot
from domain.families.model import ChildId

EVERY_DAY = "-"

Weekday = Annotated[str, StringConstraints(pattern=r"^[0-6-]$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8,32}$")]


class Children(Route, prefix="c"):
    """Whom to book for."""


class Activities(Route, prefix="a"):
    child: Id

    @staticmethod
    def data(child: ChildId) -> str:
        return f"a:{child}"


class Month(Route, prefix="m"):
    child: Id
    activity: Id
    first: Day

    @staticmethod
    def data(child: ChildId, activity: ActivityId, first: date) -> str:
        return f"m:{child}:{activity}:{compact(first)}"


class MarkDay(Route, prefix="d"):
    child: Id
    activity: Id
    day: Day
    wanted: Flag

    @staticmethod
    def data(child: ChildId, activity: ActivityId, day: date, *, wanted: bool) -> str:
        return f"d:{child}:{activity}:{compact(day)}:{wanted:d}"


class MarkGroup(Route, prefix="g"):
    """A week, a weekday or the whole of the month of ``first``; never outside what is shown."""

    child: Id
    activity: Id
    first: Day
    last: Day
    weekday: Weekday
    wanted: Flag

    @staticmethod
    def data(
        child: ChildId,
        activity: ActivityId,
        first: date,
        last: date,
        weekday: int | None,
        *,
        wanted: bool,
    ) -> str:
        which = EVERY_DAY if weekday is None else weekday
        return f"g:{child}:{activity}:{compact(first)}:{compact(last)}:{which}:{wanted:d}"


class Legend(Route, prefix="l"):
    child: Id
    activity: Id
    first: Day

    @staticmethod
    def data(child: ChildId, activity: ActivityId, first: date) -> str:
        return f"l:{child}:{activity}:{compact(first)}"


class Details(Route, prefix="i"):
    child: Id
    activity: Id
    first: Day

    @staticmethod
    def data(child: ChildId, activity: ActivityId, first: date) -> str:
        return f"i:{child}:{activity}:{compact(first)}"


class Recap(Route, prefix="r"):
    page: Count

    @staticmethod
    def data(page: int) -> str:
        return f"r:{page}"


class Lines(Route, prefix="e"):
    """The draft line by line, each to be taken back."""

    page: Count

    @staticmethod
    def data(page: int) -> str:
        return f"e:{page}"


class Undo(Route, prefix="u"):
    child: Id
    activity: Id
    day: Day
    page: Count

    @staticmethod
    def data(slot: Slot, page: int) -> str:
        return f"u:{slot.child_id}:{slot.activity_id}:{compact(slot.day)}:{page}"


class LinkSiblings(Route, prefix="tg"):
    """Whether siblings who ask for the same get places together or none (B16)."""

    wanted: Flag


class AskClear(Route, prefix="z"):
    """Asks before everything drafted is given up."""


class Clear(Route, prefix="zz"):
    """Everything drafted is given up."""


class Confirm(Route, prefix="k"):
    """Keyed by the draft's round and content: pressed again, it shows the same receipt."""

    round: Count
    page: Count
    digest: Digest

    @staticmethod
    def data(round_: int, digest: str, page: int = 1) -> str:
        return f"k:{round_}:{page}:{digest}"
