"""The follow-up list: state of every booking, transmitted or not (F2)."""

from collections.abc import Mapping, Sequence
from typing import Final

from conversations import reasons, words
from conversations.absences.routes import AbsenceDays
from conversations.booking.routes import Children
from conversations.followup.routes import (
    Answer,
    AskCancel,
    Exports,
    Filter,
    FollowUp,
    Leave,
    OpenFollowUp,
    ResetFilters,
)
from conversations.home.routes import HOME, OPEN_HOME
from conversations.screen import Button, Row, Screen, Style
from conversations.texts import Html, Texts, clipped, escaped
from conversations.widgets.paging import turner
from domain.bookings.filters import EVERYTHING
from domain.bookings.following import ROWS_PER_PAGE
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
NAME: Final = 48  # characters of a name or a reason in a row: ten rows share a message


def screen(view: FollowUpView, header: Html, told: str, t: Texts) -> Screen:
    """``told``: the filters, in one line; empty for none."""
    leave = (Button(t("Réserver"), Children().pack()), Button(t("Accueil"), HOME))
    ways = Button(t("Filtres"), Filter().pack())
    parts = [*above(header, told, t)]
    if not view.lines:
        parts.append(_nothing(view, t))
        rows: tuple[Row, ...] = ((ways,), leave)
        if told:
            rows = ((Button(t("Tout montrer"), ResetFilters().pack(), Style.PRIMARY),), *rows)
        return Screen("\n\n".join(part for part in parts if part), rows)
    lines = numbered(view)
    parts += [_line(number, line, t) for number, line in lines]
    parts.append(total(view, t))
    turn = turner(view.page, view.pages, FollowUp.data, t)
    export = Button(t("Imprimer, exporter"), Exports().pack())
    rows = (*_actions(lines, view.page, t), *_absence(view, t), *turn, (ways, export), leave)
    return Screen("\n\n".join(part for part in parts if part), rows)


def above(header: Html, told: str, t: Texts) -> tuple[str, ...]:
    return header, t("<b>Suivi des réservations</b>"), escaped(told)


def numbered(view: FollowUpView) -> list[tuple[int, FollowUpLine]]:
    """A row keeps its number from page to page."""
    return list(enumerate(view.lines, (view.page - 1) * ROWS_PER_PAGE + 1))


def total(view: FollowUpView, t: Texts) -> str:
    return t(
        "Total des réservations acceptées : {total}*\n"
        "* Le coût peut évoluer en fonction de la date de révision des tarifs.",
        total=t.money(view.accepted_total),
    )


def _nothing(view: FollowUpView, t: Texts) -> str:
    if view.filters == EVERYTHING:
        return t("Vous n'avez aucune réservation à venir.")
    return t("Aucune réservation ne correspond à vos filtres.")


def _line(number: int, line: FollowUpLine, t: Texts) -> str:
    booking = line.booking
    return t.html(
        "<b>{number}. {day} · {child}</b>\n{activity}, {hours} · {cost}\n{state}",
        number=number,
        day=t.short_day(booking.slot.day),
        child=line.child.first_name,
        activity=clipped(line.activity.name, NAME),
        hours=t.hours(booking.arrival, booking.departure),
        cost=t.money(booking.price),
        state=state(line, t),
    )


def state(line: FollowUpLine, t: Texts) -> str:
    """ "✓ acceptée, non transmise, annulable jusqu'au ven. 27 nov. à 09:00"."""
    booking = line.booking
    said = [f"{MARKS[booking.state]} {t(words.STATES[booking.state])}"]
    if line.absent:
        said.append(t("absence déclarée"))
    if line.rank is not None:
        said.append(t("rang {rank} sur {waiting}", rank=line.rank, waiting=line.waiting))
    if line.asked_by is not None:
        said.append(t("demandée par {first_name}", first_name=clipped(line.asked_by, FIRST_NAME)))
    if booking.offer_until is not None and booking.state is State.OFFERED:
        said.append(t("répondez avant le {until}", until=t.instant(booking.offer_until)))
    if booking.reason:
        said.append(clipped(reasons.told(booking.reason, t), NAME))
    if booking.together is not None and booking.state in {State.WAITLISTED, State.OFFERED}:
        said.append(t("frères et sœurs ensemble"))
    said.append(t("transmise") if booking.transmitted else t("non transmise"))
    if line.cancel_limit is not None:
        until = t.instant(line.cancel_limit)
        said.append(
            t("annulable jusqu'au {limit}", limit=until)
            if line.can_cancel
            else t("plus annulable depuis le {limit}", limit=until)
        )
    return ", ".join(said)


def _actions(lines: Sequence[tuple[int, FollowUpLine]], page: int, t: Texts) -> tuple[Row, ...]:
    """By the numbers of the rows: an answer in a row of its own, cancelling two to a row."""
    offered = [
        _answers(line.booking.id, t, f"{number}. ")
        for number, line in lines
        if line.booking.state is State.OFFERED
    ]
    cancels = [
        _cancel(number, line, page, t)
        for number, line in lines
        if line.can_cancel and line.booking.state is not State.OFFERED
    ]
    return (*offered, *(tuple(cancels[n : n + 2]) for n in range(0, len(cancels), 2)))


def _absence(view: FollowUpView, t: Texts) -> tuple[Row, ...]:
    """What can no longer be cancelled can still be told (B19)."""
    locked = any(x.booking.state is State.ACCEPTED and not x.can_cancel for x in view.lines)
    return ((Button(t("Signaler une absence"), AbsenceDays(page=1).pack()),),) if locked else ()


def _cancel(number: int, line: FollowUpLine, page: int, t: Texts) -> Button:
    label = t("{number}. Annuler", number=number)
    if line.booking.state is State.WAITLISTED:
        label = t("{number}. Quitter la liste", number=number)
    return Button(label, AskCancel.data(line.booking.id, page))


def _answers(booking: BookingId, t: Texts, number: str = "") -> Row:
    take, leave = t("Je prends"), t("Je laisse")
    return (
        Button(number + take, Answer.data(booking, accept=True), Style.SUCCESS),
        Button(number + leave, Answer.data(booking, accept=False), Style.DANGER),
    )


def offer_buttons(booking: int | None, t: Texts) -> tuple[Row, ...]:
    """Under a notice; an offer that names no booking is answered in the list."""
    answers = (_answers(BookingId(booking), t),) if booking else ()
    return (*answers, *pushed(t))


def leave_buttons(booking: BookingId, t: Texts) -> tuple[Row, ...]:
    """Under the reminder that a queue can be left."""
    leave = Button(t("Quitter la liste d'attente"), Leave.data(booking), Style.DANGER)
    return ((leave,), *pushed(t))


def pushed(t: Texts) -> tuple[Row, ...]:
    """Under whatever was pushed: opens a new message, so that the notice stays."""
    return (
        (Button(t("Suivi des réservations"), OpenFollowUp().pack()),),
        (Button(t("Accueil"), OPEN_HOME),),
    )
