"""A week of all children, and the one before it drafted again by one button."""

from datetime import date, timedelta
from itertools import groupby

from conversations import words
from conversations.booking.routes import Children, Recap
from conversations.home.routes import HOME, NOTHING
from conversations.overview import marks
from conversations.overview.routes import DaySheet, Overview, RepeatWeek, Week
from conversations.screen import Button, Row, Screen, Style
from conversations.texts import Html, Texts, clipped
from domain.bookings.outline import DayOverview
from domain.bookings.pattern import A_WEEK
from domain.bookings.week import ChildWeek, SkippedOf, WeekView

NAME = 28  # characters of a first name
NAMED = 40  # days told by name


def screen(view: WeekView, header: Html, t: Texts) -> Screen:
    monday = view.monday
    days = sorted({day.day for child in view.children for day in child.days})
    turn = (
        Button("‹", Week.data(monday - A_WEEK)),
        Button(t.short_day(monday), Week.data(monday)),
        Button("›", Week.data(monday + A_WEEK)),
    )
    rows: list[Row] = [turn]
    if days:
        rows.append(tuple(Button(t.weekday(day.weekday()), NOTHING) for day in days))
    for child in view.children:
        rows += _child(child, days, monday)
    again = Button(t("Comme la semaine dernière"), RepeatWeek(day=monday).pack())
    rows.append((again,))
    if view.drafted:
        check = t("Vérifier mes demandes ({n})", n=view.drafted)
        rows.append((Button(check, Recap.data(1), Style.PRIMARY),))
    leaving = (Button(t("‹ Enfants"), Children().pack()), Button(t("Accueil"), HOME))
    return Screen(_text(view, header, t), (*rows, leaving))


def _child(of: ChildWeek, days: list[date], monday: date) -> list[Row]:
    """The name, which opens the month; then a button for each day on which something is open."""
    name = Button(
        clipped(of.child.first_name, NAME), Overview.data(of.child.id, monday.replace(day=1))
    )
    found = {day.day: day for day in of.days}
    return [(name,), tuple(_cell(of, on, found.get(on)) for on in days)] if days else [(name,)]


def _cell(of: ChildWeek, on: date, day: DayOverview | None) -> Button:
    """As in a month, under its weekday: a narrow phone shows the mark whole."""
    if day is None:
        return Button("·", NOTHING)
    return Button(marks.label(day), DaySheet.data(of.child.id, on), marks.style(day))


def _text(view: WeekView, header: Html, t: Texts) -> str:
    sunday = view.monday + A_WEEK - timedelta(days=1)
    head = t(
        "<b>Tous les enfants</b>\nDu {first} au {last}",
        first=t.short_day(view.monday),
        last=t.short_day(sunday),
    )
    parts = [header, head, _added(view, t), _left(view, t), _hint(view, t)]
    return "\n\n".join(part for part in parts if part)


def _added(view: WeekView, t: Texts) -> str:
    if view.added is None:
        return ""
    if not view.added:
        return t(
            "Rien à ajouter : tout ce qui était réservé la semaine dernière l'est déjà, ou ne "
            "peut pas l'être."
        )
    return t.plural(
        "<b>{n} jour ajouté</b> à vos demandes, comme la semaine dernière.",
        "<b>{n} jours ajoutés</b> à vos demandes, comme la semaine dernière.",
        view.added,
    )


def _left(view: WeekView, t: Texts) -> str:
    if not view.skipped:
        return ""

    def key(one: SkippedOf) -> tuple[str, str]:
        return one.child.first_name, one.skipped.reason

    told = []
    for (name, reason), group in groupby(sorted(view.skipped, key=key), key=key):
        days = ", ".join(t.short_day(one.skipped.day) for one in list(group)[:NAMED])
        why = next(one.skipped.reason for one in view.skipped if one.skipped.reason == reason)
        told.append(
            t.html(
                "• {child}, {days} : {reason}",
                child=clipped(name, NAME),
                days=days,
                reason=words.reason(why, t),
            )
        )
    return "\n".join([t("Non repris :"), *told])


def _hint(view: WeekView, t: Texts) -> str:
    if view.drafted:
        return t("Rien n'est encore enregistré : vérifiez, puis validez.")
    return t("Touchez un jour pour voir ses activités.")
