"""Addresses of families, for the town (S6)."""

from conversations.routes import Count, Id, Route


class Families(Route, prefix="gf"):
    """What is typed next is looked for."""


class Unreachable(Route, prefix="gfu"):
    """Families of whom nobody can be reached."""


class Family(Route, prefix="gff"):
    family: Id


class AskLetter(Route, prefix="gfl"):
    guardian: Id


class MakeLetter(Route, prefix="gfw"):
    """``since``: when the button was shown, in seconds of Unix time; pressed twice, it is once."""

    guardian: Id
    since: Count


class UnlockAccess(Route, prefix="gfx"):
    guardian: Id
