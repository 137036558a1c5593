"""What can be copied, and what became of it (B5)."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Final

from conversations import words
from conversations.booking.routes import Month, Recap
from conversations.copying.routes import CopyDays
from conversations.home.routes import HOME
from conversations.screen import Button, Row, Screen, Style
from conversations.texts import Texts, clipped
from domain.bookings.copying import CopyView, Source, SourcesView
from domain.bookings.views import Skipped

NAMED: Final = 160  # days told by name: a school year of canteen, and what a message holds
LABEL: Final = 40  # characters of an activity on a button
MOST: Final = 24  # ways to copy shown at once; a draft rarely has more than a few


def sources(view: SourcesView, t: Texts) -> Screen:
    head = t.html(
        "<b>Copier vers {child} · {activity}</b>",
        child=view.child.first_name,
        activity=view.activity.name,
    )
    if view.sources:
        text = t("Quelles nouvelles demandes voulez-vous recopier ?")
    else:
        text = t(
            "Rien à recopier : demandez d'abord des jours pour un autre enfant ou une autre "
            "activité, puis revenez ici."
        )
    ways = [way for source in view.sources for way in _ways(view, source, t)][:MOST]
    return Screen(f"{head}\n\n{text}", (*((way,) for way in ways), _leave(view, view.first, t)))


def _ways(view: SourcesView, source: Source, t: Texts) -> Iterator[Button]:
    """All its days; and month by month, when they lie in several."""
    name = f"{source.child.first_name} · {clipped(source.activity.name, LABEL)}"
    to = view.child.id, view.activity.id
    months = {month: len(list(of)) for month, of in groupby(source.days, _month)}
    whole = t(
        "Tout ({n}) · {name}", n=len(source.days), name=name
    )  # a long name is cut at its end
    yield Button(whole, CopyDays.of(*to, source))
    if len(months) > 1:
        for month, count in months.items():
            label = f"{t.short_month(month)} ({count}) · {name}"
            yield Button(label, CopyDays.of(*to, source, month))


def _month(day: date) -> date:
    return day.replace(day=1)


def done(view: CopyView, t: Texts) -> Screen:
    head = t.html(
        "<b>Copie vers {child} · {activity}</b>\nDe : {source_child} · {source_activity}",
        child=view.child.first_name,
        activity=view.activity.name,
        source_child=view.source.child.first_name,
        source_activity=view.source.activity.name,
    )
    copied = t("Aucun jour n'a été recopié.")
    if view.copied:
        copied = t.plural(
            "<b>{n} jour ajouté</b> à vos demandes. Rien n'est encore enregistré.",
            "<b>{n} jours ajoutés</b> à vos demandes. Rien n'est encore enregistré.",
            len(view.copied),
        )
    text = "\n\n".join(part for part in (head, copied, _left_out(view, t)) if part)
    rows: list[Row] = []
    if view.drafted:
        check = t("Vérifier mes demandes ({n})", n=view.drafted)
        rows.append((Button(check, Recap.data(1), Style.PRIMARY),))
    return Screen(text, (*rows, _leave(view, view.source.days[0].replace(day=1), t)))


def _left_out(view: CopyView, t: Texts) -> str:
    if not view.skipped:
        return ""
    ordered = sorted(view.skipped, key=lambda s: (s.reason, s.day))
    groups = [list(days) for _, days in groupby(ordered, key=lambda s: s.reason)]
    told = [_reason(days, NAMED // len(groups), t) for days in groups]
    return "\n".join([t("<b>Liste des réservations non importées</b>"), *told])


def _reason(days: list[Skipped], named: int, t: Texts) -> str:
    names = ", ".join(t.short_day(skipped.day) for skipped in days[:named])
    if len(days) > named:
        names += " " + t("et {n} autres", n=len(days) - named)
    limit = days[0].limit if len(days) == 1 else None
    return t("• {days} : {reason}", days=names, reason=words.reason(days[0].reason, t, limit))


def _leave(view: SourcesView | CopyView, first: date, t: Texts) -> Row:
    calendar = Month.data(view.child.id, view.activity.id, first)
    return (Button(t("‹ Calendrier"), calendar), Button(t("Accueil"), HOME))
