"""Addresses of the day sheets (S4)."""

from datetime import date

from conversations.routes import Count, Day, Id, Route
from conversations.tables import Format
from domain.activities.model import ActivityId
from domain.sheets.model import Order


class OpenSheet(Route, prefix="gdo"):
    """Today's, whichever day it is when the button is pressed."""


class DaySheet(Route, prefix="gd"):
    """``activity`` None: all of them, with their head-counts."""

    day: Day
    page: Count = 1
    order: Order = Order.NAME
    activity: Id | None = None

    @classmethod
    def of(
        cls,
        day: date,
        activity: ActivityId | None = None,
        order: Order = Order.NAME,
        page: int = 1,
    ) -> str:
        return cls(day=day, page=page, order=order, activity=activity).pack()


class Halves(Route, prefix="gdh"):
    """How many children are there, each half hour."""

    day: Day
    activity: Id


class TakeSheet(Route, prefix="gdf"):
    """As a paper or a workbook."""

    day: Day
    format: Format
    order: Order = Order.NAME
    activity: Id | None = None
