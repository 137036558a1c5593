"""The follow-up list: state of every booking, transmitted or not (F2)."""

from collections.abc import Mapping
from typing import Final

from conversations import words
from conversations.booking.routes import Children
from conversations.followup.routes import Answer, AskCancel, FollowUp, OpenFollowUp
from conversations.home.routes import HOME, OPEN_HOME
from conversations.screen import Button, Row, Screen, Style
from conversations.texts import Html, Texts, clipped
from conversations.widgets.paging import turner
from domain.bookings.model import BookingId, State
from domain.bookings.views import FollowUpLine, FollowUpView

MARKS: Final[Mapping[State, str]] = {
    State.ACCEPTED: "✓",
    State.PENDING: "?",
    State.WAITLISTED: "…",
    State.OFFERED: "!",
    State.REFUSED: "✘",
    State.CANCELLED: "−",
}
FIRST_NAME: Final = 20  # characters
NAME: Final = 60  # characters of a name or a reason in a row: ten rows share a message


def screen(view: FollowUpView, header: Html, t: Texts) -> Screen:
    leave = (Button(t("Réserver"), Children().pack()), Button(t("Accueil"), HOME))
    if not view.lines:
        nothing = t("Vous n'avez aucune réservation à venir.")
        return Screen(f"{header}\n\n{nothing}", (leave,))
    parts = [
        header,
        t("<b>Suivi des réservations</b>"),
        *(_line(line, t) for line in view.lines),
        t(
            "Total des réservations acceptées : {total}*\n"
            "* Le coût peut évoluer en fonction de la date de révision des tarifs.",
            total=t.money(view.accepted_total),
        ),
    ]
    actions = tuple(_actions(line, view.page, t) for line in view.lines)
    turn = turner(view.page, view.pages, FollowUp.data, t)
    rows = (*(row for row in actions if row), *turn, leave)
    return Screen("\n\n".join(parts), rows)


def _line(line: FollowUpLine, t: Texts) -> str:
    booking = line.booking
    return t.html(
        "<b>{day} · {child}</b>\n{activity}, {hours} · {cost}\n{state}",
        day=t.short_day(booking.slot.day),
        child=line.child.first_name,
        activity=clipped(line.activity.name, NAME),
        hours=t.hours(booking.arrival, booking.departure),
        cost=t.money(booking.price),
        state=_state(line, t),
    )


def _state(line: FollowUpLine, t: Texts) -> str:
    """ "✓ acceptée, non transmise, annulable jusqu'au ven. 27 nov. à 09:00"."""
    booking = line.booking
    said = [f"{MARKS[booking.state]} {t(words.STATES[booking.state])}"]
    if line.rank is not None:
        said.append(t("rang {rank} sur {waiting}", rank=line.rank, waiting=line.waiting))
    if line.asked_by is not None:
        said.append(t("demandée par {first_name}", first_name=clipped(line.asked_by, FIRST_NAME)))
    if booking.offer_until is not None and booking.state is State.OFFERED:
        said.append(t("répondez avant le {until}", until=t.instant(booking.offer_until)))
    if booking.reason:
        said.append(clipped(booking.reason, NAME))
    said.append(t("transmise") if booking.transmitted else t("non transmise"))
    if line.cancel_limit is not None:
        until = t.instant(line.cancel_limit)
        said.append(
            t("annulable jusqu'au {limit}", limit=until)
            if line.can_cancel
            else t("plus annulable depuis le {limit}", limit=until)
        )
    return ", ".join(said)


def _actions(line: FollowUpLine, page: int, t: Texts) -> Row:
    booking = line.booking
    what = f"{t.short_day(booking.slot.day)} · {line.child.first_name} · {line.activity.name}"
    if booking.state is State.OFFERED:
        return _answers(booking.id, t, f" : {what}")
    if not line.can_cancel:
        return ()
    label = t("Annuler : {what}", what=what)
    if booking.state is State.WAITLISTED:
        label = t("Quitter la liste : {what}", what=what)
    return (Button(label, AskCancel.data(booking.id, page)),)


def _answers(booking: BookingId, t: Texts, what: str = "") -> Row:
    return (
        Button(t("Je prends") + what, Answer.data(booking, accept=True), Style.SUCCESS),
        Button(t("Je laisse"), Answer.data(booking, accept=False), Style.DANGER),
    )


def offer_buttons(booking: int | None, t: Texts) -> tuple[Row, ...]:
    """Under a notice; an offer that names no booking is answered in the list."""
    answers = (_answers(BookingId(booking), t),) if booking else ()
    return (*answers, *pushed(t))


def pushed(t: Texts) -> tuple[Row, ...]:
    """Under whatever was pushed: opens a new message, so that the notice stays."""
    return (
        (Button(t("Suivi des réservations"), OpenFollowUp().pack()),),
        (Button(t("Accueil"), OPEN_HOME),),
    )
