"""The two histories as a paper, a workbook or commas; columns and words are the guide's."""

from datetime import datetime

from conversations.money.histories import reserve
from conversations.tables import Table
from conversations.texts import Texts
from domain.activities.model import Structure
from domain.families.model import Guardian
from domain.money.model import ConsumptionsView, PaymentsView


def consumptions(
    view: ConsumptionsView, who: Guardian, town: Structure, told: str, now: datetime, t: Texts
) -> Table:
    month = t.month(view.wanted.first)
    return Table(
        title=t("Historique des consommations"),
        head=_head(who, town, (month, told), now, t),
        columns=(
            t("Date"),
            t("Nom"),
            t("Prénom"),
            t("Activité"),
            t("Prix (€)"),
            t("Qté"),
            t("Total (€)"),
        ),
        rows=tuple(
            (
                line.day,
                line.child.last_name,
                line.child.first_name,
                line.activity,
                line.unit_price,
                str(line.quantity),
                line.total,
            )
            for line in view.lines
        ),
        total=(t("TOTAL (€)"), view.total),
        note=reserve(t),
        file_name=f"consommations-{view.wanted.first:%Y-%m}",
    )


def payments(view: PaymentsView, who: Guardian, town: Structure, now: datetime, t: Texts) -> Table:
    period = f"{t.month(view.first)} – {t.month(view.last)}"
    return Table(
        title=t("Historique des règlements"),
        head=_head(who, town, (period,), now, t),
        columns=(
            t("Date Règl"),
            t("Mode règlement"),
            t("N° Pièce"),
            t("Nom payeur"),
            t("Nom Banque"),
            t("Montant (€)"),
        ),
        rows=tuple(
            (line.day, line.mode, line.number, line.payer, line.bank, line.amount)
            for line in view.lines
        ),
        total=(t("TOTAL (€)"), view.total),
        note=reserve(t),
        file_name=f"reglements-{view.last:%Y-%m}",
    )


def _head(
    who: Guardian, town: Structure, more: tuple[str, ...], now: datetime, t: Texts
) -> tuple[str, ...]:
    made = t("Édité le {at}", at=t.paper_instant(now))
    lines = (town.name, f"{who.first_name} {who.last_name}", *more, made)
    return tuple(line for line in lines if line)
