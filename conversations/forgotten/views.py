from conversations.home.routes import HOME
from conversations.screen import Button, Screen
from conversations.texts import Texts, escaped


def ask_identifier(t: Texts) -> Screen:
    text = t(
        "<b>Mot de passe oublié</b>\n"
        "Envoyez votre <b>identifiant</b>, tel qu'il figure sur le courrier de la mairie."
    )
    return Screen(text, ((_give_up(t),),))


def ask_address(t: Texts) -> Screen:
    text = t(
        "Envoyez maintenant une <b>adresse de messagerie</b> que la mairie connaît pour ce compte."
    )
    return Screen(text, ((_give_up(t),),))


def asked(t: Texts) -> Screen:
    """The same whether or not anything matched."""
    text = t(
        "Si cet identifiant et cette adresse vont ensemble, un mail vient de partir. Il contient "
        "un lien valable 30 minutes, à ouvrir avec ce compte Telegram.\n\n"
        "Rien reçu dans quelques minutes ? Regardez aussi dans les courriers indésirables, "
        "vérifiez l'identifiant et l'adresse, ou adressez-vous à votre mairie."
    )
    return Screen(text, ((Button(t("Accueil"), HOME),),))


def refused(sentence: str, t: Texts) -> Screen:
    """``sentence`` is plain."""
    return Screen(escaped(sentence), ((Button(t("Accueil"), HOME),),))


def too_long(t: Texts) -> str:
    return t("Ce texte est trop long pour un identifiant ou une adresse de messagerie.")


def _give_up(t: Texts) -> Button:
    return Button(t("Annuler"), HOME)
