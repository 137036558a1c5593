"""The month over all activities, and the sheet of one day (B4)."""

from datetime import date, timedelta

from conversations import words
from conversations.booking import marks as day_marks
from conversations.booking.month import left_alone
from conversations.booking.routes import Activities, Recap
from conversations.home.routes import HOME, NOTHING
from conversations.overview import marks
from conversations.overview.routes import DaySheet, MarkOnSheet, Overview, OverviewLegend
from conversations.screen import Button, Row, Screen, Style
from conversations.texts import Html, Texts, clipped, escaped
from conversations.widgets import month_grid
from domain.bookings.day_states import OverallState
from domain.bookings.model import DayState, DayView, State, Wish
from domain.bookings.overview import DaySheetView, OverviewView, SheetLine
from domain.families.model import ChildId

CLOSED_DAY = Button("·", NOTHING)
LABEL = 40  # characters of an activity on a button
NAME = 80


# -- the month -----------------------------------------------------------------------------
def overview(view: OverviewView, t: Texts) -> Screen:
    child, days = view.child.id, {day.day: day for day in view.days}

    def month(label: str, first: date) -> Button:
        return Button(label, Overview.data(child, first))

    def day(on: date) -> Button:
        found = days.get(on)
        if found is None:
            return CLOSED_DAY
        return Button(marks.label(found), DaySheet.data(child, on), marks.style(found))

    weekdays = tuple(t.weekday(number) for number in range(7))
    cells = month_grid.Cells(month, day)
    grid = month_grid.rows(view.first, t.short_month(view.first), weekdays, cells)
    reading = (
        Button(t("Actualiser"), Overview.data(child, view.first)),
        Button(t("Légende"), OverviewLegend(child=child, first=view.first).pack()),
    )
    leaving = (Button(t("‹ Activités"), Activities.data(child)), Button(t("Accueil"), HOME))
    rows = (*grid, reading, *_check(view.drafted, t), leaving)
    return Screen(_overview_text(view, t), rows)


def _overview_text(view: OverviewView, t: Texts) -> str:
    head = t.html(
        "<b>{child} · toutes les activités</b>\n{month}",
        child=view.child.first_name,
        month=t.month(view.first),
    )
    if not view.days:
        return f"{head}\n\n" + t("Aucun jour ouvert ce mois-ci.")
    hint = t("Touchez un jour pour voir ses activités.")
    return f"{head}\n\n{_to_validate(view.drafted, t, hint)}"


def legend(child: ChildId, first: date, t: Texts) -> Screen:
    lines = [f"<b>12{marks.MARKS[state]}</b>  {t(marks.WORDS[state])}" for state in OverallState]
    text = "\n".join(
        [
            t("<b>Légende du calendrier</b>"),
            "",
            *lines,
            "",
            t("<b>12+</b>  sera réservé une fois vos demandes validées"),
            t("<b>12−</b>  sera annulé une fois vos demandes validées"),
            t("<b>12±</b>  les deux"),
        ]
    )
    back = Button(t("‹ Calendrier"), Overview.data(child, first))
    return Screen(text, ((back, Button(t("Accueil"), HOME)),))


# -- one day -------------------------------------------------------------------------------
def day_sheet(view: DaySheetView, t: Texts) -> Screen:
    child, on = view.child.id, view.day
    toggles = tuple((_toggle(view, line, t),) for line in view.lines if touchable(line.day))
    before, after = on - timedelta(days=1), on + timedelta(days=1)
    turn = (
        Button(f"‹ {t.short_day(before)}", DaySheet.data(child, before)),
        Button(f"{t.short_day(after)} ›", DaySheet.data(child, after)),
    )
    back = Button(t("‹ Calendrier"), Overview.data(child, on.replace(day=1)))
    leaving = (back, Button(t("Accueil"), HOME))
    rows = (*toggles, turn, *_check(view.drafted, t), leaving)
    return Screen(_sheet_text(view, t), rows)


def touchable(day: DayView) -> bool:
    """Whether a tap may change it: what cannot be asked has no button, and its line says why."""
    untouchable = {DayState.CLOSED, DayState.FULL, DayState.BOOKED_LOCKED}
    return day.wish is not None or day.state not in untouchable


def _toggle(view: DaySheetView, line: SheetLine, t: Texts) -> Button:
    name, wanted = clipped(line.activity.name, LABEL), day_marks.asks(line.day)
    data = MarkOnSheet.data(view.child.id, line.activity.id, view.day, wanted=wanted)
    if not wanted:
        return Button(f"☑ {name}", data, day_marks.style(line.day) or Style.SUCCESS)
    if line.day.state is DayState.WAITLIST_ONLY:
        return Button(t("☐ {activity} (attente)", activity=name), data)
    return Button(f"☐ {name}", data, day_marks.style(line.day))


def _sheet_text(view: DaySheetView, t: Texts) -> str:
    head = sheet_head(view, t)
    if not view.lines:
        return f"{head}\n\n" + t("Aucune activité n'est ouverte ce jour-là.")
    parts = [head, *(_line(line, t) for line in view.lines), *sheet_notes(view, t)]
    return "\n\n".join(part for part in parts if part)


def sheet_head(view: DaySheetView, t: Texts) -> str:
    return t.html("<b>{child} · {day}</b>", child=view.child.first_name, day=_long(view.day, t))


def sheet_notes(view: DaySheetView, t: Texts) -> tuple[str, str]:
    """What the tap did not do, and what is to be done next."""
    return (
        left_alone(view.skipped, t, unchanged=view.unchanged),
        _to_validate(view.drafted, t, t("Touchez une activité pour la demander."))
        if view.drafted or any(touchable(line.day) for line in view.lines)
        else t("Rien ne peut plus être demandé ce jour-là."),
    )


def _long(day: date, t: Texts) -> str:
    return f"{t.weekday_name(day.weekday())} {t.day(day).partition(' ')[2]} {day.year}"


def _line(line: SheetLine, t: Texts) -> Html:
    facts = [t.hours(line.arrival, line.departure), cost(line, t), places(line, t)]
    told = " · ".join(fact for fact in facts if fact)
    name = escaped(clipped(line.activity.name, NAME))
    return Html(f"<b>{name}</b>\n{told}\n{state(line.day, t)}")


def cost(line: SheetLine, t: Texts) -> str:
    """Empty without a tariff."""
    if line.price is None:
        return ""
    return t.money(line.price) + ("*" if line.quotient_missing else "")


def places(line: SheetLine, t: Texts) -> str:
    """Empty where nothing can be asked, or places are not counted."""
    if line.day.state is not DayState.AVAILABLE or line.day.left is None:
        return ""
    return t.plural("{n} place", "{n} places", line.day.left)


def state(day: DayView, t: Texts) -> str:
    """What stands and until when it can change (B9), or what is drafted."""
    if day.wish is Wish.BOOK:
        return "+ " + t("à réserver, une fois vos demandes validées")
    if day.wish is Wish.CANCEL:
        return "− " + t("à annuler, une fois vos demandes validées")
    if day.elsewhere:
        return "* " + t("déjà demandé par l'autre foyer de l'enfant")
    mark = day_marks.MARKS[day.state]
    return f"{mark} {_stands(day, t)}".strip()


def _stands(day: DayView, t: Texts) -> str:
    if day.booking is not None and day.booking.state is not State.ACCEPTED:
        told = t(words.STATES[day.booking.state])
        rank = t("rang {n}", n=day.rank)
        return told if day.rank is None else f"{told} ({rank})"
    match day.state:
        case DayState.AVAILABLE if day.book_limit is not None:
            return t("disponible, jusqu'au {limit}", limit=t.instant(day.book_limit))
        case DayState.WAITLIST_ONLY:
            return t("complet : liste d'attente possible")
        case DayState.BOOKED if day.cancel_limit is not None:
            return t("réservé, modifiable jusqu'au {limit}", limit=t.instant(day.cancel_limit))
        case DayState.BOOKED_LOCKED if day.cancel_limit is not None:
            return t(
                "réservé, modifiable jusqu'au {limit} (dépassé)", limit=t.instant(day.cancel_limit)
            )
        case DayState.CLOSED if day.book_limit is not None:
            return t("délai dépassé depuis le {limit}", limit=t.instant(day.book_limit))
        case _:
            return t(words.DAY_STATES[day.state])


# -- shared --------------------------------------------------------------------------------
def _check(drafted: int, t: Texts) -> tuple[Row, ...]:
    if not drafted:
        return ()
    check = t("Vérifier mes demandes ({n})", n=drafted)
    return ((Button(check, Recap.data(1), Style.PRIMARY),),)


def _to_validate(drafted: int, t: Texts, hint: str) -> str:
    if not drafted:
        return hint + " " + t("Un second écran vous demandera de valider.")
    return t.plural(
        "<b>{n} demande à vérifier.</b> Rien n'est encore enregistré.",
        "<b>{n} demandes à vérifier.</b> Rien n'est encore enregistré.",
        drafted,
    )
