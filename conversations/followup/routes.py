"""Addresses of the follow-up list, and of the answers to an offered place."""

from conversations.routes import Count, Day, Flag, Id, Route
from conversations.tables import Format
from domain.bookings.filters import Shown
from domain.bookings.model import BookingId


class FollowUp(Route, prefix="f"):
    page: Count

    @staticmethod
    def data(page: int) -> str:
        return f"f:{page}"


class Leave(Route, prefix="lq"):
    """Out of a queue, and out of nothing else: the place may have been given meanwhile (B16)."""

    booking: Id

    @staticmethod
    def data(booking: BookingId) -> str:
        return f"lq:{booking}"


class OpenFollowUp(Route, prefix="fn"):
    """The list in a new message: the notice above stays."""


class Filter(Route, prefix="ff"):
    """What is shown, and how to change it (F1)."""


class ShowBox(Route, prefix="fk"):
    box: Shown
    shown: Flag


class PickChild(Route, prefix="fx"):
    """Which child, among theirs."""


class PickActivity(Route, prefix="fy"):
    """Which activity, among those of the structure that they have to do with."""


class FilterChild(Route, prefix="fc"):
    child: Id | None = None


class FilterActivity(Route, prefix="fa"):
    activity: Id | None = None


class FilterMonth(Route, prefix="fm"):
    """None: from today on."""

    first: Day | None = None


class ResetFilters(Route, prefix="fz"):
    """Everything, from today on."""


class Exports(Route, prefix="fq"):
    """As what to export the list (F3)."""


class Export(Route, prefix="fe"):
    format: Format


class AskCancel(Route, prefix="q"):
    """Says what cancelling means before it is done."""

    booking: Id
    page: Count

    @staticmethod
    def data(booking: BookingId, page: int) -> str:
        return f"q:{booking}:{page}"


class Cancel(Route, prefix="y"):
    booking: Id
    page: Count

    @staticmethod
    def data(booking: BookingId, page: int) -> str:
        return f"y:{booking}:{page}"


class Answer(Route, prefix="o"):
    """The family's answer to an offered place (B16)."""

    booking: Id
    accept: Flag

    @staticmethod
    def data(booking: BookingId, *, accept: bool) -> str:
        return f"o:{booking}:{accept:d}"
