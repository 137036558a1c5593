"""Welcome, home, language, help and privacy (A1, A9, H1, A12)."""

from collections.abc import Sequence

from conversations.home.routes import HOME, Privacy, SetLanguage
from conversations.login.routes import StartLogin
from conversations.screen import Button, Row, Screen, Style, under
from conversations.texts import Html, Texts, clipped, escaped
from domain.accounts.model import Identity
from domain.activities.model import Structure

LANGUAGE_NAMES = {"fr": "Français", "en": "English"}
WELCOME = 3000  # characters; a message holds 4096


def welcome(structure: Structure, t: Texts) -> Screen:
    """Nobody is logged in here (A1)."""
    text = t.html(
        "<b>{structure}</b>\n\n{welcome}\n\n"
        "Pour réserver les activités de vos enfants, connectez-vous avec l'identifiant et le mot "
        "de passe remis par la mairie.",
        structure=structure.name,
        welcome=clipped(structure.welcome, WELCOME),
    )
    return Screen(
        text,
        (
            (Button(t("Se connecter"), StartLogin().pack(), Style.PRIMARY),),
            (Button(t("Vie privée"), Privacy().pack()),),
        ),
    )


def header(who: Identity, structure: Structure, t: Texts) -> Html:
    """Who is connected, to which structure, and how fresh the town's data is (A9)."""
    return t.html(
        "<b>{structure}</b>\n{first_name} {last_name} · données du {updated}",
        structure=structure.name,
        first_name=who.guardian.first_name,
        last_name=who.guardian.last_name,
        updated=t.instant(structure.updated_at),
    )


def headed(screen: Screen, who: Identity, structure: Structure, t: Texts) -> Screen:
    """The same screen under the header, for those that have none of their own."""
    return under(screen, header(who, structure, t))


def languages(known: Sequence[str], t: Texts) -> Screen:
    rows = tuple(
        (Button(LANGUAGE_NAMES.get(one, one), SetLanguage(language=one).pack()),) for one in known
    )
    return Screen(t("Dans quelle langue souhaitez-vous lire ?"), (*rows, _home(t)))


def help_(t: Texts) -> Screen:
    text = t(
        "<b>Aide</b>\n"
        "Vous réservez et annulez ici les activités de vos enfants, avec les boutons.\n\n"
        "1. <b>Réserver</b> : choisissez l'enfant, l'activité, puis touchez les jours.\n"
        "2. <b>Vérifier mes demandes</b> : relisez le récapitulatif, puis validez. "
        "Tant que vous n'avez pas validé, rien n'est enregistré.\n"
        "3. <b>Suivi des réservations</b> : voyez l'état de chaque réservation, annulez, "
        "quittez une liste d'attente.\n\n"
        "/accueil  l'accueil\n/reserver  réserver\n/suivi  suivi des réservations\n"
        "/solde  solde, consommations, règlements\n/absence  signaler une absence\n"
        "/simple  affichage simple, si un message paraît vide\n"
        "/profil  profil\n/appareils  appareils connectés\n/structure  changer de structure\n"
        "/langue  langue\n/privacy  vie privée\n/logout  se déconnecter"
    )
    return Screen(text, (_home(t),))


def logged_out(t: Texts) -> Screen:
    text = t(
        "Vous êtes déconnecté(e). Les écrans de moins de 48 heures ont été effacés. Les alertes "
        "et les messages plus anciens restent : vous pouvez les effacer dans Telegram."
    )
    return Screen(text, ((Button(t("Se connecter"), StartLogin().pack()),),))


def refused(sentence: str, t: Texts, *ways_out: Row) -> Screen:
    """A refusal, or the answer to what cannot be understood; ``sentence`` is plain."""
    return Screen(escaped(sentence), (*ways_out, _home(t)))


def broken(error_id: str, t: Texts) -> Screen:
    text = t.html(
        "Une erreur est survenue de notre côté. Rien n'a été perdu : réessayez dans un instant. "
        "Si elle se reproduit, donnez cette référence à votre mairie : <code>{reference}</code>",
        reference=error_id,
    )
    return Screen(text, (_home(t),))


def private_only(t: Texts) -> Screen:
    """For a group: no name, no booking, once (A1)."""
    return Screen(t("Je réponds uniquement en conversation privée."))


def _home(t: Texts) -> Row:
    return (Button(t("Accueil"), HOME),)
