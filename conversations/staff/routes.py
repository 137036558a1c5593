"""Addresses of the agents' home and of their own access (S1). All of the town's side begin by "g".

As everywhere a button says the result it wants; who may is asked of the session (A10).
"""

from conversations.home.routes import Language
from conversations.profile.routes import Then
from conversations.routes import Flag, Id, Route


class StaffHome(Route, prefix="gh"):
    """Redraws this message as the agents' home."""


class ShowTown(Route, prefix="gs"):
    """Another structure from now on, and its home."""

    structure: Id


class StaffAccess(Route, prefix="ga"):
    """One's own devices, language and display."""


class EndStaffDevice(Route, prefix="gx"):
    session: Id


class StaffLanguage(Route, prefix="gl"):
    language: Language


class StaffTables(Route, prefix="gt"):
    """Which of the two displays (decision 9)."""

    wanted: Flag


class StaffSimply(Route, prefix="gb"):
    """Back to texts, and to the screen whose address ``then`` is, "!" standing for ":"."""

    then: Then

    @staticmethod
    def data(then: str) -> str:
        return f"gb:{then.replace(':', '!')}"

    @property
    def address(self) -> str:
        return self.then.replace("!", ":")


class StaffLogOut(Route, prefix="gz"):
    """Ends this device's session as an agent; as a parent one stays connected."""
