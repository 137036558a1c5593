from conversations.forgotten.routes import ForgotPassword
from conversations.home.routes import HOME
from conversations.login.routes import StartLogin
from conversations.screen import Button, Row, Screen
from conversations.texts import Texts, escaped


def ask_identifier(t: Texts) -> Screen:
    return Screen(
        t("Envoyez votre <b>identifiant</b>, tel qu'il figure sur le courrier de la mairie."),
        (_forgot(t), (Button(t("Annuler"), HOME),)),
    )


def ask_password(t: Texts) -> Screen:
    return Screen(
        t(
            "Envoyez maintenant votre <b>mot de passe</b>. "
            "Votre message sera supprimé dès sa lecture."
        ),
        (_forgot(t), (Button(t("Annuler"), HOME),)),
    )


def failed(sentence: str, note: str, t: Texts, *, may_retry: bool) -> Screen:
    """The refusal, and what became of the message that held the password; both plain."""
    parts: list[str] = [escaped(sentence), escaped(note)]
    if may_retry:
        parts.append(t("Renvoyez votre <b>mot de passe</b>, ou changez d'identifiant."))
    again = Button(t("Changer d'identifiant"), StartLogin().pack())
    return Screen("\n\n".join(parts), (_forgot(t), (again,), (Button(t("Annuler"), HOME),)))


def erasure(t: Texts, *, erased: bool) -> str:
    """What became of the message that held the password (A2); plain."""
    if erased:
        return t("Votre message contenant le mot de passe a été supprimé.")
    return t(
        "Votre message contenant le mot de passe n'a pas pu être supprimé : "
        "merci de le supprimer vous-même."
    )


def too_long(t: Texts) -> str:
    return t("Ce texte est trop long pour un identifiant ou un mot de passe.")


def text_only(t: Texts) -> str:
    return t("Envoyez un nouveau message qui ne contient que du texte.")


def greeting(first_name: str, t: Texts) -> str:
    """The note above the first screen; plain."""
    return t("Bonjour {first_name}, vous êtes connecté(e).", first_name=first_name)


def _forgot(t: Texts) -> Row:
    return (Button(t("Mot de passe oublié"), ForgotPassword().pack()),)
