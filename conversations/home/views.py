"""Welcome, home, language, help and privacy (A1, A9, H1, A12)."""

from collections.abc import Sequence

from conversations.booking.routes import Children, Recap
from conversations.followup.routes import FollowUp
from conversations.home.routes import HOME, Languages, Privacy, SetLanguage
from conversations.login.routes import LogOut, StartLogin
from conversations.screen import Button, Row, Screen, Style
from conversations.texts import Html, Texts, clipped, escaped
from domain.accounts.model import Identity
from domain.activities.model import Structure

LANGUAGE_NAMES = {"fr": "Français", "en": "English"}
WELCOME, ANNOUNCEMENT = 3000, 1000  # characters; a message holds 4096


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


def home(
    who: Identity,
    structure: Structure,
    t: Texts,
    *,
    drafted: int,
    announcements: Sequence[str] = (),
) -> Screen:
    """``drafted``: lines that wait to be validated. ``announcements`` are plain."""
    waiting = t.plural(
        "<b>{n} demande n'est pas encore validée.</b>",
        "<b>{n} demandes ne sont pas encore validées.</b>",
        drafted,
    )
    parts = [
        header(who, structure, t),
        *(escaped(clipped(told, ANNOUNCEMENT)) for told in announcements[:3]),
        waiting if drafted else "",
        t("Que souhaitez-vous faire ?"),
    ]
    return Screen("\n\n".join(part for part in parts if part), _tabs(drafted, t))


def _tabs(drafted: int, t: Texts) -> tuple[Row, ...]:
    tabs: tuple[Row, ...] = (
        (Button(t("Réserver"), Children().pack(), None if drafted else Style.PRIMARY),),
        (Button(t("Suivi des réservations"), FollowUp.data(1)),),
        (
            Button(t("Langue"), Languages().pack()),
            Button(t("Se déconnecter"), LogOut().pack()),
        ),
    )
    if not drafted:
        return tabs
    check = t("Vérifier mes demandes ({n})", n=drafted)
    return ((Button(check, Recap.data(1), Style.PRIMARY),), *tabs)


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
        "/langue  langue\n/privacy  vie privée\n/logout  se déconnecter"
    )
    return Screen(text, (_home(t),))


def privacy(t: Texts) -> Screen:
    """Says what is true, and no more (A12)."""
    text = t(
        "<b>Vie privée</b>\n"
        "Votre mairie traite ces données pour réserver les activités de vos enfants.\n\n"
        "• Les noms, adresses de messagerie et identifiants Telegram sont chiffrés dans la base "
        "de données de la mairie. Votre mot de passe n'y est pas lisible.\n"
        "• Les messages de cette conversation sont conservés par Telegram sur ses serveurs, hors "
        "de la maîtrise de la mairie. Vos enfants n'y sont désignés que par leur prénom, sauf "
        "dans le compte rendu de la nuit ; jamais d'adresse ni d'information de santé.\n"
        "• Le message qui contient votre mot de passe est supprimé dès sa lecture.\n"
        "• /logout ferme l'accès depuis cette conversation. Vous pouvez aussi effacer la "
        "conversation dans Telegram.\n\n"
        "Pour consulter, corriger ou faire effacer vos données, adressez-vous à votre mairie. "
        "Toutes les démarches restent possibles en mairie, sans Telegram."
    )
    return Screen(text, (_home(t),))


def logged_out(t: Texts) -> Screen:
    text = t(
        "Vous êtes déconnecté(e). Les messages précédents restent dans la conversation : "
        "vous pouvez les effacer dans Telegram."
    )
    return Screen(text, ((Button(t("Se connecter"), StartLogin().pack()),),))


def refused(sentence: str, t: Texts) -> Screen:
    """A refusal, or the answer to what cannot be understood; ``sentence`` is plain."""
    return Screen(escaped(sentence), (_home(t),))


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
