"""The addresses of the month over all activities, and of the sheet of one day (B4)."""

from datetime import date

from conversations.routes import Day, Flag, Id, Route, compact
from domain.activities.model import ActivityId
from domain.families.model import ChildId


class Overview(Route, prefix="oa"):
    child: Id
    first: Day

    @staticmethod
    def data(child: ChildId, first: date) -> str:
        return f"oa:{child}:{compact(first)}"


class DaySheet(Route, prefix="od"):
    child: Id
    day: Day

    @staticmethod
    def data(child: ChildId, day: date) -> str:
        return f"od:{child}:{compact(day)}"


class MarkOnSheet(Route, prefix="om"):
    child: Id
    activity: Id
    day: Day
    wanted: Flag

    @staticmethod
    def data(child: ChildId, activity: ActivityId, day: date, *, wanted: bool) -> str:
        return f"om:{child}:{activity}:{compact(day)}:{wanted:d}"


class Week(Route, prefix="ow"):
    """All children, over the week of ``day``."""

    day: Day

    @staticmethod
    def data(day: date) -> str:
        return f"ow:{compact(day)}"


class RepeatWeek(Route, prefix="or"):
    """What was booked the week before is drafted for the week of ``day``."""

    day: Day


class OverviewLegend(Route, prefix="ol"):
    child: Id
    first: Day
