"""Addresses of the home screen, reachable from any depth (H1)."""

from typing import Annotated, Final

from pydantic import StringConstraints

from conversations.routes import Route

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]


class Nothing(Route, prefix="x"):
    """A blank cell: answered, and that is all."""


class Home(Route, prefix="h"):
    """Redraws this message as the home screen."""


class OpenHome(Route, prefix="hn"):
    """The home screen in a new message: the one above stays, as a notice must."""


class Languages(Route, prefix="v"):
    """The choice of languages."""


class SetLanguage(Route, prefix="vs"):
    language: Language


class Help(Route, prefix="?h"):
    """What the bot does, in short."""


class Privacy(Route, prefix="pv"):
    """What is kept, where, and how to have it erased (A12)."""


NOTHING: Final = Nothing().pack()
HOME: Final = Home().pack()
OPEN_HOME: Final = OpenHome().pack()
