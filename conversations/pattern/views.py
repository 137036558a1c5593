"""The weekly pattern: ticked, looked at, and put into the draft by one button (B18)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from conversations.booking.month import left_alone
from conversations.booking.routes import Month, Recap
from conversations.home.routes import HOME, NOTHING
from conversations.hours.routes import HoursMenu
from conversations.pattern.routes import AskUntil, FillPattern, ShowPattern
from conversations.screen import Button, Row, Screen, Style
from conversations.texts import Html, Texts, escaped
from domain.bookings.model import Reason
from domain.bookings.pattern import A_WEEK, Pattern, PatternView, monday_of

FARTHEST: Final = timedelta(days=366)


def new(first: date, today: date) -> Pattern:
    """Nothing ticked: from that month, or from today on, to the end of the month."""
    start = max(first.replace(day=1), today)
    return Pattern(frozenset(), start, _month_end(start), skip_holidays=True)


def screen(view: PatternView, t: Texts) -> Screen:
    of, pattern = _To(view), view.pattern
    return Screen(_text(view, t), (*_choices(of, view, pattern, t), *_actions(view, t)))


class _To:
    def __init__(self, view: PatternView) -> None:
        self._about = view.child.id, view.activity.id

    def __call__(self, pattern: Pattern) -> str:
        return ShowPattern.of(*self._about, pattern)


def _choices(of: _To, view: PatternView, pattern: Pattern, t: Texts) -> tuple[Row, ...]:
    weekdays = tuple(
        Button(
            f"{_box(weekday in pattern.weekdays)}{t.weekday(weekday)}",
            of(replace(pattern, weekdays=pattern.weekdays ^ {weekday})),
            Style.SUCCESS if weekday in pattern.weekdays else None,
        )
        for weekday in sorted(view.activity.weekdays)
    )
    weekly, fortnightly = t("Chaque semaine"), t("Une sur deux")
    often = (
        Button(_box(pattern.every == 1) + weekly, of(replace(pattern, every=1))),
        Button(_box(pattern.every != 1) + fortnightly, of(replace(pattern, every=2))),
    )
    holidays = Button(
        _box(pattern.skip_holidays) + t("Sauf vacances scolaires"),
        of(replace(pattern, skip_holidays=not pattern.skip_holidays)),
    )
    return (weekdays, often, _from(of, view, t), _until(of, view, t), (holidays,))


def _from(of: _To, view: PatternView, t: Texts) -> Row:
    """By weeks; one week in two is counted from here."""
    pattern = view.pattern
    before = max(monday_of(pattern.first) - A_WEEK, view.today)
    after = monday_of(pattern.first) + A_WEEK
    return (
        _turn("‹", of, replace(pattern, first=before), possible=before < pattern.first),
        Button(t("Du {day}", day=_short(pattern.first, t)), NOTHING),
        _turn("›", of, replace(pattern, first=after), possible=after <= pattern.last),
    )


def _until(of: _To, view: PatternView, t: Texts) -> Row:
    """By ends of months, or the day itself, typed."""
    pattern = view.pattern
    before = pattern.last.replace(day=1) - timedelta(days=1)
    after = _month_end(pattern.last + timedelta(days=1))
    return (
        _turn("‹", of, replace(pattern, last=before), possible=before >= pattern.first),
        Button(
            t("Au {day} ✎", day=_short(pattern.last, t)),
            AskUntil.of(view.child.id, view.activity.id, pattern),
        ),
        _turn("›", of, replace(pattern, last=after), possible=after - pattern.first <= FARTHEST),
    )


def _short(day: date, t: Texts) -> str:
    """ "1 déc.": whole on a third of a phone's width."""
    return t.short_day(day).partition(" ")[2]


def _turn(label: str, of: _To, pattern: Pattern, *, possible: bool) -> Button:
    return Button(label, of(pattern)) if possible else Button("·", NOTHING)


def _actions(view: PatternView, t: Texts) -> tuple[Row, ...]:
    child, activity = view.child.id, view.activity.id
    rows: list[Row] = []
    if any(skipped.reason is Reason.HOURS for skipped in view.skipped):
        hours = HoursMenu.data(child, activity, view.pattern.first.replace(day=1))
        rows.append((Button(t("Choisir les horaires"), hours),))
    if view.days and not view.filled:
        add = t.plural("Ajouter {n} jour", "Ajouter {n} jours", len(view.days))
        fill = FillPattern.of(child, activity, view.pattern)
        rows.append((Button(add, fill, Style.PRIMARY),))
    if view.drafted:
        check = t("Vérifier mes demandes ({n})", n=view.drafted)
        rows.append((Button(check, Recap.data(1), Style.PRIMARY if view.filled else None),))
    calendar = Month.data(child, activity, view.pattern.first.replace(day=1))
    return (*rows, (Button(t("‹ Calendrier"), calendar), Button(t("Accueil"), HOME)))


def _box(ticked: bool) -> str:  # noqa: FBT001 - a mark
    return "☑ " if ticked else "☐ "


# -- the last day, typed -------------------------------------------------------------------
def until(view: PatternView, t: Texts) -> Screen:
    """The question; what is typed next is read."""
    asked = t("Jusqu'à quel jour ? Écrivez la date : 19/12, ou 31 mars.")
    latest = t("Au plus tard le {day}.", day=t.long_day(view.pattern.first + FARTHEST))
    back = Button(
        t("‹ Semaine type"), ShowPattern.of(view.child.id, view.activity.id, view.pattern)
    )
    text = f"{_head(view, t)}\n\n<b>{escaped(asked)}</b>\n{escaped(latest)}"
    return Screen(text, ((back, Button(t("Accueil"), HOME)),))


def not_a_day(t: Texts) -> str:
    return t("Cette date n'a pas été comprise. Écrivez par exemple 19/12 ou 31 mars.")


def not_that_day(day: date, view: PatternView, t: Texts) -> str:
    """It ends before it begins, or too far away."""
    first = view.pattern.first
    if day < first:
        return t(
            "Le {day} est avant le début, le {first}.",
            day=t.long_day(day),
            first=t.long_day(first),
        )
    return t("Le {day} est trop loin.", day=t.long_day(day))


# -- text ----------------------------------------------------------------------------------
def _text(view: PatternView, t: Texts) -> str:
    period = t(
        "du {first} au {last}",
        first=t.short_day(view.pattern.first),
        last=t.short_day(view.pattern.last),
    )
    parts = [
        f"{_head(view, t)}, {period}",
        _told(view, t),
        left_alone(view.skipped, t, unchanged=False),
    ]
    return "\n\n".join(part for part in parts if part)


def _head(view: PatternView, t: Texts) -> Html:
    return t.html(
        "<b>{child} · {activity}</b>\nSemaine type",
        child=view.child.first_name,
        activity=view.activity.name,
    )


def _told(view: PatternView, t: Texts) -> str:
    if not view.pattern.weekdays:
        return t("Cochez les jours de la semaine : rien n'est encore demandé.")
    if view.filled:
        return _filled(view, t)
    if not view.days:
        return t("Aucun jour à ajouter.")
    asked = t.plural(
        "<b>{n} jour sera ajouté</b> à vos demandes.",
        "<b>{n} jours seront ajoutés</b> à vos demandes.",
        len(view.days),
    )
    return asked + "\n" + t("Les autres jours ne changent pas.")


def _filled(view: PatternView, t: Texts) -> str:
    if not view.days:
        return t("C'était déjà fait : rien n'a changé.")
    done = t.plural(
        "<b>{n} jour ajouté</b> à vos demandes.",
        "<b>{n} jours ajoutés</b> à vos demandes.",
        len(view.days),
    )
    return Html(done + "\n" + t("Rien n'est encore enregistré : vérifiez, puis validez."))


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
