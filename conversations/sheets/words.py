"""What the screens, the papers and the workbooks of a day sheet say alike (S4)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from conversations.absences.views import REASONS
from conversations.texts import Texts, clipped
from conversations.words import mark
from domain.families.model import Child
from domain.sheets import rules
from domain.sheets.model import ActivitySheet, HeadCount, Missing, Order, Sheet, SheetRow

NAME, ACTIVITY, GROUP = 30, 60, 30  # characters
ORDERS: Final[Mapping[Order, str]] = {
    Order.CLASS: mark("Par classe"),
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


def school_class(name: str, t: Texts) -> str:
    return name or t("Sans classe")


@dataclass(frozen=True, slots=True)
class Part:
    """``heading``: empty where there is one part alone. ``tells_class``: beside each name."""

    heading: str
    count: HeadCount
    rows: tuple[SheetRow, ...]
    tells_class: bool

    def who(self, row: SheetRow) -> str:
        named = row.child.school_class if self.tells_class else None
        return child(row.child) if named is None else f"{child(row.child)} · {named}"


def parts(sheet: Sheet, of: ActivitySheet, rows: Sequence[SheetRow], t: Texts) -> Iterator[Part]:
    """``rows``, some of the activity's, as they are called: in groups where it has such, else in
    classes.
    """
    alone = sheet.school_class is not None
    if of.groups:
        key, named, counts = _group_of, group, dict(of.groups)
    elif sheet.classes and sheet.order is Order.CLASS and not alone:
        key, named, counts = rules.class_of, school_class, dict(rules.by_class([of]))
    else:
        yield Part("", of.total, tuple(rows), tells_class=not alone)
        return
    tells_class = not alone and key is not rules.class_of
    for name, found in groupby(rows, key=key):
        count = counts.get(name, of.total)
        yield Part(named(name, t), count, tuple(found), tells_class)


def _group_of(row: SheetRow) -> str:
    return row.group or ""
