"""The receipt of a payment: a paper for the chat, the same facts for a mail (M4, N6)."""

from datetime import datetime
from decimal import Decimal
from typing import Final

from conversations.printed import Printed
from conversations.texts import Html, Texts, clipped
from domain.activities.catalogue import Catalogue
from domain.activities.model import Structure, StructureId
from domain.notices.model import Due

NAME: Final = 80  # characters


def facts(due: Due, catalogue: Catalogue, t: Texts) -> list[tuple[str, str]]:
    """Label and value; what the provider did not tell is left out."""
    params = due.notice.params
    told = [
        (t("Structure"), _town(due, catalogue).name),
        (t("Porte-monnaie"), params["wallet"]),
        (t("Montant"), t.money(Decimal(params["amount"]))),
        (t("Date"), t.paper_instant(datetime.fromisoformat(params["paid_at"]))),
        (t("Mode de règlement"), params["mode"]),
        (t("N° de pièce"), params["number"]),
        (t("Payeur"), (due.notice.secret or {}).get("payer", "")),
        (t("Banque"), params["bank"]),
    ]
    return [(label, value) for label, value in told if value]


def paper(due: Due, catalogue: Catalogue, t: Texts) -> Printed:
    paid_at = datetime.fromisoformat(due.notice.params["paid_at"])
    town = _town(due, catalogue)
    return Printed(
        template="receipt",
        title=t("Reçu de paiement"),
        locale=t.locale,
        facts={
            "structure": town.name,
            "addressee": due.addressee,
            "pairs": [list(pair) for pair in facts(due, catalogue, t)],
            "note": t("Cette somme a été créditée. Conservez ce reçu."),
        },
        file_name=f"recu-{paid_at.astimezone(town.zone):%Y-%m-%d}.pdf",
    )


def caption(due: Due, t: Texts) -> Html:
    params = due.notice.params
    return t.html(
        "<b>✔ Paiement reçu : {amount}</b>\n{wallet}\nN° de pièce <code>{number}</code>",
        amount=t.money(Decimal(params["amount"])),
        wallet=clipped(params["wallet"], NAME),
        number=clipped(params["number"], NAME),
    )


def _town(due: Due, catalogue: Catalogue) -> Structure:
    return catalogue.structures[StructureId(due.notice.params["structure"])]
