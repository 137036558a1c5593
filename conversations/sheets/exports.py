"""A day sheet as a paper for the roll-call, and as a workbook (S4)."""

from itertools import groupby
from typing import Any

from conversations.absences.views import REASONS
from conversations.printed import Printed
from conversations.sheets import words
from conversations.tables import Table
from conversations.texts import Texts
from domain.activities.model import Structure
from domain.sheets.model import ActivitySheet, Sheet, SheetRow


def paper(sheet: Sheet, town: Structure, t: Texts) -> Printed:
    """One activity a page, so that each team takes its own."""
    return Printed(
        template="sheet",
        title=t("Feuille du {day}", day=t.paper_day(sheet.day)),
        locale=t.locale,
        facts={
            "head": [town.name, t("Édité le {at}", at=t.paper_instant(sheet.read_at))],
            "columns": [t("Nom et prénom"), t("Arrivée"), t("Départ"), t("Remarque")],
            "activities": [_activity(one, t) for one in sheet.activities if one.rows],
            "note": _note(t),
        },
        file_name=f"{_file_name(sheet)}.pdf",
    )


def _note(t: Texts) -> str:
    return t("Document nominatif : à ne laisser à personne d'autre, et à détruire après usage.")


def _activity(of: ActivitySheet, t: Texts) -> dict[str, Any]:
    count = words.counted(of.total, t)
    groups = dict(of.groups)
    return {
        "name": of.activity.name,
        "counts": count,
        "groups": [
            {
                "name": f"{words.group(name, t)} · {words.counted(groups[name], t)}"
                if groups
                else "",
                "rows": [_row(row, t) for row in found],
            }
            for name, found in groupby(of.rows, key=lambda row: row.group or "")
        ],
    }


def _row(row: SheetRow, t: Texts) -> dict[str, Any]:
    return {
        "absent": row.missing is not None,
        "cells": [
            f"{row.child.last_name} {row.child.first_name}",
            t.clock(row.arrival),
            t.clock(row.departure),
            "" if row.missing is None else words.missing(row.missing, t),
        ],
    }


def workbook(sheet: Sheet, town: Structure, t: Texts) -> Table:
    head = [
        town.name,
        t.paper_day(sheet.day),
        t("Édité le {at}", at=t.paper_instant(sheet.read_at)),
    ]
    present = sum(one.total.present for one in sheet.activities)
    return Table(
        title=t("Feuille du {day}", day=t.paper_day(sheet.day)),
        head=tuple(head),
        columns=(
            t("Activité"),
            t("Groupe"),
            t("Nom"),
            t("Prénom"),
            t("Arrivée"),
            t("Départ"),
            t("Présence"),
            t("Motif"),
            t("Signalé le"),
            t("Justificatif"),
        ),
        rows=tuple(
            (
                one.activity.name,
                row.group,
                row.child.last_name,
                row.child.first_name,
                row.arrival,
                row.departure,
                *_presence(row, t),
            )
            for one in sheet.activities
            for row in one.rows
        ),
        total=(t("TOTAL présents"), present),
        note=_note(t),
        file_name=_file_name(sheet),
    )


def _presence(row: SheetRow, t: Texts) -> tuple[str, str, str, str]:
    if row.missing is None:
        return t("attendu"), "", "", ""
    why = "" if row.missing.reason is None else t(REASONS[row.missing.reason])
    given = t("oui") if row.missing.has_certificate else t("non")
    return t("absent"), why, t.instant(row.missing.since), given


def _file_name(sheet: Sheet) -> str:
    number = "" if sheet.chosen is None else f"-{sheet.chosen.id}"
    return f"feuille-{sheet.day.isoformat()}{number}"
