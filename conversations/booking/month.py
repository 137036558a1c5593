"""The month calendar of one child and one activity (B3)."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from conversations import words
from conversations.booking import marks
from conversations.booking.routes import (
    Activities,
    Details,
    Legend,
    MarkDay,
    MarkGroup,
    Month,
    Recap,
)
from conversations.copying.routes import CopySources
from conversations.home.routes import HOME, NOTHING
from conversations.hours.routes import HoursMenu
from conversations.pattern.routes import NewPattern
from conversations.screen import Button, Row, Screen, Style
from conversations.texts import Texts
from conversations.widgets import month_grid
from domain.bookings.model import DayState, DayView
from domain.bookings.rules import group_wants
from domain.bookings.views import MonthView, Skipped

CLOSED_DAY = Button(marks.NOT_OPEN, NOTHING)
FREE = frozenset({DayState.AVAILABLE, DayState.WAITLIST_ONLY})
TOUCHABLE = FREE | {DayState.BOOKED, DayState.WAITING, DayState.WAITING_LOCKED}
NAMED = 6  # days of one reason told by name; the others are counted


def screen(view: MonthView, t: Texts) -> Screen:
    days = {day.day: day for day in view.days}
    groups = _grouped(view)
    child, activity = view.child.id, view.activity.id

    def day(on: date) -> Button:
        found = days.get(on)
        if found is None:
            return CLOSED_DAY
        data = MarkDay.data(child, activity, on, wanted=marks.asks(found))
        return Button(marks.label(found), data, marks.style(found))

    def group(label: str, of: month_grid.Group) -> Button:
        wanted = group_wants(groups[of.number])
        if wanted is None:
            return Button(label, NOTHING)
        data = MarkGroup.data(child, activity, of.first, of.last, of.weekday, wanted=wanted)
        return Button(label + (marks.TO_BOOK if wanted else marks.TO_CANCEL), data)

    def month(label: str, first: date) -> Button:
        return Button(label, Month.data(child, activity, first))

    cells = month_grid.Cells(month, day, group)
    weekdays = tuple(t.weekday(number) for number in range(7))
    grid = month_grid.rows(view.first, t.short_month(view.first), weekdays, cells)
    return Screen(_text(view, t), (*grid, *_controls(view, t)))


def _grouped(view: MonthView) -> Sequence[Sequence[DayView]]:
    """The open days of each arrow, by the arrow's number, in one pass."""
    groups: list[list[DayView]] = [[] for _ in range(month_grid.GROUPS)]
    before = view.first.weekday() - 1
    for day in view.days:
        groups[day.day.weekday()].append(day)
        groups[month_grid.WEEKS_FROM + (day.day.day + before) // 7].append(day)
    groups[month_grid.WHOLE_MONTH].extend(view.days)
    return groups


def _controls(view: MonthView, t: Texts) -> tuple[Row, ...]:
    child, activity, first = view.child.id, view.activity.id, view.first
    reading = (
        Button(t("Actualiser"), Month.data(child, activity, first)),
        Button(t("Détails"), Details.data(child, activity, first)),
        Button(t("Légende"), Legend.data(child, activity, first)),
    )
    leaving = (
        Button(t("‹ Activités"), Activities.data(child)),
        Button(t("Accueil"), HOME),
    )
    if not view.drafted:
        return (*_onwards(view, t), *_ways(view, t), reading, leaving)
    check = t("Vérifier mes demandes ({n})", n=view.drafted)
    return (*_ways(view, t), reading, (Button(check, Recap.data(1), Style.PRIMARY),), leaving)


def _onwards(view: MonthView, t: Texts) -> tuple[Row, ...]:
    """Where a month is over: the next one, in a tap that nobody has to look for."""
    if _is_open(view):
        return ()
    after = month_grid.last_of(view.first) + timedelta(days=1)
    data = Month.data(view.child.id, view.activity.id, after)
    return ((Button(f"{t.month(after)} ›", data, Style.PRIMARY),),)


def _is_open(view: MonthView) -> bool:
    """Something is left to touch, or its bookings are shut for this month and the next alike."""
    return any(day.state in TOUCHABLE or day.shut is not None for day in view.days)


def _ways(view: MonthView, t: Texts) -> tuple[Row, ...]:
    """To ask for more than a day at once (B18, B5), at hours that the parent chooses (B6)."""
    what = view.child.id, view.activity.id, view.first
    many = [Button(t("Semaine type"), NewPattern.data(*what))]
    if view.drafted > sum(day.wish is not None for day in view.days):  # of elsewhere
        many.append(Button(t("Copier ici…"), CopySources.data(*what)))
    ways: tuple[Row, ...] = (tuple(many),)
    if view.activity.hours is None:
        return ways
    data = HoursMenu.data(*what)
    if view.hours is None:
        return ((Button(t("Choisir les horaires"), data, Style.PRIMARY),), *ways)
    return ((Button(t("Horaires : {hours}", hours=t.hours(*view.hours)), data),), *ways)


# -- text ----------------------------------------------------------------------------------
def _text(view: MonthView, t: Texts) -> str:
    hours = t.hours(view.activity.arrival, view.activity.departure)
    parts = [
        t.html(
            "<b>{child} · {activity}</b>\n{month}, {hours}",
            child=view.child.first_name,
            activity=view.activity.name,
            month=t.month(view.first),
            hours=hours,
        ),
        "\n".join(_limits(view, t)),
        _elsewhere(view, t),
        left_alone(view.skipped, t, unchanged=view.unchanged),
        _drafted(view, t),
    ]
    return "\n\n".join(part for part in parts if part)


def _limits(view: MonthView, t: Texts) -> list[str]:
    """The next limits that matter, exact (B9); a passed one is told when its day is tapped."""
    if not view.days:
        return [t("Aucun jour ouvert ce mois-ci.")]
    bookable = _first_limit(view, lambda d: d.state in FREE, lambda d: d.book_limit)
    changeable = _first_limit(view, lambda d: d.state is DayState.BOOKED, lambda d: d.cancel_limit)
    lines = list(_shut(view, t))
    if bookable is not None:
        day, limit = bookable
        lines.append(
            t("{day} : réservable jusqu'au {limit}", day=t.short_day(day), limit=t.instant(limit))
        )
    if changeable is not None:
        day, limit = changeable
        lines.append(
            t("{day} : modifiable jusqu'au {limit}", day=t.short_day(day), limit=t.instant(limit))
        )
    return lines or [t("Plus aucun jour à réserver ni à modifier ce mois-ci.")]


def _shut(view: MonthView, t: Texts) -> Iterator[str]:
    """From when, or since when, it takes no requests (B1)."""
    shut = next((day.shut for day in view.days if day.shut is not None), None)
    if shut is None:
        return
    if shut == view.activity.period.closes_at:
        yield t("Réservations closes depuis le {limit}.", limit=t.instant(shut))
    else:
        yield t("Réservations ouvertes à partir du {limit}.", limit=t.instant(shut))


def _elsewhere(view: MonthView, t: Texts) -> str:
    """No more than that: each family sees its own bookings (A11)."""
    if not any(day.elsewhere for day in view.days):
        return ""
    return t("{mark} : déjà demandé par l'autre foyer de l'enfant", mark=marks.ELSEWHERE)


def _first_limit(
    view: MonthView,
    chosen: Callable[[DayView], bool],
    limit_of: Callable[[DayView], datetime | None],
) -> tuple[date, datetime] | None:
    for day in view.days:
        limit = limit_of(day)
        if chosen(day) and limit is not None:
            return day.day, limit
    return None


def left_alone(skipped: Sequence[Skipped], t: Texts, *, unchanged: bool) -> str:
    """What the tap that led here did not do, and why."""
    if not skipped:
        return t("C'était déjà fait : rien n'a changé.") if unchanged else ""
    told = t.plural("{n} jour laissé tel quel :", "{n} jours laissés tels quels :", len(skipped))
    by_reason = groupby(sorted(skipped, key=lambda s: s.reason), key=lambda s: s.reason)
    return "\n".join([told, *(_reason(list(days), t) for _, days in by_reason)])


def _reason(days: list[Skipped], t: Texts) -> str:
    names = ", ".join(t.short_day(skipped.day) for skipped in days[:NAMED])
    if len(days) > NAMED:
        names += "…"
    limit = days[0].limit if len(days) == 1 else None
    return t("• {days} : {reason}", days=names, reason=words.reason(days[0].reason, t, limit))


def _drafted(view: MonthView, t: Texts) -> str:
    if not view.drafted:
        if not any(day.state in TOUCHABLE for day in view.days):
            return ""
        if not any(day.state in FREE for day in view.days):
            return t("Touchez un jour pour l'annuler. Un second écran vous demandera de valider.")
        return t("Touchez un jour pour le demander. Un second écran vous demandera de valider.")
    return t.plural(
        "<b>{n} demande à vérifier.</b> Rien n'est encore enregistré.",
        "<b>{n} demandes à vérifier.</b> Rien n'est encore enregistré.",
        view.drafted,
    )
