"""The audit log as a screen, a table and a file (S1)."""

from datetime import datetime
from typing import Final

from conversations import reasons
from conversations.journal import words
from conversations.journal.routes import Journal, JournalAgents, TakeJournal
from conversations.screen import Button, Row, Screen
from conversations.screen import Table as Shown
from conversations.staff.home import home_row
from conversations.staff.tables import in_tables
from conversations.tables import Cell, Format, Table
from conversations.texts import Html, Texts, clipped, escaped
from conversations.widgets.paging import turner
from domain.activities.catalogue import Catalogue
from domain.activities.model import Structure
from domain.journal.model import LogAsked, LogLine, LogPage

NAME: Final = 30  # characters
TOLD: Final = 70
PERIODS: Final = (1, 7, 30, 0)  # days
AGENTS: Final = 40


def screen(view: LogPage, catalogue: Catalogue, t: Texts, *, tables: bool) -> Screen:
    head = t.html(
        "<b>Journal des agents</b>\n{period} · {who} · {count}",
        period=_period(view.asked.days, t),
        who=clipped(_agent(view, t), NAME),
        count=t.plural("{n} acte", "{n} actes", view.count),
    )
    lines = "\n\n".join(_line(one, catalogue, t) for one in view.lines) or t("Rien à montrer.")
    rows = _rows(view, t)
    simple = Screen(f"{head}\n\n{lines}", rows)
    if not tables or not view.lines:
        return simple
    columns = (t("Quand"), t("Qui, quoi"), t("Avant → après"))
    table = Shown(columns, tuple(_cells(one, catalogue, t) for one in view.lines))
    return in_tables(simple, (head, table), rows, Journal.of(view.asked, view.page), t)


def _line(one: LogLine, catalogue: Catalogue, t: Texts) -> Html:
    parts = [
        t.html("{at} · {who}", at=t.instant(one.at), who=clipped(one.who, NAME)),
        t.html("<b>{what}</b>", what=words.act(one, t)),
    ]
    if said := words.about(one, catalogue, t):
        parts.append(escaped(clipped(said, TOLD)))
    if change := _change(one, t):
        parts.append(escaped(change))
    if one.reason:
        parts.append(
            t.html("Motif : {reason}", reason=clipped(reasons.told(one.reason, t), TOLD * 2))
        )
    return Html("\n".join(parts))


def _change(one: LogLine, t: Texts) -> str:
    if not one.before and not one.after:
        return ""
    before, after = words.value(one.before, t), words.value(one.after, t)
    return f"{clipped(before or '–', NAME)} → {clipped(after or '–', NAME)}"


def _cells(one: LogLine, catalogue: Catalogue, t: Texts) -> tuple[str, ...]:
    said = (
        one.who,
        words.act(one, t),
        words.about(one, catalogue, t),
        reasons.told(one.reason or "", t),
    )
    what = " · ".join(clipped(part, TOLD) for part in said if part)
    return (escaped(t.instant(one.at)), escaped(what), escaped(_change(one, t)))


def _rows(view: LogPage, t: Texts) -> tuple[Row, ...]:
    asked = view.asked
    periods = tuple(
        Button(_period(days, t), Journal.of(LogAsked(asked.agent, days)))
        for days in PERIODS
        if days != asked.days
    )
    taken = tuple(
        Button(label, TakeJournal(days=asked.days, format=of, agent=asked.agent).pack())
        for of, label in ((Format.XLSX, "XLSX"), (Format.CSV, "CSV"))
    )
    return (
        *turner(view.page, view.pages, lambda page: Journal.of(asked, page), t),
        periods,
        (Button(t("Un agent"), JournalAgents(days=asked.days).pack()), *taken),
        home_row(t),
    )


def agents(view: LogPage, t: Texts) -> Screen:
    days = view.asked.days
    rows = tuple(
        (Button(clipped(name, NAME), Journal.of(LogAsked(agent, days))),)
        for agent, name in view.agents[:AGENTS]
    )
    everybody = (Button(t("Tous les agents"), Journal.of(LogAsked(None, days))),)
    return Screen(t("Les actes de qui ?"), (everybody, *rows, home_row(t)))


def _period(days: int, t: Texts) -> str:
    if not days:
        return t("tout")
    return t.plural("{n} jour", "{n} jours", days)


def _agent(view: LogPage, t: Texts) -> str:
    names = dict(view.agents)
    agent = view.asked.agent
    return t("tous les agents") if agent is None else names.get(agent, str(agent))


def file(view: LogPage, catalogue: Catalogue, town: Structure, now: datetime, t: Texts) -> Table:
    period, who = _period(view.asked.days, t), _agent(view, t)
    return Table(
        title=t("Journal des agents"),
        head=(town.name, f"{period} · {who}", t("Édité le {at}", at=t.paper_instant(now))),
        columns=(
            t("Jour"),
            t("Heure"),
            t("Agent"),
            t("Structure"),
            t("Acte"),
            t("À propos de"),
            t("Avant"),
            t("Après"),
            t("Motif"),
        ),
        rows=tuple(_row(one, catalogue, t) for one in view.lines),
        total=(t("Actes"), len(view.lines)),
        note=t("Les nombres désignent des familles, des parents et des réservations."),
        file_name=f"journal-{now.astimezone(t.zone):%Y-%m-%d}",
    )


def _row(one: LogLine, catalogue: Catalogue, t: Texts) -> tuple[Cell, ...]:
    local = one.at.astimezone(t.zone)
    return (
        local.date(),
        local.time().replace(microsecond=0),
        one.who,
        catalogue.structures[one.structure_id].name,
        words.act(one, t),
        words.about(one, catalogue, t),
        words.value(one.before, t),
        words.value(one.after, t),
        reasons.told(one.reason or "", t),
    )
