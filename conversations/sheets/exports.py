"""A day sheet as a paper for the roll-call, and as a workbook (S4)."""

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
        title=_title(sheet, t),
        locale=t.locale,
        facts={
            "head": [town.name, t("Édité le {at}", at=t.paper_instant(sheet.read_at))],
            "columns": [t("Nom et prénom"), t("Arrivée"), t("Départ"), t("Remarque")],
            "activities": [_activity(sheet, one, t) for one in sheet.activities if one.rows],
            "note": _note(t),
        },
        file_name=f"{_file_name(sheet)}.pdf",
    )


def _note(t: Texts) -> str:
    return t("Document nominatif : à ne laisser à personne d'autre, et à détruire après usage.")


def _title(sheet: Sheet, t: Texts) -> str:
    title = t("Feuille du {day}", day=t.paper_day(sheet.day))
    of = sheet.school_class
    return title if of is None else f"{title} · {words.school_class(of, t)}"


def _activity(sheet: Sheet, of: ActivitySheet, t: Texts) -> dict[str, Any]:
    return {
        "name": of.activity.name,
        "counts": words.counted(of.total, t),
        "groups": [
            {
                "name": part.heading and f"{part.heading} · {words.counted(part.count, t)}",
                "rows": [_row(part, row, t) for row in part.rows],
            }
            for part in words.parts(sheet, of, of.rows, t)
        ],
    }


def _row(part: words.Part, row: SheetRow, t: Texts) -> dict[str, Any]:
    named = row.child.school_class if part.tells_class else None
    who = f"{row.child.last_name} {row.child.first_name}"
    return {
        "absent": row.missing is not None,
        "cells": [
            who if named is None else f"{who} · {named}",
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
        title=_title(sheet, t),
        head=tuple(head),
        columns=(
            t("Activité"),
            t("Groupe"),
            t("Classe"),
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
                row.child.school_class,
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
    of = "" if sheet.school_class is None else "-classe"  # a name may hold what no file may
    return f"feuille-{sheet.day.isoformat()}{number}{of}"
