"""What each notice says, as plain paragraphs: the same in the chat and by mail (N1, N5, B16)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from conversations import reasons
from conversations.payments import receipt
from conversations.reminders import views as reminders
from conversations.texts import Texts, clipped
from conversations.words import mark
from domain.activities.catalogue import Catalogue
from domain.activities.model import ActivityId
from domain.bookings.model import State
from domain.notices.model import Due, Kind

SUBJECTS: Final[Mapping[Kind, str]] = {
    Kind.PLACE_GIVEN: mark("Votre demande en liste d'attente est acceptée"),
    Kind.PLACE_OFFERED: mark("Une place s'est libérée : votre réponse est attendue"),
    Kind.OFFER_LAPSED: mark("La place proposée n'est plus réservée pour vous"),
    Kind.REQUEST_ACCEPTED: mark("Votre demande est acceptée"),
    Kind.REQUEST_REFUSED: mark("Votre demande est refusée"),
    Kind.REQUEST_WAITLISTED: mark("Votre demande est mise en liste d'attente"),
    Kind.DAY_CLOSED: mark("Une journée réservée est fermée"),
    Kind.NIGHTLY_REPORT: mark("Compte rendu de vos demandes de réservation"),
    Kind.DRAFT_LAPSED: mark("Vos demandes non validées ont été abandonnées"),
    Kind.DEADLINE_REMINDER: mark("Des réservations se ferment bientôt"),
    Kind.WAITING_REMINDER: mark("Attendez-vous encore cette place ?"),
    Kind.PAYMENT_RECEIPT: mark("Votre paiement est reçu"),
    Kind.PAYMENT_REMINDER: mark("Un solde de votre compte famille est négatif"),
    Kind.ANNOUNCEMENT: mark("Information de votre mairie"),
    Kind.EMAIL_CODE: mark("Votre code de vérification"),
    Kind.EMAIL_CHANGED: mark("Vos adresses de messagerie ont changé"),
    Kind.RESET_LINK: mark("Choisir un nouveau mot de passe"),
    Kind.PASSWORD_CHANGED: mark("Votre mot de passe a changé"),
    Kind.NEW_DEVICE: mark("Nouvelle connexion à votre compte"),
    Kind.ACCOUNT_LOCKED: mark("Des essais de connexion à votre compte ont échoué"),
    Kind.ACCESS_ERASED: mark("Votre accès par Telegram est effacé"),
}
ENDED: Final[Mapping[State, str]] = {  # by what the family had when the day was closed
    State.ACCEPTED: mark("Votre réservation est annulée et ne vous sera pas facturée."),
    State.PENDING: mark(
        "Votre demande, qui attendait la réponse de la mairie, est annulée : rien ne vous sera "
        "facturé."
    ),
    State.OFFERED: mark(
        "La place qui vous était proposée n'est plus à prendre : rien ne vous sera facturé."
    ),
    State.WAITLISTED: mark(
        "Vous n'êtes plus en liste d'attente pour ce jour : rien ne vous sera facturé."
    ),
}
REASON, WALLET = 1000, 60  # characters


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom, what and when a notice is about, as words."""

    due: Due
    catalogue: Catalogue
    t: Texts
    link: str = ""  # that lets in; for the kinds that hold one

    @property
    def instant(self) -> str:
        """When what is told happened."""
        return self.t.instant(datetime.fromisoformat(self.due.notice.params["instant"]))

    @property
    def together(self) -> list[str]:
        """Where the answer is for linked siblings too (B16)."""
        if "together" not in self.due.notice.params:
            return []
        return [self.t("Frères et sœurs ensemble : votre réponse vaut pour tous.")]

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
        why = reasons.told(str(self.due.notice.params.get("reason") or ""), self.t)
        return [self.t("Motif : {reason}", reason=clipped(why, REASON))] if why else []


def paragraphs(due: Due, catalogue: Catalogue, t: Texts, link: str = "") -> list[str]:
    """Of every kind but the nightly report, which has a form of its own."""
    subject = Subject(due, catalogue, t, link)
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
            "Cette place vous est gardée : répondez avant le {until}. "
            "Sans réponse, elle sera proposée à la famille suivante.",
            until=s.until,
        ),
        *s.together,
    ]


def _offer_lapsed(s: Subject) -> list[str]:
    return [
        s.what,
        s.t(
            "Le délai de réponse est passé : cette place n'est plus gardée pour vous, et vous "
            "n'êtes plus en liste d'attente pour ce jour."
        ),
    ]


def _request_accepted(s: Subject) -> list[str]:
    return [s.what, s.t("La mairie a accepté votre demande."), *s.reason]


def _request_refused(s: Subject) -> list[str]:
    return [s.what, s.t("La mairie n'a pas pu accepter votre demande."), *s.reason]


def _request_waitlisted(s: Subject) -> list[str]:
    return [
        s.what,
        s.t(
            "La mairie n'a pas encore pu vous donner de place : votre demande attend, à son rang. "
            "Vous serez prévenus de sa réponse."
        ),
        *s.reason,
    ]


def _day_closed(s: Subject) -> list[str]:
    return [
        s.what,
        s.t("L'activité est fermée ce jour-là."),
        s.t(ENDED[State(s.due.notice.params.get("was", State.ACCEPTED))]),
        *s.reason,
    ]


def _waiting_reminder(s: Subject) -> list[str]:
    """Why is one of two: the child has another place, or the day comes near."""
    params = s.due.notice.params
    said = s.t("Bientôt, une place obtenue ne pourra plus être annulée.")
    if params["why"] == "clash":
        other = s.catalogue.activities.get(ActivityId(params["instead"]))
        name = other.name if other is not None else ""
        said = s.t("Une place est déjà réservée à ces heures : {activity}.", activity=name)
    return [
        s.what,
        said,
        s.t(
            "Si vous n'avez plus besoin de cette place, quittez la liste d'attente : elle ira à "
            "une autre famille. Sinon, vous n'avez rien à faire."
        ),
    ]


def _draft_lapsed(s: Subject) -> list[str]:
    return [
        s.t(
            "Vous n'avez pas validé vos dernières demandes à temps : elles ont été effacées. "
            "Vos réservations déjà enregistrées n'ont pas changé."
        )
    ]


def _deadline_reminder(s: Subject) -> list[str]:
    return [
        s.t(
            "D'habitude vous réservez ces jours, et rien n'est réservé ni en préparation. "
            "Les réservations se ferment le {until} :",
            until=s.until,
        ),
        "\n".join(reminders.lines(s.due, s.catalogue, s.t)),
        s.t("Si c'est voulu, vous n'avez rien à faire."),
    ]


def _payment_receipt(s: Subject) -> list[str]:
    told = receipt.facts(s.due, s.catalogue, s.t)
    return [
        "\n".join(s.t("{label} : {value}", label=label, value=value) for label, value in told),
        s.t("Cette somme a été créditée. Conservez ce reçu."),
    ]


def _payment_reminder(s: Subject) -> list[str]:
    params = s.due.notice.params
    return [
        s.t(
            "{wallet} : il reste {due} à régler.",
            wallet=clipped(params["wallet"], WALLET),
            due=s.t.money(Decimal(params["due"])),
        ),
        s.t(
            "Vous pouvez payer depuis votre conversation Telegram, ou auprès de votre mairie. Si "
            "vous venez de le faire, ne tenez pas compte de ce message."
        ),
    ]


def _email_code(s: Subject) -> list[str]:
    return [
        s.t("Code : {code}", code=(s.due.notice.secret or {}).get("code", "")),
        s.t(
            "Envoyez ce code dans votre conversation Telegram avec la mairie : cette adresse sera "
            "alors ajoutée à votre compte. Il est valable 30 minutes."
        ),
        s.t("Si vous n'avez rien demandé, ne faites rien : cette adresse ne sera pas utilisée."),
    ]


def _email_changed(s: Subject) -> list[str]:
    return [
        s.t(
            "Les adresses de messagerie de votre compte viennent d'être modifiées depuis votre "
            "profil."
        ),
        s.t(
            "Si ce n'est pas vous, changez votre mot de passe et prévenez votre mairie sans "
            "attendre."
        ),
    ]


def _access_erased(s: Subject) -> list[str]:
    return [
        s.t(
            "À votre demande, votre accès par Telegram, vos choix et vos demandes non validées "
            "ont été effacés. Vos réservations n'ont pas changé, et la mairie vous écrit "
            "désormais à cette adresse seulement."
        ),
        s.t(
            "Pour revenir, demandez une nouvelle lettre à votre mairie. Si ce n'est pas vous, "
            "prévenez-la sans attendre."
        ),
    ]


def _reset_link(s: Subject) -> list[str]:
    return [
        s.t("Ouvrez ce lien avec le compte Telegram qui a fait la demande :"),
        s.link,
        s.t("Il est valable 30 minutes et ne sert qu'une fois. Ne le transmettez à personne."),
        s.t("Si vous n'avez rien demandé, ne faites rien : votre mot de passe ne change pas."),
    ]


def _password_changed(s: Subject) -> list[str]:
    return [
        s.t(
            "Le mot de passe de votre compte a été changé le {instant}. Les autres appareils "
            "connectés ont été déconnectés.",
            instant=s.instant,
        ),
        s.t(
            "Si ce n'est pas vous, demandez un nouveau mot de passe avec « Mot de passe oublié » "
            "et prévenez votre mairie sans attendre."
        ),
    ]


def _new_device(s: Subject) -> list[str]:
    return [
        s.t("Un compte Telegram s'est connecté à votre compte le {instant}.", instant=s.instant),
        s.t(
            "Si ce n'est pas vous, changez votre mot de passe dans votre profil : les autres "
            "appareils seront déconnectés. Prévenez aussi votre mairie."
        ),
    ]


def _account_locked(s: Subject) -> list[str]:
    return [
        s.t(
            "Trop de mots de passe faux ont été essayés avec votre identifiant, le dernier le "
            "{instant}. Par sécurité, aucun nouvel appareil ne peut plus se connecter avec lui.",
            instant=s.instant,
        ),
        s.t("Les appareils déjà connectés continuent de fonctionner."),
        s.t(
            "Pour connecter un nouvel appareil, choisissez un nouveau mot de passe avec « Mot de "
            "passe oublié », ou adressez-vous à votre mairie."
        ),
    ]


def _announcement(s: Subject) -> list[str]:
    """Its words, put beside the facts when it is written (``bot.courier.render``)."""
    told = s.due.notice.params
    beside = s.t(
        "Un document accompagne cette information : il est dans votre conversation Telegram avec "
        "la mairie, ou à demander auprès d'elle."
    )
    words = [told.get("title", ""), told.get("text", "")]
    return [word for word in (*words, beside if told.get("file") else "") if word] or [
        s.t("Votre mairie a une information pour vous.")
    ]


_BODIES: Final[Mapping[Kind, Callable[[Subject], list[str]]]] = {
    Kind.PLACE_GIVEN: _place_given,
    Kind.PLACE_OFFERED: _place_offered,
    Kind.OFFER_LAPSED: _offer_lapsed,
    Kind.REQUEST_ACCEPTED: _request_accepted,
    Kind.REQUEST_REFUSED: _request_refused,
    Kind.REQUEST_WAITLISTED: _request_waitlisted,
    Kind.DAY_CLOSED: _day_closed,
    Kind.DRAFT_LAPSED: _draft_lapsed,
    Kind.DEADLINE_REMINDER: _deadline_reminder,
    Kind.WAITING_REMINDER: _waiting_reminder,
    Kind.PAYMENT_RECEIPT: _payment_receipt,
    Kind.PAYMENT_REMINDER: _payment_reminder,
    Kind.ANNOUNCEMENT: _announcement,
    Kind.EMAIL_CODE: _email_code,
    Kind.EMAIL_CHANGED: _email_changed,
    Kind.RESET_LINK: _reset_link,
    Kind.PASSWORD_CHANGED: _password_changed,
    Kind.NEW_DEVICE: _new_device,
    Kind.ACCOUNT_LOCKED: _account_locked,
    Kind.ACCESS_ERASED: _access_erased,
}
