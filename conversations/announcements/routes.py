"""Addresses of what the town says (H1)."""

from conversations.routes import Id, Route


class Announcements(Route, prefix="an"):
    """All of this instant, by title."""


class ReadAnnouncement(Route, prefix="ar"):
    announcement: Id


class OpenAttachment(Route, prefix="af"):
    """Its picture or document, in a message of its own."""

    announcement: Id
