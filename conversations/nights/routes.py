"""Addresses of the nights, for the town (S7)."""

from conversations.routes import Count, Day, Route


class Nights(Route, prefix="gk"):
    page: Count


class AskNight(Route, prefix="gka"):
    """What running it now means."""


class RunTheNight(Route, prefix="gkr"):
    """That very night: pressed again, it was done."""

    night: Day
