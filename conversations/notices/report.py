"""The nightly report, in the words and the order of the guide's mail (N2)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from conversations.texts import Texts
from conversations.words import mark
from domain.activities.catalogue import Catalogue
from domain.activities.model import ActivityId
from domain.bookings.model import State
from domain.notices.model import Due

TITLES: Final[Mapping[State, str]] = {
    State.WAITLISTED: mark("RESERVATIONS MISES EN LISTE D'ATTENTE"),
    State.PENDING: mark("RESERVATIONS EN ATTENTE DE REPONSE"),
    State.OFFERED: mark("RESERVATIONS DONT UNE PLACE VOUS EST PROPOSEE"),
    State.ACCEPTED: mark("RESERVATIONS ACCEPTEES"),
    State.REFUSED: mark("RESERVATIONS REFUSEES"),
    State.CANCELLED: mark("RESERVATIONS ANNULEES"),
}


def lines(due: Due, catalogue: Catalogue, t: Texts) -> list[str]:
    """Plain lines, all but the last sentence, which says where to look and differs by channel."""
    params = due.notice.params
    told = [due.addressee, ""] if due.addressee else []
    told += [
        t(
            "Veuillez trouver ci-dessous un compte rendu des modifications apportées à vos "
            "demandes de réservation sur la structure : {structure}.",
            structure=structure_name(due, catalogue),
        ),
        "",
        *_counts(params["booked"], params["cancelled"], params.get("changed", 0), t),
    ]
    for group in params["groups"]:
        title = t(TITLES[State(group["state"])])
        told += ["", f"***** {title} *****", ""]
        for activity in group["activities"]:
            told += _activity(activity, due, catalogue, t)
    return told


def structure_name(due: Due, catalogue: Catalogue) -> str:
    structure = catalogue.structures.get(due.notice.params["structure"])
    return structure.name if structure is not None else ""


def _counts(booked: int, cancelled: int, changed: int, t: Texts) -> Iterator[str]:
    yield t.plural(
        "{n} mouvement sur vos demandes de réservations a été reçu, dont :",
        "{n} mouvements sur vos demandes de réservations ont été reçus, dont :",
        booked + cancelled + changed,
    )
    if booked:
        yield t.plural(
            "- {n} nouvelle demande de réservation",
            "- {n} nouvelles demandes de réservation",
            booked,
        )
    if cancelled:
        yield t.plural("- {n} demande d'annulation", "- {n} demandes d'annulation", cancelled)
    if changed:
        yield t.plural("- {n} changement d'horaires", "- {n} changements d'horaires", changed)


def _activity(told: Mapping[str, Any], due: Due, catalogue: Catalogue, t: Texts) -> Iterator[str]:
    activity = catalogue.activities.get(ActivityId(told["activity"]))
    yield t("--> Activité : {activity} :", activity=activity.name if activity is not None else "")
    names = {child.id: f"{child.last_name} {child.first_name}" for child in due.children}
    for one in told["children"]:
        days = ", ".join(t.report_day(date.fromisoformat(day)) for day in one["days"])
        child = names.get(one["child"]) or t("Votre enfant")
        yield t("{child} : {days}", child=child, days=days)
