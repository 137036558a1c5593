"""Cancelling from the list, and the answer to an offered place (B15, B16)."""

from datetime import date

from conversations.followup.routes import Cancel, FollowUp
from conversations.followup.views import pushed
from conversations.screen import Button, Screen, Style
from conversations.texts import Html, Texts
from domain.activities.model import Activity
from domain.bookings.model import Booking, State
from domain.bookings.views import FollowUpLine
from domain.families.model import Child


def ask_cancel(line: FollowUpLine, page: int, t: Texts) -> Screen:
    waits = line.booking.state is State.WAITLISTED
    text = t.html(
        "{question}\n\n<b>{child} · {activity}</b>\n{day}, {hours} · {cost}\n\n{effect}",
        question=t("Quitter cette liste d'attente ?")
        if waits
        else t("Annuler cette réservation ?"),
        child=line.child.first_name,
        activity=line.activity.name,
        day=t.day(line.booking.slot.day),
        hours=t.hours(line.booking.arrival, line.booking.departure),
        cost=t.money(line.booking.price),
        effect=_effect(line, t),
    )
    yes = t("Oui, quitter la liste") if waits else t("Oui, annuler")
    return Screen(
        text,
        (
            (Button(yes, Cancel.data(line.booking.id, page), Style.DANGER),),
            (Button(t("Non, garder"), FollowUp.data(page)),),
        ),
    )


def _effect(line: FollowUpLine, t: Texts) -> str:
    if line.booking.state is State.WAITLISTED:
        return t("Vous perdrez votre rang : une nouvelle demande repartirait en fin de liste.")
    return t("La place sera proposée aussitôt à une autre famille.")


def cancelled(child: Child, activity: Activity, day: date, t: Texts) -> str:
    """The note above the list, plain."""
    return t(
        "C'est annulé : {child}, {activity}, {day}.",
        child=child.first_name,
        activity=activity.name,
        day=t.day(day),
    )


def left(child: Child, activity: Activity, day: date, t: Texts) -> Screen:
    """In place of the reminder."""
    text = t.html(
        "C'est noté : {child} n'attend plus de place, {activity}, {day}.",
        child=child.first_name,
        activity=activity.name,
        day=t.day(day),
    )
    return Screen(text, pushed(t))


def answered(booking: Booking, child: Child, activity: Activity, t: Texts) -> Screen:
    """In place of the offer."""
    about = {
        "child": child.first_name,
        "activity": activity.name,
        "day": t.day(booking.slot.day),
        "hours": t.hours(booking.arrival, booking.departure),
    }
    if booking.state is State.ACCEPTED:
        text = t.html("C'est noté : {child} a sa place, {activity}, {day}, {hours}.", **about)
    elif booking.state is State.PENDING:
        text = t.html(
            "C'est noté : {child}, {activity}, {day}, {hours}. "
            "La mairie doit encore répondre à votre demande.",
            **about,
        )
    else:
        text = t.html(
            "C'est noté : vous laissez la place de {child}, {activity}, {day}. "
            "Elle ira à la famille suivante, s'il y en a une.",
            **about,
        )
    if booking.together is not None:
        siblings = t("Cela vaut aussi pour ses frères et sœurs.")
        text = Html(f"{text} {siblings}")
    return Screen(text, pushed(t))
