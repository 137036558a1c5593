"""Addresses of the nights, for the town (S7)."""

from conversations.routes import Count, Day, Route


class Nights(Route, prefix="gn"):
    page: Count


class AskNight(Route, prefix="gna"):
    """What running it now means."""


class RunTheNight(Route, prefix="gnr"):
    """That very night: pressed again, it was done."""

    night: Day
