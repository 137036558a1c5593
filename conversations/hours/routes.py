"""The addresses of choosing hours (B6).

``every``: for all days; ``day`` then says which month to go back to.
"""

from datetime import date

from conversations.routes import Clock, Day, Flag, Hour, Id, Route, compact
from domain.activities.model import ActivityId
from domain.families.model import ChildId


class HoursMenu(Route, prefix="hm"):
    """All days at once, or one of those that are asked for."""

    child: Id
    activity: Id
    first: Day

    @staticmethod
    def data(child: ChildId, activity: ActivityId, first: date) -> str:
        return f"hm:{child}:{activity}:{compact(first)}"


class PickArrival(Route, prefix="ha"):
    """``hour`` None: which hour of the day, before its minutes."""

    child: Id
    activity: Id
    day: Day
    every: Flag
    hour: Hour | None = None


class PickDeparture(Route, prefix="hd"):
    child: Id
    activity: Id
    day: Day
    every: Flag
    arrival: Clock
    hour: Hour | None = None


class SetHours(Route, prefix="hs"):
    child: Id
    activity: Id
    day: Day
    every: Flag
    arrival: Clock
    departure: Clock
