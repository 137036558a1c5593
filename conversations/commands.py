"""The commands menu, per language, for ``setMyCommands``; the names are the same everywhere."""

from typing import Final

from conversations.texts import Texts
from conversations.words import mark

COMMANDS: Final = {
    "accueil": mark("Accueil"),
    "reserver": mark("Réserver des activités"),
    "suivi": mark("Suivi des réservations"),
    "langue": mark("Changer de langue"),
    "aide": mark("Aide"),
    "privacy": mark("Vie privée"),
    "logout": mark("Se déconnecter"),
}


def menu(t: Texts) -> tuple[tuple[str, str], ...]:
    """(command, description), in the order of the menu."""
    return tuple((command, t(description)) for command, description in COMMANDS.items())
