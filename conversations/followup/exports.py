"""The follow-up as a paper, a workbook, commas or an agenda (F3)."""

from datetime import datetime

from conversations import words
from conversations.followup.routes import Export, FollowUp
from conversations.home.routes import HOME
from conversations.screen import Button, Document, Screen
from conversations.tables import Cell, Event, Format, Table
from conversations.texts import Texts
from domain.activities.model import Structure
from domain.bookings.model import State
from domain.bookings.views import FollowUpLine, FollowUpView
from domain.families.model import Guardian

BOOKED = {State.ACCEPTED, State.PENDING}


def choices(t: Texts) -> Screen:
    ways = (
        (t("Imprimer (PDF)"), Format.PDF),
        (t("Tableur (XLSX)"), Format.XLSX),
        (t("Tableur (CSV)"), Format.CSV),
        (t("Agenda (iCalendar)"), Format.AGENDA),
    )
    rows = [(Button(label, Export(format=way).pack()),) for label, way in ways]
    leave = (Button(t("‹ Suivi"), FollowUp.data(1)), Button(t("Accueil"), HOME))
    text = t(
        "Toutes les réservations de votre suivi, avec ses filtres, dans un fichier. L'agenda ne "
        "reçoit que ce qui est accepté ou en attente de réponse."
    )
    return Screen(text, (*rows, leave))


def too_many(most: int, t: Texts) -> Screen:
    text = t(
        "Plus de {most} réservations correspondent : choisissez un mois ou un enfant dans les "
        "filtres, puis recommencez.",
        most=most,
    )
    return Screen(text, ((Button(t("‹ Suivi"), FollowUp.data(1)), Button(t("Accueil"), HOME)),))


def table(
    view: FollowUpView, who: Guardian, town: Structure, told: str, now: datetime, t: Texts
) -> Table:
    made = t("Édité le {at}", at=t.paper_instant(now))
    head = (town.name, f"{who.first_name} {who.last_name}", told, made)
    return Table(
        title=t("Suivi des réservations"),
        head=tuple(line for line in head if line),
        columns=(
            t("Date"),
            t("Activité"),
            t("Personne"),
            t("Heure Arr"),
            t("Heure Dép"),
            t("Coût (€)"),
            t("État"),
            t("Transmise"),
        ),
        rows=tuple(_row(line, t) for line in view.lines),
        total=(t("TOTAL des réservations acceptées (€)"), view.accepted_total),
        note=t("Le coût peut évoluer en fonction de la date de révision des tarifs."),
        file_name=f"suivi-{now.astimezone(town.zone).date().isoformat()}",
    )


def _row(line: FollowUpLine, t: Texts) -> tuple[Cell, ...]:
    booking = line.booking
    state = t(words.STATES[booking.state])
    if line.rank is not None:
        state += " " + t("(rang {rank} sur {waiting})", rank=line.rank, waiting=line.waiting)
    return (
        booking.slot.day,
        line.activity.name,
        line.child.first_name,
        booking.arrival,
        booking.departure,
        booking.price,
        state,
        t("oui") if booking.transmitted else t("non"),
    )


def events(view: FollowUpView, town: Structure) -> tuple[Event, ...]:
    """Discreet: the activity and a first name."""
    return tuple(
        Event(
            uid=f"reservation-{line.booking.id}@cartable",
            title=f"{line.activity.name} · {line.child.first_name}",
            starts=datetime.combine(line.booking.slot.day, line.booking.arrival, town.zone),
            ends=datetime.combine(line.booking.slot.day, line.booking.departure, town.zone),
            place=town.name,
            is_certain=line.booking.state is State.ACCEPTED,
        )
        for line in view.lines
        if line.booking.state in BOOKED
    )


def parcel(name: str, content: bytes, t: Texts) -> Document:
    return Document(name, content, t("Suivi des réservations"))
