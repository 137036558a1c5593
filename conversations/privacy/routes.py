"""Addresses of one's own data; ``conversations.home.routes.Privacy`` says what is kept."""

from conversations.routes import Route


class AskData(Route, prefix="pd"):
    """Asks for the password, then sends all that is known of them (A12)."""


class AskErasure(Route, prefix="pe"):
    """Says what is erased and what the town must keep."""


class LeaveAll(Route, prefix="pz"):
    """Gives up the step that waits for the password, and leads home."""


class WantErasure(Route, prefix="px"):
    """Asks for the password, then erases."""
