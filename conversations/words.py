"""Words of every code, reason, state and result of the domain. Tests see that none is missing."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final

from conversations.texts import Texts
from domain.bookings.model import DayState, Reason, Result, State
from domain.errors import DomainError


def mark(message: str) -> str:
    """Has the message collected; it is translated when it is said."""
    return message


REFUSALS: Final[Mapping[str, str]] = {
    "error.generic": mark("Cette demande n'a pas pu être traitée. Rien n'a été modifié."),
    "error.not_found": mark(
        "Cet élément n'existe pas ou n'est plus accessible. Rien n'a été modifié."
    ),
    "staff.not_allowed": mark(
        "Votre rôle, ou votre service, ne permet pas cette opération. Rien n'a été modifié."
    ),
    "staff.invitation_refused": mark(
        "Cette invitation ne permet pas ou plus d'entrer : elle sert une seule fois, pendant "
        "sept jours. Demandez-en une nouvelle."
    ),
    "staff.idle": mark(
        "Vous ne vous êtes pas servi de votre accès d'agent depuis longtemps : pour protéger les "
        "familles, il a été fermé ici. Demandez une nouvelle invitation."
    ),
    "places.changed": mark("La situation a changé entre-temps. Rien n'a été modifié."),
    "places.day_over": mark("Ce jour est passé : il ne se change plus. Rien n'a été modifié."),
    "places.not_in_line": mark(
        "Cet enfant n'attend plus cette place : elle lui a été donnée ou proposée, ou il n'est "
        "plus en liste. Rien n'a été modifié."
    ),
    "places.reason_needed": mark(
        "Il faut un motif de {shortest} à {longest} caractères. Rien n'a été modifié."
    ),
    "places.no_room": mark(
        "Trop de déplacements ont déjà eu lieu à ce rang : choisissez-en un autre. Rien n'a été "
        "modifié."
    ),
    "places.not_a_number": mark(
        "Envoyez un nombre de 0 à {most}, ou « illimité ». Rien n'a été modifié."
    ),
    "alerts.already_settled": mark("C'est déjà réglé. Rien de plus n'a été fait."),
    "imports.too_big": mark("Ce fichier est trop volumineux : {most} Mo au plus."),
    "imports.in_hand": mark("Un import est en cours : attendez qu'il se termine."),
    "imports.not_received": mark(
        "Le fichier n'a pas pu être reçu de Telegram. Rien n'a été écrit : envoyez-le à nouveau."
    ),
    "imports.file_changed": mark(
        "Ce n'est plus le fichier vérifié. Rien n'a été écrit : envoyez-le à nouveau."
    ),
    "imports.not_every_structure": mark(
        "Un import touche ce que toutes les structures partagent : il faut travailler pour "
        "chacune d'elles. Rien n'a été écrit."
    ),
    "families.too_short": mark("Envoyez au moins {shortest} lettres."),
    "families.letter_made": mark(
        "Une lettre vient d'être faite pour cette personne : utilisez celle-là. Rien d'autre n'a "
        "été modifié."
    ),
    "reports.night_done": mark(
        "Cette nuit est déjà faite : une nuit ne se fait jamais deux fois."
    ),
    "reports.night_busy": mark(
        "Cette nuit est en train de se faire. Regardez de nouveau dans quelques minutes."
    ),
    "payments.provider_away": mark(
        "Le service de paiement ne répond pas pour le moment. Rien n'a été payé : réessayez dans "
        "quelques minutes."
    ),
    "payments.provider_not_offered": mark(
        "La mairie ne propose pas, ou plus, ce moyen de paiement. Rien n'a été payé."
    ),
    "payments.amount": mark(
        "Ce n'est pas un montant possible : écrivez par exemple 25 ou 25,50, de {least} à {most}."
    ),
    "payments.just_paid": mark(
        "Un paiement de {amount} a déjà été fait dans ce porte-monnaie le {at}. Voulez-vous payer "
        "cette somme une fois de plus ?"
    ),
    "payments.wallet_closed": mark(
        "Ce porte-monnaie est fermé : il ne reçoit plus de paiement. Rien n'a été payé ; "
        "adressez-vous à votre mairie."
    ),
    "payments.not_the_payer": mark(
        "Cette facture est celle d'une autre famille, ou vous n'êtes plus connecté(e). Rien n'a "
        "été payé."
    ),
    "payments.order_over": mark(
        "Cette facture n'est plus valable : demandez-en une nouvelle depuis votre solde. Rien n'a "
        "été payé."
    ),
    "payments.order_paid": mark("Cette facture est déjà payée. Rien de plus n'a été payé."),
    "payments.order_changed": mark(
        "Cette facture ne correspond pas à votre demande : demandez-en une nouvelle depuis votre "
        "solde. Rien n'a été payé."
    ),
    "accounts.wrong_credentials": mark(
        "L'identifiant ou le mot de passe n'est pas le bon. En cas d'oubli, demandez un nouveau "
        "mot de passe avec le bouton ci-dessous, ou adressez-vous à votre mairie."
    ),
    "accounts.too_many_attempts": mark(
        "Trop d'essais : vous pourrez réessayer à partir de {until}. "
        "En cas d'oubli, adressez-vous à votre mairie."
    ),
    "accounts.wrong_password": mark("Ce n'est pas votre mot de passe. Rien n'a été modifié."),
    "accounts.password_expired": mark(
        "Ce mot de passe provisoire a expiré. Demandez une nouvelle lettre à votre mairie."
    ),
    "accounts.link_refused": mark(
        "Ce lien ne permet pas ou plus d'entrer. Connectez-vous avec votre identifiant, "
        "choisissez « Mot de passe oublié », ou demandez une nouvelle lettre à votre mairie."
    ),
    "accounts.connected_as_another": mark(
        "Ce lien est celui d'un autre compte que le vôtre. Déconnectez-vous d'abord, puis "
        "ouvrez-le de nouveau : il reste valable."
    ),
    "accounts.choice_gone": mark(
        "Trop de temps a passé depuis le premier envoi : choisissez de nouveau votre mot de passe."
    ),
    "accounts.choice_differs": mark(
        "Les deux envois ne sont pas identiques : choisissez de nouveau votre mot de passe."
    ),
    "accounts.too_many_resets": mark(
        "Trop de demandes : vous pourrez recommencer à partir de {until}. "
        "En attendant, adressez-vous à votre mairie."
    ),
    "accounts.idle": mark(
        "Vous ne vous êtes pas servi de cette conversation depuis longtemps : pour protéger vos "
        "données, vous avez été déconnecté(e). Reconnectez-vous pour continuer."
    ),
    "choices.last_channel": mark(
        "Cette alerte doit pouvoir vous joindre : gardez Telegram ou le mail. "
        "Rien n'a été modifié."
    ),
    "emails.malformed": mark(
        "Ces adresses ne peuvent pas être utilisées : {which}. Écrivez chaque adresse en entier "
        "et séparez-les par « ; ». Rien n'a été modifié."
    ),
    "emails.too_many": mark("{most} adresses au plus. Rien n'a été modifié."),
    "emails.none": mark("Envoyez au moins une adresse. Rien n'a été modifié."),
    "emails.wrong_code": mark("Ce n'est pas le bon code. Essais restants : {left}."),
    "emails.code_gone": mark(
        "Ce code n'est plus valable : demandez-en un nouveau depuis vos adresses."
    ),
    "emails.too_many_codes": mark(
        "Des codes viennent déjà d'être envoyés : vous pourrez en redemander à partir de {until}."
    ),
    "privacy.export_under_way": mark(
        "Vos données sont déjà en préparation : attendez le fichier."
    ),
    "privacy.too_many_exports": mark(
        "Vous avez reçu vos données plusieurs fois aujourd'hui. Vous pourrez les redemander à "
        "partir de {until}."
    ),
    "booking.family_in_debt": mark(
        "Votre compte famille est débiteur ({wallet} : {balance}) : aucune nouvelle réservation "
        "n'est possible. Réglez ce solde, ici ou auprès de votre mairie, puis recommencez. "
        "Vous pouvez toujours annuler une réservation."
    ),
    "booking.hours_not_allowed": mark(
        "Ces horaires ne sont pas possibles pour cette activité. Rien n'a été modifié."
    ),
    "booking.day_locked": mark(
        "Ce jour ne peut plus être demandé ni modifié depuis le {limit}. Rien n'a été modifié."
    ),
    "booking.stale_recap": mark(
        "Vos demandes ont changé depuis ce récapitulatif. Relisez-le avant de valider : "
        "rien n'est encore enregistré."
    ),
    "booking.empty_draft": mark("Vous n'avez aucune demande à valider."),
    "booking.offer_gone": mark(
        "Cette place ne vous est plus proposée : le délai est passé, ou vous avez déjà répondu."
    ),
    "booking.not_waiting": mark(
        "Vous n'attendez plus cette place : elle vous a été donnée, proposée ou refusée entre-"
        "temps. Voyez le suivi des réservations."
    ),
    "booking.not_cancellable": mark(
        "Cette réservation n'est plus annulable depuis le {limit}. Adressez-vous à votre mairie."
    ),
    "booking.no_queue": mark(
        "Cette activité n'a pas de liste d'attente : la demande peut être acceptée ou refusée."
    ),
    "booking.day_over": mark(
        "Ce jour a commencé ou est passé : la demande ne peut plus qu'être refusée."
    ),
    "requests.reason_needed": mark(
        "Un motif est nécessaire : il est dit à la famille. Rien n'a été modifié."
    ),
    "booking.not_pending": mark("Cette demande a déjà reçu une réponse."),
    "absences.day_over": mark(
        "Cette journée est terminée : une absence se déclare le jour même au plus tard. "
        "Adressez-vous à votre mairie. Rien n'a été modifié."
    ),
    "absences.not_booked": mark(
        "Aucune réservation acceptée ce jour-là : il n'y a pas d'absence à déclarer. "
        "Rien n'a été modifié."
    ),
    "absences.still_cancellable": mark(
        "Cette réservation est encore annulable jusqu'au {limit} : annulez-la plutôt dans le "
        "suivi, elle ne sera pas facturée. Rien n'a été modifié."
    ),
    "absences.not_declared": mark(
        "Aucune absence n'est déclarée ce jour-là, ou elle a été retirée. Rien n'a été modifié."
    ),
    "absences.note_too_long": mark(
        "Ce mot est trop long : {longest} caractères au plus. Rien n'a été modifié."
    ),
    "absences.unusable_file": mark(
        "Envoyez une photo ou un PDF de {most} Mo au plus. Rien n'a été modifié."
    ),
    "announcements.nothing_said": mark("Il manque un titre : écrivez-le sur la première ligne."),
    "announcements.title_too_long": mark(
        "La première ligne est le titre : {longest} caractères au plus, elle en a {has}. "
        "Rien n'a été modifié."
    ),
    "announcements.text_too_long": mark(
        "Ce texte est trop long de {over} caractères : {longest} au plus sous ce titre. "
        "Rien n'a été modifié."
    ),
    "announcements.caption_too_long": mark(
        "Ce texte est trop long de {over} caractères pour accompagner une image ou un document : "
        "{longest} au plus sous ce titre. Rien n'a été modifié."
    ),
    "announcements.file_too_big": mark(
        "Ce fichier est trop lourd : {most} Mo au plus. Rien n'a été modifié."
    ),
    "announcements.changed": mark(
        "Cette annonce a changé entre-temps. Relisez-la avant de confirmer : rien n'est parti."
    ),
    "announcements.nobody": mark("Personne ne correspond à ce public : rien n'est parti."),
    "announcements.too_late": mark("Cette heure est passée : choisissez-en une autre."),
    "announcements.file_stays": mark(
        "De ce qui est déjà envoyé, seul le texte peut changer. Rien n'a été modifié."
    ),
    "reminders.gone": mark(
        "Ce rappel n'est plus valable : la date limite est passée. Rien n'a été modifié."
    ),
    "reminders.other_structure": mark(
        "Ce rappel concerne une autre structure : {structure}. Choisissez-la dans votre profil, "
        "puis touchez de nouveau le bouton du rappel."
    ),
    "documents.not_opened": mark(
        "Ouvrez d'abord ce document : il faut l'avoir lu avant de l'accepter ou de le signer."
    ),
    "documents.unsigned": mark(
        "Le règlement intérieur n'est pas encore signé pour cet enfant : signez-le d'abord."
    ),
    "tariff.missing": mark(
        "La mairie n'a pas encore donné de tarif pour cette activité à cette date."
    ),
}

REASONS: Final[Mapping[Reason, str]] = {
    Reason.CLOSED: mark("activité fermée ce jour-là"),
    Reason.LATE: mark("délai de réservation dépassé"),
    Reason.FULL: mark("activité complète"),
    Reason.NOT_ENROLLED: mark("enfant non inscrit à cette date"),
    Reason.CLASH: mark("l'enfant a déjà une réservation à ces heures"),
    Reason.ALREADY_BOOKED: mark("déjà demandée"),
    Reason.NOTHING_TO_CANCEL: mark("aucune réservation à annuler"),
    Reason.LOCKED: mark("délai d'annulation dépassé"),
    Reason.NO_TARIFF: mark("tarif non défini par la mairie"),
    Reason.HOURS: mark("horaires à choisir pour ce jour-là"),
    Reason.DEBT: mark("compte famille débiteur"),
    Reason.PERIOD: mark("hors période de réservation"),
    Reason.UNSIGNED: mark("règlement intérieur non signé"),
    Reason.TOGETHER: mark("ses frères et sœurs, à placer ensemble, n'ont pas pu l'être"),
    Reason.OTHER_FAMILY: mark("déjà demandée par l'autre foyer de l'enfant"),
}

STATES: Final[Mapping[State, str]] = {
    State.ACCEPTED: mark("acceptée"),
    State.PENDING: mark("en attente de réponse"),
    State.WAITLISTED: mark("en liste d'attente"),
    State.OFFERED: mark("place proposée, réponse attendue"),
    State.REFUSED: mark("refusée"),
    State.CANCELLED: mark("annulée"),
}

RESULTS: Final[Mapping[Result, str]] = {  # headings
    Result.ACCEPTED: mark("Acceptées"),
    Result.WAITLISTED: mark("Mises en liste d'attente"),
    Result.PENDING: mark("En attente de réponse de la mairie"),
    Result.CHANGED: mark("Horaires modifiés"),
    Result.CANCELLED: mark("Annulées"),
    Result.NOT_PROCESSED: mark("Non traitées"),
}

DAY_STATES: Final[Mapping[DayState, str]] = {
    DayState.CLOSED: mark("délai de réservation dépassé"),
    DayState.FULL: mark("complet, sans liste d'attente"),
    DayState.AVAILABLE: mark("disponible (petit chiffre : places restantes)"),
    DayState.WAITLIST_ONLY: mark("disponible uniquement en liste d'attente"),
    DayState.BOOKED: mark("réservé, modifiable"),
    DayState.WAITING: mark("en attente ou refusé, annulable"),
    DayState.BOOKED_LOCKED: mark("réservé, non modifiable"),
    DayState.WAITING_LOCKED: mark("en attente ou refusé, hors délai (retrait possible)"),
}


def refusal(error: DomainError, t: Texts) -> str:
    """The sentence of a refusal, plain. A code without words gets the general one."""
    params = {name: _told(value, t) for name, value in error.params.items()}
    return t(REFUSALS.get(error.code, REFUSALS["error.generic"]), **params)


def too_late(t: Texts) -> str:
    """Of what was typed long after it was asked for; plain."""
    return t("Vous avez attendu trop longtemps : rien n'a été fait. Recommencez.")


def _told(value: object, t: Texts) -> object:
    match value:
        case datetime():
            return t.instant(value)
        case Decimal():
            return t.money(value)
        case _:
            return value


def reason(why: Reason, t: Texts, limit: datetime | None = None) -> str:
    """Why a day was left alone, with the limit that was passed when there is one."""
    said = t(REASONS[why])
    if why is Reason.PERIOD and limit is not None:
        return t("{reason} ({limit})", reason=said, limit=t.instant(limit))
    if limit is None or why not in {Reason.LATE, Reason.LOCKED}:
        return said
    return t("{reason} (limite : {limit})", reason=said, limit=t.instant(limit))
