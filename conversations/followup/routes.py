"""Addresses of the follow-up list, and of the answers to an offered place."""

from conversations.routes import Count, Flag, Id, Route
from domain.bookings.model import BookingId


class FollowUp(Route, prefix="f"):
    page: Count

    @staticmethod
    def data(page: int) -> str:
        return f"f:{page}"


class OpenFollowUp(Route, prefix="fn"):
    """The list in a new message: the notice above stays."""


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
