"""Choosing hours: for all days or for one; by hour, then minutes, or typed (B6)."""

from collections.abc import Callable, Sequence
from datetime import date, time
from typing import Final

from conversations.booking.routes import Month
from conversations.home.routes import HOME
from conversations.hours.routes import HoursMenu, PickArrival, PickDeparture, SetHours
from conversations.screen import Button, Row, Screen, Style
from conversations.texts import Html, Texts
from domain.bookings.hours import HoursView
from domain.bookings.model import DayState, DayView
from domain.bookings.views import MonthView

AT_ONCE: Final = 24  # hours shown at once; with more, the hour is asked before the minutes
A_ROW: Final = 4
NAMED: Final = 8  # hours told one by one; more are told as a window
CHANGEABLE: Final = frozenset({DayState.BOOKED, DayState.WAITING})


def menu(view: MonthView, t: Texts) -> Screen:
    """The hours of all days, and of each day asked for in that month."""
    child, activity, first = view.child.id, view.activity.id, view.first
    chosen = t("à choisir") if view.hours is None else t.hours(*view.hours)
    head = t.html(
        "<b>{child} · {activity}</b>\nHoraires pour tous les jours : {hours}",
        child=view.child.first_name,
        activity=view.activity.name,
        hours=chosen,
    )
    every = PickArrival(child=child, activity=activity, day=first, every=True).pack()
    mine = [day for day in view.days if _has_own(day)]
    days = [
        Button(
            # Two a row on a phone: the month is told above.
            f"{day.day.day} · {_hours_of(day, t)}",
            PickArrival(child=child, activity=activity, day=day.day, every=False).pack(),
        )
        for day in mine
    ]
    hint = t("Un jour a d'autres horaires ? Touchez-le.")
    text = f"{head}\n\n{t.month(first)}\n{hint}" if mine else head
    rows = ((Button(t("Tous les jours"), every, Style.PRIMARY),), *_rows(days, 2))
    return Screen(text, (*rows, _leave(view.child.id, view.activity.id, first, t)))


def _has_own(day: DayView) -> bool:
    return day.hours is not None and (day.wish is not None or day.state in CHANGEABLE)


def _hours_of(day: DayView, t: Texts) -> str:
    return "" if day.hours is None else t.hours(*day.hours)


# -- picking -------------------------------------------------------------------------------
def arrival(view: HoursView, day: date, hour: int | None, t: Texts) -> Screen:
    """``day``: the one chosen for, or of the month to go back to."""
    of = _About(view, day)

    def to_hour(number: int) -> str:
        return PickArrival(**of.said, hour=number).pack()

    def to_time(at: time) -> str:
        return of.after(at)

    question = t.html("À quelle heure arrive <b>{child}</b> ?", child=view.child.first_name)
    return _picker(of, question, view.arrivals, hour, to_hour, to_time, t)


def departure(view: HoursView, day: date, come: time, hour: int | None, t: Texts) -> Screen:
    of = _About(view, day)

    def to_hour(number: int) -> str:
        return PickDeparture(**of.said, arrival=come, hour=number).pack()

    def to_time(at: time) -> str:
        return SetHours(**of.said, arrival=come, departure=at).pack()

    question = t.html(
        "Arrivée à {arrival}. À quelle heure repart <b>{child}</b> ?",
        arrival=t.clock(come),
        child=view.child.first_name,
    )
    return _picker(of, question, view.departures(come), hour, to_hour, to_time, t)


class _About:
    def __init__(self, view: HoursView, day: date) -> None:
        self.view, self.day = view, day
        self.said = {
            "child": view.child.id,
            "activity": view.activity.id,
            "day": day,
            "every": view.day is None,
        }

    def after(self, come: time) -> str:
        """Where an arrival leads: done, when there is but one departure."""
        leaves = self.view.departures(come)
        if len(leaves) == 1:
            return SetHours(**self.said, arrival=come, departure=leaves[0]).pack()
        return PickDeparture(**self.said, arrival=come).pack()


def _picker(
    of: _About,
    question: Html,
    options: Sequence[time],
    hour: int | None,
    to_hour: Callable[[int], str],
    to_time: Callable[[time], str],
    t: Texts,
) -> Screen:
    view = of.view
    on = t("Tous les jours") if view.day is None else t.day(view.day)
    head = t.html(
        "<b>{child} · {activity}</b>\n{day}",
        child=view.child.first_name,
        activity=view.activity.name,
        day=on,
    )
    hint = t("Touchez l'heure, ou écrivez-la : 7:35 ou 7h35.")
    if len(options) > AT_ONCE and hour is None:
        hours = sorted({at.hour for at in options})
        buttons = [Button(t("{hour} h", hour=each), to_hour(each)) for each in hours]
    else:
        shown = [at for at in options if hour is None or at.hour == hour]
        buttons = [Button(t.clock(at), to_time(at)) for at in shown]
    first = of.day.replace(day=1)
    leave = _leave(view.child.id, view.activity.id, first, t)
    back = Button(t("‹ Horaires"), HoursMenu.data(view.child.id, view.activity.id, first))
    rows = (*_rows(buttons, A_ROW), (back, *leave))
    return Screen(f"{head}\n\n{question}\n{allowed(options, t)}\n\n{hint}", rows)


def allowed(options: Sequence[time], t: Texts) -> str:
    """ "Possible : 07:00 ou 07:30.", "Possible : de 07:00 à 08:15."."""
    if not options:
        return t("Aucun horaire possible ce jour-là.")
    if len(options) <= NAMED:
        told = " / ".join(t.clock(at) for at in options)
        return t("Possible : {hours}.", hours=told)
    first, last = t.clock(options[0]), t.clock(options[-1])
    return t("Possible : de {first} à {last}.", first=first, last=last)


def not_an_hour(t: Texts) -> str:
    return t("Cette heure n'a pas été comprise. Écrivez par exemple 7:35 ou 7h35.")


def not_possible(at: time, t: Texts) -> str:
    return t("{hour} n'est pas possible.", hour=t.clock(at))


def _rows(buttons: Sequence[Button], width: int) -> tuple[Row, ...]:
    return tuple(tuple(buttons[n : n + width]) for n in range(0, len(buttons), width))


def _leave(child: int, activity: int, first: date, t: Texts) -> Row:
    calendar = Month(child=child, activity=activity, first=first).pack()
    return (Button(t("‹ Calendrier"), calendar), Button(t("Accueil"), HOME))
