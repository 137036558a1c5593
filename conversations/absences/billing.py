"""Whether an absence stays billed, in words: before it is declared, and after (B19)."""

from typing import assert_never

from conversations.texts import Texts
from domain.absences.model import Line
from domain.activities.absence_billing import (
    AbsenceBilling,
    Billed,
    FreeIfDeclaredBefore,
    FreeWithCertificate,
)


def before(rule: AbsenceBilling, t: Texts) -> str:
    match rule:
        case Billed():
            return t("Une absence reste facturée.")
        case FreeIfDeclaredBefore():
            return t(
                "Une absence n'est pas facturée si elle est déclarée au plus tard à {at} ce "
                "jour-là.",
                at=t.clock(rule.at),
            )
        case FreeWithCertificate():
            return t("Une absence n'est pas facturée si un justificatif est joint.")
    assert_never(rule)


def after(line: Line, t: Texts) -> str:
    """What the family was told stands, whatever the rule has become since."""
    absence, rule = line.absence, line.activity.absence_billing
    if absence is None:
        return before(rule, t)
    if not absence.billed:
        return t("Cette réservation ne sera pas facturée.")
    if isinstance(rule, FreeIfDeclaredBefore):
        return t(
            "Cette réservation reste facturée : l'absence a été déclarée après {at}.",
            at=t.clock(rule.at),
        )
    if isinstance(rule, FreeWithCertificate):
        return t(
            "Cette réservation reste facturée tant qu'aucun justificatif n'est joint : vous "
            "pouvez l'ajouter ici jusqu'à la fin de cette journée."
        )
    return t("Cette réservation reste facturée.")
