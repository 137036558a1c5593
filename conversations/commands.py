"""The commands menu, per language, for ``setMyCommands``; the names are the same everywhere."""

from typing import Final

from conversations.texts import Texts
from conversations.words import mark

COMMANDS: Final = {
    "accueil": mark("Accueil"),
    "reserver": mark("Réserver des activités"),
    "suivi": mark("Suivi des réservations"),
    "solde": mark("Solde et historiques"),
    "absence": mark("Signaler une absence"),
    "fiches": mark("Règlement intérieur à signer"),
    "profil": mark("Profil"),
    "simple": mark("Affichage simple"),
    "appareils": mark("Appareils connectés"),
    "structure": mark("Changer de structure"),
    "langue": mark("Changer de langue"),
    "aide": mark("Aide"),
    "privacy": mark("Vie privée"),
    "mes_donnees": mark("Recevoir mes données"),
    "effacer": mark("Effacer mon accès"),
    "logout": mark("Se déconnecter"),
}


def menu(t: Texts) -> tuple[tuple[str, str], ...]:
    """(command, description), in the order of the menu."""
    return tuple((command, t(description)) for command, description in COMMANDS.items())


def description(t: Texts) -> str:
    """What Telegram shows before the first message; at most 512 characters."""
    return t(
        "Réservez ici la cantine, les accueils et le centre de loisirs de vos enfants, suivez vos "
        "demandes et recevez les réponses de votre mairie. Pour commencer, il faut l'identifiant "
        "et le mot de passe remis par la mairie."
    )


def short_description(t: Texts) -> str:
    """What goes with the bot's name when it is shared; at most 120 characters."""
    return t("Le portail famille de votre mairie : cantine, accueils et centre de loisirs.")
