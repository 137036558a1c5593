"""Answers to a reminder, by its number: whose it is is read from the session (N3)."""

from conversations.routes import Id, Route


class BookUsual(Route, prefix="ru"):
    """The usual days, in the draft."""

    reminder: Id


class NotThisTime(Route, prefix="rn"):
    """No more of this deadline."""

    reminder: Id
