"""What each act is called in the audit log. A word without a sentence is shown as it is kept."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from conversations.texts import Texts
from conversations.words import STATES, mark
from domain.accounts.events import Event
from domain.activities.catalogue import Catalogue
from domain.announcements.acts import AnnouncementAct
from domain.announcements.composed import Status
from domain.journal.model import LogLine
from domain.staff.acts import StaffAct

ACTS: Final[Mapping[str, str]] = {
    StaffAct.STAFF_INVITED: mark("Agent invité"),
    StaffAct.STAFF_ROLE_CHANGED: mark("Rôle d'un agent changé"),
    StaffAct.STAFF_DISABLED: mark("Accès d'un agent terminé"),
    StaffAct.INVITATION_REFUSED: mark("Invitation refusée"),
    StaffAct.LOGGED_IN: mark("Connexion d'un agent"),
    StaffAct.SESSION_ENDED: mark("Appareil d'un agent déconnecté"),
    StaffAct.REQUEST_ACCEPTED: mark("Demande acceptée"),
    StaffAct.REQUEST_REFUSED: mark("Demande refusée"),
    StaffAct.REQUEST_WAITLISTED: mark("Demande mise en attente"),
    StaffAct.SHEET_READ: mark("Feuille du jour lue"),
    StaffAct.SHEET_TAKEN: mark("Feuille de présence exportée"),
    StaffAct.ANNOUNCED: mark("Annonce envoyée"),
    StaffAct.ANNOUNCEMENT_EDITED: mark("Annonce modifiée"),
    StaffAct.ANNOUNCEMENT_WITHDRAWN: mark("Annonce retirée"),
    AnnouncementAct.COMPOSED: mark("Annonce commencée"),
    AnnouncementAct.PAUSED: mark("Envoi d'une annonce suspendu"),
    AnnouncementAct.RESUMED: mark("Envoi d'une annonce repris"),
    AnnouncementAct.SENT_AGAIN: mark("Annonce renvoyée aux incertains"),
    AnnouncementAct.FOLLOWED_UP: mark("Familles non jointes par une annonce consultées"),
    StaffAct.CAPACITY_CHANGED: mark("Nombre de places changé"),
    StaffAct.DAY_CLOSED: mark("Jour fermé"),
    StaffAct.DAY_REOPENED: mark("Jour rouvert"),
    StaffAct.WAITLIST_REORDERED: mark("Rang changé en liste d'attente"),
    StaffAct.FAMILIES_SEARCHED: mark("Recherche de familles"),
    StaffAct.FAMILY_VIEWED: mark("Fiche de famille ouverte"),
    StaffAct.UNREACHABLE_VIEWED: mark("Familles injoignables consultées"),
    StaffAct.NIGHT_RUN: mark("Nuit lancée à la main"),
    StaffAct.AUDIT_TAKEN: mark("Journal exporté"),
    StaffAct.ALERT_SETTLED: mark("Alerte réglée"),
    StaffAct.STRAY_SETTLED: mark("Paiement rattaché ou remboursé"),
    StaffAct.IMPORTED: mark("Import"),
    Event.INVITED: mark("Nouvelle lettre pour un parent"),
    Event.UNLOCKED: mark("Identifiant de parent déverrouillé"),
}
ABOUT: Final[Mapping[str, str]] = {  # numbers that say what it was about
    "family": mark("famille {n}"),
    "booking": mark("réservation {n}"),
    "found": mark("familles trouvées : {n}"),
    "families": mark("familles prévenues : {n}"),
    "lines": mark("lignes : {n}"),
    "announcement": mark("annonce {n}"),
    "alert": mark("alerte {n}"),
    "stray": mark("paiement isolé {n}"),
    "amount": mark("montant {n}"),
    "chats": mark("conversations : {n}"),
}
VALUES: Final[Mapping[str, str]] = {
    "unlimited": mark("sans limite"),
    "refunded": mark("remboursé à la main"),
    "now": mark("tout de suite"),
    **{state.value: word for state, word in STATES.items()},
    Status.DRAFT: mark("brouillon"),
    Status.SCHEDULED: mark("programmée"),
    Status.SENDING: mark("envoi en cours"),
    Status.PAUSED: mark("envoi suspendu"),
    Status.SENT: mark("envoyée"),
    Status.WITHDRAWN: mark("retirée"),
}


def act(line: LogLine, t: Texts) -> str:
    return t(ACTS[line.what]) if line.what in ACTS else line.what


def about(line: LogLine, catalogue: Catalogue, t: Texts) -> str:
    """ "Cantine, 4 décembre 2026, famille 12"; plain."""
    activity = line.details.get("activity")
    said = [one.name for one in catalogue.activities.values() if one.id == activity]
    said += [_day(line.details[key], t) for key in ("day", "night") if key in line.details]
    said += [t(ABOUT[key], n=line.details[key]) for key in ABOUT if key in line.details]
    if line.guardian_id is not None:
        said.append(t("parent {n}", n=line.guardian_id))
    return ", ".join(said)


def _day(said: object, t: Texts) -> str:
    try:
        return t.long_day(date.fromisoformat(str(said)))
    except ValueError:  # kept by other hands: shown as it is
        return str(said)


def value(said: str, t: Texts) -> str:
    """Of what was before or after: a number, a word of a list, or an instant."""
    if said in VALUES:
        return t(VALUES[said])
    return t.instant(datetime.fromisoformat(said)) if "T" in said else said
