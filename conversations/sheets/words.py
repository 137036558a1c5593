"""What the screens, the papers and the workbooks of a day sheet say alike (S4)."""

from collections.abc import Mapping
from typing import Final

from conversations.absences.views import REASONS
from conversations.texts import Texts, clipped
from conversations.words import mark
from domain.families.model import Child
from domain.sheets.model import HeadCount, Missing, Order

NAME, ACTIVITY, GROUP = 30, 60, 30  # characters
ORDERS: Final[Mapping[Order, str]] = {
    Order.NAME: mark("Par nom"),
    Order.ARRIVAL: mark("Par arrivée"),
    Order.DEPARTURE: mark("Par départ"),
}


def child(of: Child) -> str:
    return f"{clipped(of.last_name, NAME)} {clipped(of.first_name, NAME)}"


def counted(of: HeadCount, t: Texts) -> str:
    """ "22 présents (24 attendus, 2 absents)"."""
    present = t.plural("{n} présent", "{n} présents", of.present)
    if not of.absent:
        return present
    absent = t.plural("{n} absent", "{n} absents", of.absent)
    expected = t.plural("{n} attendu", "{n} attendus", of.expected)
    return t("{present} ({expected}, {absent})", present=present, expected=expected, absent=absent)


def missing(of: Missing, t: Texts) -> str:
    """ "absent : malade, signalé le lun. 23 nov. à 07:42, avec justificatif". No word of what was
    written with it.
    """
    parts = [t("signalé le {at}", at=t.instant(of.since))]
    if of.reason is not None:
        parts.insert(0, t(REASONS[of.reason]).lower())
    if of.has_certificate:
        parts.append(t("avec justificatif"))
    return t("absent : {why}", why=", ".join(parts))


def group(name: str, t: Texts) -> str:
    return clipped(name, GROUP) or t("Sans groupe")
