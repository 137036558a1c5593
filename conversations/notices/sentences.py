"""What each notice says, as plain paragraphs: the same in the chat and by mail (N1, N5, B16)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from conversations.texts import Texts, clipped
from conversations.words import mark
from domain.activities.catalogue import Catalogue
from domain.activities.model import ActivityId
from domain.notices.model import Due, Kind

SUBJECTS: Final[Mapping[Kind, str]] = {
    Kind.PLACE_GIVEN: mark("Votre demande en liste d'attente est acceptée"),
    Kind.PLACE_OFFERED: mark("Une place s'est libérée : votre réponse est attendue"),
    Kind.OFFER_LAPSED: mark("La place proposée n'est plus réservée pour vous"),
    Kind.REQUEST_ACCEPTED: mark("Votre demande est acceptée"),
    Kind.REQUEST_REFUSED: mark("Votre demande est refusée"),
    Kind.DAY_CLOSED: mark("Une journée réservée est fermée"),
    Kind.NIGHTLY_REPORT: mark("Compte rendu de vos demandes de réservation"),
    Kind.DRAFT_LAPSED: mark("Vos demandes non validées ont été abandonnées"),
}
REASON: Final = 1000  # characters


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom, what and when a notice is about, as words."""

    due: Due
    catalogue: Catalogue
    t: Texts

    @property
    def what(self) -> str:
        """ "Leyah, ALSH 6-12 - Mercredi Journée, mer. 2 décembre, 07:30–18:00"."""
        params, t = self.due.notice.params, self.t
        activity = self.catalogue.activities.get(ActivityId(params["activity"]))
        hours = t.hours(
            time.fromisoformat(params["arrival"]), time.fromisoformat(params["departure"])
        )
        day = t.day(date.fromisoformat(params["day"]))
        name = activity.name if activity is not None else ""
        return f"{self.child}, {name}, {day}, {hours}"

    @property
    def child(self) -> str:
        """The first name alone: the chat is kept by Telegram (A12)."""
        wanted = self.due.notice.params["child"]
        names = (child.first_name for child in self.due.children if child.id == wanted)
        return next(names, self.t("Votre enfant"))

    @property
    def until(self) -> str:
        return self.t.instant(datetime.fromisoformat(self.due.notice.params["until"]))

    @property
    def reason(self) -> list[str]:
        why = self.due.notice.params.get("reason")
        return [self.t("Motif : {reason}", reason=clipped(str(why), REASON))] if why else []


def paragraphs(due: Due, catalogue: Catalogue, t: Texts) -> list[str]:
    """Of every kind but the nightly report, which has a form of its own."""
    subject = Subject(due, catalogue, t)
    return [t(SUBJECTS[due.notice.kind]) + ".", *_BODIES[due.notice.kind](subject)]


def _place_given(s: Subject) -> list[str]:
    return [
        s.what,
        s.t(
            "Une place s'est libérée et votre demande en liste d'attente est maintenant acceptée. "
            "Si elle ne vous intéresse plus, pensez à l'annuler le plus tôt possible."
        ),
    ]


def _place_offered(s: Subject) -> list[str]:
    return [
        s.what,
        s.t(
            "Cette place vous est gardée : répondez avant {until}. "
            "Sans réponse, elle sera proposée à la famille suivante.",
            until=s.until,
        ),
    ]


def _offer_lapsed(s: Subject) -> list[str]:
    return [
        s.what,
        s.t(
            "Le délai de réponse est passé : la place a été proposée à la famille suivante et "
            "vous n'êtes plus en liste d'attente pour ce jour."
        ),
    ]


def _request_accepted(s: Subject) -> list[str]:
    return [s.what, s.t("La mairie a accepté votre demande."), *s.reason]


def _request_refused(s: Subject) -> list[str]:
    return [s.what, s.t("La mairie n'a pas pu accepter votre demande."), *s.reason]


def _day_closed(s: Subject) -> list[str]:
    return [
        s.what,
        s.t(
            "L'activité est fermée ce jour-là : votre réservation est annulée et ne vous sera "
            "pas facturée."
        ),
        *s.reason,
    ]


def _draft_lapsed(s: Subject) -> list[str]:
    return [
        s.t(
            "Vous n'avez pas validé vos dernières demandes à temps : elles ont été effacées. "
            "Vos réservations déjà enregistrées n'ont pas changé."
        )
    ]


_BODIES: Final[Mapping[Kind, Callable[[Subject], list[str]]]] = {
    Kind.PLACE_GIVEN: _place_given,
    Kind.PLACE_OFFERED: _place_offered,
    Kind.OFFER_LAPSED: _offer_lapsed,
    Kind.REQUEST_ACCEPTED: _request_accepted,
    Kind.REQUEST_REFUSED: _request_refused,
    Kind.DAY_CLOSED: _day_closed,
    Kind.DRAFT_LAPSED: _draft_lapsed,
}
