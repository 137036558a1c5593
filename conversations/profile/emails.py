"""E-mail addresses: masked in the chat, which Telegram keeps (H3, A12)."""

from collections.abc import Iterator

from conversations.profile.routes import ChangeEmails, DropEmails, Emails, SendCodes
from conversations.profile.views import leave
from conversations.screen import Button, Row, Screen, Style
from conversations.texts import Texts, escaped
from domain.emails.model import Addresses
from domain.emails.rules import MOST, masked


def screen(addresses: Addresses, t: Texts) -> Screen:
    parts = [t("<b>Adresses de messagerie</b>"), _verified(addresses, t)]
    if addresses.pending:
        waiting = ", ".join(masked(one.address) for one in addresses.pending)
        parts.append(t.html("En attente d'un code : {addresses}", addresses=waiting))
        parts.append(
            t(
                "Un code a été envoyé à chaque nouvelle adresse : envoyez-le ici, il est valable "
                "30 minutes. Vérifiez aussi le dossier des indésirables."
            )
        )
    return Screen("\n\n".join(parts), (*_rows(addresses, t), leave(t)))


def _verified(addresses: Addresses, t: Texts) -> str:
    if not addresses.verified:
        return t("Aucune adresse : les mails de la mairie ne vous parviennent pas.")
    lines = [
        f"{number}. {escaped(masked(one))}"
        for number, one in enumerate(addresses.verified, start=1)
    ]
    return "\n".join([*lines, t("La première reçoit les reçus de paiement.")])


def _rows(addresses: Addresses, t: Texts) -> Iterator[Row]:
    if addresses.pending:
        yield (Button(t("Renvoyer les codes"), SendCodes().pack()),)
        yield (Button(t("Abandonner les nouvelles adresses"), DropEmails().pack()),)
    yield (Button(t("Modifier mes adresses"), ChangeEmails().pack()),)


def ask_password(t: Texts) -> Screen:
    return _asked(
        t(
            "Pour modifier vos adresses, envoyez d'abord votre <b>mot de passe</b>. "
            "Votre message sera supprimé dès sa lecture."
        ),
        t,
    )


def ask_addresses(t: Texts) -> Screen:
    return _asked(
        t(
            "Envoyez la liste complète de vos adresses, séparées par « ; », {most} au plus. La "
            "première reçoit les reçus de paiement. Une adresse que vous n'écrivez pas est "
            "retirée ; une nouvelle reçoit un code. Votre message sera supprimé dès sa lecture.",
            most=MOST,
        ),
        t,
    )


def refused(sentence: str, t: Texts) -> Screen:
    """Of a code or a password; ``sentence`` is plain."""
    again = Button(t("‹ Adresses"), Emails().pack(), Style.PRIMARY)
    return Screen(escaped(sentence), ((again,),))


def _asked(text: str, t: Texts) -> Screen:
    return Screen(text, ((Button(t("Annuler"), Emails().pack()),),))


def erased(t: Texts, *, done: bool) -> str:
    """What became of the message that held an address or a code; plain."""
    if done:
        return t("Votre message a été supprimé.")
    return t("Votre message n'a pas pu être supprimé : merci de le supprimer vous-même.")
