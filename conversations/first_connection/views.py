"""Choosing a password: the rules, each ticked once something was typed (A4)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from conversations.first_connection.routes import AnotherPassword, KeepPassword
from conversations.forgotten.routes import ForgotPassword
from conversations.home.routes import HOME, Languages
from conversations.login.routes import LogOut, StartLogin
from conversations.screen import Button, Row, Screen, Style
from conversations.texts import Texts, escaped
from conversations.words import mark
from domain.accounts.passwords import SHORTEST, Judgement, RuleCode

KEPT, BROKEN, TOLD = "✓", "✗", "•"
RULES: Final[Mapping[RuleCode, str]] = {
    RuleCode.LENGTH: mark("{shortest} caractères au moins"),
    RuleCode.VARIETY: mark("assez long ou assez varié pour ne pas être trouvé en essayant"),
    RuleCode.COMMON: mark("ni courant, ni répété, ni une suite de touches"),
    RuleCode.PERSONAL: mark(
        "sans votre nom, votre identifiant, votre commune ni le prénom d'un enfant"
    ),
    RuleCode.SAME: mark("différent du mot de passe actuel"),
}


class Why(StrEnum):
    FIRST = "first"  # the town's temporary one must go
    CHANGE = "change"
    LINK = "link"  # of a mail


def ask_old(t: Texts) -> Screen:
    text = t(
        "Pour changer votre mot de passe, envoyez d'abord celui d'aujourd'hui. "
        "Votre message sera supprimé dès sa lecture."
    )
    forgot = Button(t("Mot de passe oublié"), ForgotPassword().pack())
    return Screen(text, ((_keep(t),), (forgot,)))


def ask_new(why: Why, t: Texts) -> Screen:
    rules = [f"{TOLD} {_rule(code, t)}" for code in RuleCode]
    return Screen("\n\n".join([_heading(why, t), "\n".join(rules), _how(t)]), _leave(why, t))


def judged(judgement: Judgement, why: Why, t: Texts) -> Screen:
    """Not every rule was kept."""
    rules = [f"{KEPT if kept else BROKEN} {_rule(code, t)}" for code, kept in judgement.rules]
    said = t("<b>Ce mot de passe ne convient pas encore</b>")
    return Screen("\n\n".join([said, "\n".join(rules), _how(t)]), _leave(why, t))


def ask_again(why: Why, t: Texts) -> Screen:
    """All rules were kept."""
    rules = [f"{KEPT} {_rule(code, t)}" for code in RuleCode]
    said = t(
        "Ce mot de passe convient. Envoyez-le <b>une seconde fois</b> pour le confirmer, dans les "
        "10 minutes."
    )
    another = Button(t("Choisir un autre mot de passe"), AnotherPassword().pack())
    return Screen("\n\n".join(["\n".join(rules), said]), ((another,), *_leave(why, t)))


def saved(others: int, t: Texts) -> str:
    """The note above what comes next; plain."""
    said = t("Le mot de passe a bien été enregistré.")
    if not others:
        return said
    ended = t.plural(
        "{n} autre appareil a été déconnecté.", "{n} autres appareils ont été déconnectés.", others
    )
    return f"{said} {ended}"


def saved_by_link(note: str, t: Texts) -> Screen:
    """``note``: what became of the message that held it."""
    text = t(
        "<b>Le mot de passe a bien été enregistré.</b>\n\n"
        "Tous les appareils connectés à votre compte ont été déconnectés. Connectez-vous avec "
        "votre identifiant et ce nouveau mot de passe."
    )
    login = Button(t("Se connecter"), StartLogin().pack(), Style.PRIMARY)
    return Screen(f"{escaped(note)}\n\n{text}", ((login,),))


def refused(sentence: str, t: Texts, *, connected: bool) -> Screen:
    """A link that does not let in, or not yet; ``sentence`` is plain."""
    if connected:
        rows: tuple[Row, ...] = (
            (Button(t("Accueil"), HOME),),
            (Button(t("Se déconnecter"), LogOut().pack()),),
        )
    else:
        rows = (
            (Button(t("Se connecter"), StartLogin().pack(), Style.PRIMARY),),
            (Button(t("Mot de passe oublié"), ForgotPassword().pack()),),
        )
    return Screen(escaped(sentence), rows)


def _heading(why: Why, t: Texts) -> str:
    if why is Why.FIRST:
        return t(
            "<b>Choisissez votre mot de passe</b>\n"
            "Celui du courrier de la mairie est provisoire : il doit être remplacé avant toute "
            "autre chose."
        )
    return t("<b>Choisissez un nouveau mot de passe</b>")


def _how(t: Texts) -> str:
    return t(
        "Une phrase de plusieurs mots convient très bien ; les espaces et les accents sont "
        "acceptés. Envoyez le mot de passe dans un message : il sera supprimé dès sa lecture."
    )


def _rule(code: RuleCode, t: Texts) -> str:
    return t(RULES[code], shortest=SHORTEST)


def _leave(why: Why, t: Texts) -> tuple[Row, ...]:
    match why:
        case Why.FIRST:
            language = Button(t("Langue"), Languages().pack())
            return ((language, Button(t("Se déconnecter"), LogOut().pack())),)
        case Why.CHANGE:
            return ((_keep(t),),)
        case Why.LINK:
            return ((Button(t("Annuler"), HOME),),)


def _keep(t: Texts) -> Button:
    return Button(t("Garder mon mot de passe"), KeepPassword().pack())
