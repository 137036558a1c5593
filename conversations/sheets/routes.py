"""Addresses of the day sheets (S4)."""

from datetime import date

from conversations.classes import ClassCode, code_of
from conversations.routes import Count, Day, Id, Route
from conversations.tables import Format
from domain.activities.model import ActivityId
from domain.sheets.model import Order


class OpenSheet(Route, prefix="gdo"):
    """Today's, whichever day it is when the button is pressed."""


class DaySheet(Route, prefix="gd"):
    """``activity`` None: all of them, with their head-counts. ``school_class``: the one that is
    told alone, see ``code_of``.
    """

    day: Day
    page: Count = 1
    order: Order = Order.CLASS
    activity: Id | None = None
    school_class: ClassCode | None = None

    @classmethod
    def of(
        cls,
        day: date,
        activity: ActivityId | None = None,
        order: Order = Order.CLASS,
        page: int = 1,
        school_class: str | None = None,
    ) -> str:
        """``school_class``: its name."""
        code = None if school_class is None else code_of(school_class)
        asked = cls(day=day, page=page, order=order, activity=activity, school_class=code)
        return asked.pack()


class Halves(Route, prefix="gdh"):
    """How many children are there, each half hour."""

    day: Day
    activity: Id


class TakeSheet(Route, prefix="gdf"):
    """As a paper or a workbook."""

    day: Day
    format: Format
    order: Order = Order.CLASS
    activity: Id | None = None
    school_class: ClassCode | None = None
