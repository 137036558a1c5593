"""Addresses of declaring a child absent (B19)."""

from datetime import date
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator

from conversations.routes import BIGGEST_ID, Count, Day, Id, Route, compact, whole
from domain.absences.model import Reason, Scope
from domain.activities.model import ActivityId
from domain.families.model import ChildId

WHOLE_DAY: Final = 0


def _which(value: int) -> int:
    if not WHOLE_DAY <= value <= BIGGEST_ID:
        raise ValueError("out of bounds")
    return value


Which = Annotated[int, AfterValidator(_which), BeforeValidator(whole)]
"""An activity, or the whole day."""


class AbsenceDays(Route, prefix="ab"):
    """Which child, which day."""

    page: Count


class AbsenceDay(Route, prefix="ad"):
    """What is booked that day, and what of it is declared."""

    child: Id
    day: Day


class AskReason(Route, prefix="aq"):
    child: Id
    day: Day
    activity: Which


class DeclareAbsent(Route, prefix="aw"):
    child: Id
    day: Day
    activity: Which
    reason: Reason


class Explain(Route, prefix="ax"):
    """A few words, a picture or a PDF are awaited, for what is declared that day."""

    child: Id
    day: Day


class WithdrawAbsent(Route, prefix="az"):
    """The child comes after all."""

    child: Id
    day: Day
    activity: Which


def scope_of(asked: AskReason | DeclareAbsent | WithdrawAbsent) -> Scope:
    activity = ActivityId(asked.activity) if asked.activity else None
    return Scope(ChildId(asked.child), asked.day, activity)


def whole_day(asked: AbsenceDay | Explain) -> Scope:
    return Scope(ChildId(asked.child), asked.day)


def kept(scope: Scope) -> dict[str, str | int]:
    """For the state of a conversation; ``scope_from`` reads it."""
    return {"child": scope.child_id, "day": compact(scope.day)}


def scope_from(said: dict[str, object]) -> Scope:
    day = date.fromisoformat(str(said["day"]))
    return Scope(ChildId(int(str(said["child"]))), day)
