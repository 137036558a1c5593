"""What each alert is called, and what it means."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from conversations.payments.views import sum_of
from conversations.texts import Html, Texts, clipped
from conversations.words import mark
from domain.alerts.model import Alert, AlertKind
from domain.payments.model import Why
from domain.payments.rules import TOWN_AMOUNT, TOWN_TWICE, TOWN_WALLET

TITLES: Final[Mapping[AlertKind, str]] = {
    AlertKind.PAYMENT_STRAY: mark("Paiement à rattacher"),
    AlertKind.PAYMENT_ODD: mark("Paiement inhabituel"),
    AlertKind.ANSWERS_REFUSED: mark("Fichier de réponses refusé"),
    AlertKind.TRANSMISSION_WAITING: mark("Transmission non reprise"),
}
MEANINGS: Final[Mapping[AlertKind, str]] = {
    AlertKind.PAYMENT_STRAY: mark(
        "Cet argent est arrivé, mais aucun porte-monnaie n'a pu le recevoir : {why}. Créditez la "
        "famille qui a payé, ou remboursez-la à la main."
    ),
    AlertKind.PAYMENT_ODD: mark(
        "Ce paiement est crédité une fois, mais tout ne concorde pas : {why}. Vérifiez s'il faut "
        "rembourser ou corriger."
    ),
    AlertKind.ANSWERS_REFUSED: mark(
        "Ce fichier du logiciel de la mairie contient des erreurs : rien n'en a été écrit. La "
        "liste des erreurs est à côté de lui, dans le dossier « rejected » : corrigez et renvoyez."
    ),
    AlertKind.TRANSMISSION_WAITING: mark(
        "Le logiciel de la mairie n'a pas repris ces fichiers depuis plus d'un jour. Vérifiez "
        "qu'il lit bien le dossier d'échange. Rien n'est perdu : ils y restent."
    ),
}
WHY: Final[Mapping[str, str]] = {
    Why.UNKNOWN: mark("sa référence n'est celle d'aucune demande de paiement"),
    Why.CURRENCY: mark("il n'est pas en euros"),
    Why.AMOUNT: mark("son montant n'est pas au-dessus de zéro"),
    Why.CLOSED: mark("le porte-monnaie est fermé depuis"),
}
ODD: Final[Mapping[str, str]] = {
    "paid_twice": mark("il avait déjà été payé"),
    "amount": mark("le montant est différent"),
    "provider": mark("il est venu par un autre moyen de paiement"),
    TOWN_AMOUNT: mark("le logiciel de la mairie annonce un autre montant"),
    TOWN_WALLET: mark("le logiciel de la mairie l'annonce sur un autre porte-monnaie"),
    TOWN_TWICE: mark("le logiciel de la mairie l'annonce une seconde fois"),
}
LONG: Final = 60  # characters


def title(of: Alert, t: Texts) -> str:
    return t(TITLES[of.kind])


def meaning(of: Alert, t: Texts) -> Html:
    return t.html(MEANINGS[of.kind], why=_why(of, t))


def about(of: Alert, t: Texts) -> str:
    """In a few words, plain: an amount, a file, a night."""
    told = of.details
    match of.kind:
        case AlertKind.PAYMENT_STRAY | AlertKind.PAYMENT_ODD:
            return amount(told, t)
        case AlertKind.ANSWERS_REFUSED:
            count = t.plural("{n} erreur", "{n} erreurs", int(told["problems"]))
            return f"{clipped(str(told['file']), LONG)} · {count}"
        case AlertKind.TRANSMISSION_WAITING:
            night = t.day(date.fromisoformat(str(told["night"])))
            return t("n° {number}, nuit du {night}", number=told["number"], night=night)


def amount(told: Mapping[str, str | int], t: Texts) -> str:
    return sum_of(Decimal(str(told["amount"])), str(told["currency"]), t)


def paid_at(of: Alert) -> datetime:
    return datetime.fromisoformat(str(of.details["paid_at"]))


def _why(of: Alert, t: Texts) -> str:
    why = str(of.details.get("why") or of.details.get("odd") or "")
    known = {**WHY, **ODD}
    return t(known[why]) if why in known else why
