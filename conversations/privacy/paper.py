"""Somebody's data to be read: the same parts as the file, in words and tables (A12)."""

import json
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from conversations import formats
from conversations.notices.sentences import SUBJECTS
from conversations.printed import Printed
from conversations.privacy.words import CODED, CODES, FIELDS, PARTS, VALUES
from conversations.texts import Texts
from domain.notices.model import Kind
from domain.privacy.model import PersonalData, Section

FOR_MACHINES: Final = frozenset(
    {"age_group", "attempts", "due_at", "facts", "fingerprint", "ticket", "void", "why"}
)
"""Columns that the file alone holds: a sheet is as wide as it is."""
AMOUNTS: Final = frozenset({"price", "balance"})


def paper(data: PersonalData, who: str, t: Texts) -> Printed:
    """``who``: whom the paper is about, by name."""
    return Printed(
        template="mydata",
        title=t("Vos données personnelles"),
        locale=t.locale,
        facts={
            "who": who,
            "made_at": t("Établi le {instant}", instant=_instant(data.at, t)),
            "intro": t(
                "Ce document reprend tout ce que le portail famille sait de vous et de votre "
                "famille. Le fichier mes-donnees.json qui l'accompagne contient les mêmes "
                "rubriques avec toutes leurs colonnes.\n\n"
                "N'y figurent pas : votre mot de passe, qui n'est enregistré que sous une forme "
                "illisible ; les coordonnées des autres responsables ; ce qui relève de l'autre "
                "foyer d'un enfant."
            ),
            "empty": t("Rien n'est enregistré."),
            "sections": [_section(section, t) for section in data.sections],
        },
        file_name="mes-donnees.pdf",
    )


def _section(section: Section, t: Texts) -> dict[str, Any]:
    shown = [field for field in section.fields if field not in FOR_MACHINES]
    return {
        "title": t(PARTS[section.part]),
        "fields": [t(FIELDS[field]) for field in shown],
        "rows": [[_said(field, row[field], t) for field in shown] for row in section.rows],
    }


def _said(field: str, value: object, t: Texts) -> str:
    match value:
        case None | "":
            return "—"
        case str() if field in CODED and value in CODES:
            return t(CODES[value])
        case bool():
            return t("oui") if value else t("non")
        case Kind():
            return t(SUBJECTS[value])
        case StrEnum():
            words = VALUES.get(type(value), {})
            return t(words[value]) if value in words else value.value
        case Decimal():
            return t.money(value) if field in AMOUNTS else str(value)
        case datetime() | date() | time():
            return _when(value, t)
        case _:
            return _other(value)


def _when(value: date | time, t: Texts) -> str:
    match value:
        case datetime():
            return _instant(value, t)
        case date():
            return formats.dated(value, "d MMM y", t.locale)
        case _:
            return t.clock(value)


def _instant(at: datetime, t: Texts) -> str:
    local = at.astimezone(t.zone)
    return f"{formats.dated(local.date(), 'd MMM y', t.locale)} {t.clock(local.time())}"


def _other(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(str, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)
