"""A town's tables sent into the chat: asked for, checked, written (X1, O5)."""

from datetime import datetime
from typing import Final

from conversations.imports.routes import SHORT, AskImport, TakeTemplate, WriteImport
from conversations.imports.words import place, sentence
from conversations.screen import Button, Row, Screen, Style
from conversations.staff.home import home_row
from conversations.tables import Table as File
from conversations.texts import Html, Texts, clipped, escaped
from conversations.words import mark
from domain.imports.by_agent import MOST, Checked
from domain.imports.model import Counts, Outcome, Problem
from domain.imports.model import Table as Name

SHOWN: Final = 8  # problems in the message; all of them are in the file
LONG: Final = 160  # characters
TABLES: Final = {
    Name.STRUCTURES: mark("Structures"),
    Name.HOLIDAYS: mark("Jours fériés et vacances"),
    Name.ACTIVITIES: mark("Activités"),
    Name.OPENINGS: mark("Jours d'ouverture"),
    Name.TARIFFS: mark("Tarifs"),
    Name.FAMILIES: mark("Familles"),
    Name.QUOTIENTS: mark("Quotients"),
    Name.GUARDIANS: mark("Responsables"),
    Name.CHILDREN: mark("Enfants"),
    Name.ENROLMENTS: mark("Inscriptions"),
    Name.CONSUMPTIONS: mark("Consommations"),
    Name.PAYMENTS: mark("Règlements"),
    Name.WALLETS: mark("Porte-monnaie"),
    Name.ANSWERS: mark("Réponses"),
}
STAGES: Final = {
    "reading": mark("Lecture"),
    "checking": mark("Vérification"),
    "writing": mark("Écriture"),
}


def ask(above: Html, t: Texts) -> Screen:
    text = t.html(
        "<b>Importer des données</b>\nEnvoyez ici un classeur XLSX, ou un fichier CSV (nommé "
        "comme son tableau, par exemple families.csv) ou JSON, de {most} Mo au plus. Il est "
        "d'abord vérifié : rien n'est écrit avant votre accord.\n\nLe modèle explique chaque "
        "colonne.",
        most=MOST,
    )
    row = (Button(t("Recevoir le modèle"), TakeTemplate().pack()),)
    return Screen(f"{above}\n\n{text}", (row, home_row(t)))


def template_caption(t: Texts) -> str:
    return escaped(t("Remplissez les feuilles utiles, puis envoyez le classeur ici."))


def working(stage: str, done: int, lines: int, t: Texts) -> Screen:
    """Redrawn while it goes on."""
    said = t(STAGES[stage])
    if lines:
        said = t("{stage} : {done} lignes sur {lines}", stage=said, done=done, lines=lines)
    elif done:
        said = t("{stage} : {done} lignes", stage=said, done=done)
    text = t.html(
        "<b>Import en cours</b>\n{said}…\n\nVous pouvez faire autre chose. Si rien ne bouge "
        "pendant plusieurs minutes, envoyez le fichier à nouveau : rien ne s'écrit deux fois.",
        said=said,
    )
    return Screen(text, (home_row(t),))


def checked(of: Checked, name: str, t: Texts) -> Screen:
    outcome = of.outcome
    head = t.html("<b>{name}</b>", name=clipped(name, 60))
    if outcome.troubles:
        return Screen("\n\n".join((head, _troubles(outcome, t))), (_again(t), home_row(t)))
    total = outcome.total
    if not (total.new or total.changed):
        same = t("Aucun problème, et rien de nouveau : tout est déjà écrit.")
        return Screen(f"{head}\n\n{same}\n\n{_counts(outcome, t)}", (_again(t), home_row(t)))
    well = t("Aucun problème. Rien n'est encore écrit.")
    write = WriteImport(digest=of.checksum[:SHORT]).pack()
    row = (Button(t("Écrire ces données"), write, Style.SUCCESS),)
    return Screen(f"{head}\n\n{_counts(outcome, t)}\n\n{well}", (row, _again(t), home_row(t)))


def written(outcome: Outcome, t: Texts) -> Screen:
    if outcome.troubles:
        return Screen(_troubles(outcome, t), (_again(t), home_row(t)))
    head = t("<b>C'est écrit.</b>")
    return Screen(f"{head}\n\n{_counts(outcome, t)}", (_again(t), home_row(t)))


def written_before(t: Texts) -> Screen:
    text = t("Ces données sont déjà écrites. Rien de plus n'a été fait.")
    return Screen(text, (_again(t), home_row(t)))


def refused(sentence: str, t: Texts) -> Screen:
    """``sentence`` is plain."""
    return Screen(escaped(sentence), (_again(t), home_row(t)))


def broken(error_id: str, t: Texts) -> str:
    return t(
        "Une erreur est survenue (n° {number}). Envoyez le fichier à nouveau : rien ne s'écrit "
        "deux fois. Si cela se répète, donnez ce numéro à qui s'occupe du bot.",
        number=error_id,
    )


def _again(t: Texts) -> Row:
    return (Button(t("Envoyer un autre fichier"), AskImport().pack()),)


def _counts(outcome: Outcome, t: Texts) -> Html:
    return Html("\n".join(_line(table, one, t) for table, one in outcome.counts.items()))


def _line(table: Name, of: Counts, t: Texts) -> Html:
    line = t.html(
        "{table} : <b>{new}</b> en plus, <b>{changed}</b> modifiées, {unchanged} inchangées",
        table=t(TABLES[table]),
        new=of.new,
        changed=of.changed,
        unchanged=of.unchanged,
    )
    if of.overtaken:
        line = Html(f"{line}, {_overtaken(of.overtaken, t)}")
    return line


def _troubles(outcome: Outcome, t: Texts) -> Html:
    head = t.plural(
        "<b>{n} problème : rien n'est écrit.</b>",
        "<b>{n} problèmes : rien n'est écrit.</b>",
        outcome.troubles,
    )
    lines = [_problem(one, t) for one in outcome.problems[:SHOWN]]
    if outcome.troubles > SHOWN:
        lines.append(escaped(t("La liste est dans le fichier joint.")))
    return Html("\n\n".join([head, *lines]))


def _problem(of: Problem, t: Texts) -> Html:
    return t.html(
        "<b>{where}</b>\n{what}",
        where=clipped(place(of, t), LONG),
        what=clipped(sentence(of, t), LONG),
    )


def problems(outcome: Outcome, now: datetime, t: Texts) -> File:
    """All that are told, as a file."""
    return File(
        title=t("Problèmes de l'import"),
        head=(t("Édité le {at}", at=t.paper_instant(now)),),
        columns=(t("Fichier"), t("Ligne"), t("Colonne"), t("Problème")),
        rows=tuple(
            (one.file, str(one.line or ""), one.column, sentence(one, t))
            for one in outcome.problems
        ),
        total=(t("Problèmes"), outcome.troubles),
        note=t("Rien n'est écrit tant qu'il reste un problème."),
        file_name="problemes-import",
    )


def _overtaken(n: int, t: Texts) -> str:
    """Answers to what the family has withdrawn since."""
    return t.plural("{n} dépassée", "{n} dépassées", n)
