"""Addresses of choosing a password (A4, H3)."""

from conversations.routes import Route


class ChangePassword(Route, prefix="pc"):
    """Asks for the password of today, then for a new one."""


class AnotherPassword(Route, prefix="pa"):
    """Forgets the one that was typed once, and asks for another one."""


class KeepPassword(Route, prefix="pk"):
    """Gives the change up."""
