"""The home screen: what waits for the family, what the town says, and where to go (H1, H2)."""

from collections.abc import Iterator
from typing import Final

from conversations.absences.routes import AbsenceDays
from conversations.announcements import views as announcements
from conversations.booking.routes import Children, Recap
from conversations.documents.routes import Sheets
from conversations.followup.routes import FollowUp
from conversations.home.routes import Languages
from conversations.home.views import header
from conversations.login.routes import LogOut
from conversations.money.routes import Balance
from conversations.profile.routes import Profile, Structures
from conversations.screen import Button, Row, Screen, Style
from conversations.texts import Html, Texts, clipped
from domain.accounts.model import Identity
from domain.activities.model import Structure
from domain.home.model import Closing, HomeView, OfferedPlace, ToDo
from domain.money.model import Asked

LINES: Final = 3  # of each kind
NAME, FIRST_NAME = 60, 25  # characters


def screen(view: HomeView, who: Identity, structure: Structure, t: Texts) -> Screen:
    parts = [
        header(who, structure, t),
        _todo(view.todo, t),
        *(announcements.short(one) for one in view.announcements[: announcements.ON_HOME]),
        _drafted(view.drafted, t),
        t("Que souhaitez-vous faire ?"),
    ]
    return Screen("\n\n".join(part for part in parts if part), _rows(view, t))


def _drafted(drafted: int, t: Texts) -> str:
    if not drafted:
        return ""
    return t.plural(
        "<b>{n} demande n'est pas encore validée.</b>",
        "<b>{n} demandes ne sont pas encore validées.</b>",
        drafted,
    )


# -- to do -----------------------------------------------------------------------------------
def _todo(todo: ToDo, t: Texts) -> str:
    lines = [*_unsigned(todo, t), *_debts(todo, t), *_offers(todo, t), *_closing(todo, t)]
    return "\n".join([t("<b>À faire</b>"), *lines]) if lines else ""


def _unsigned(todo: ToDo, t: Texts) -> Iterator[Html]:
    if todo.unsigned:
        names = ", ".join(clipped(c.first_name, FIRST_NAME) for c in todo.unsigned[:LINES])
        more = "…" if len(todo.unsigned) > LINES else ""
        yield t.html("• Règlement intérieur à signer : {names}", names=names + more)


def _debts(todo: ToDo, t: Texts) -> Iterator[Html]:
    for wallet in todo.debts[:LINES]:
        yield t.html(
            "• Solde négatif : {wallet}, {balance}",
            wallet=clipped(wallet.name, NAME),
            balance=t.money(wallet.balance),
        )


def _offers(todo: ToDo, t: Texts) -> Iterator[Html]:
    for offer in todo.offers[:LINES]:
        yield t.html(
            "• Une place vous est proposée : {child}, {activity}, {day} "
            "(répondez avant le {until})",
            **_about(offer),
            day=t.short_day(offer.day),
            until=t.instant(offer.until),
        )


def _closing(todo: ToDo, t: Texts) -> Iterator[Html]:
    for closing in todo.closing[:LINES]:
        days = t.short_day(closing.first)
        if closing.days > 1:
            days = t("{n} jours à partir du {day}", n=closing.days, day=days)
        yield t.html(
            "• Rien n'est réservé : {child}, {activity}, {days} (possible jusqu'au {limit})",
            **_about(closing),
            days=days,
            limit=t.instant(closing.limit),
        )


def _about(what: OfferedPlace | Closing) -> dict[str, str]:
    return {
        "child": clipped(what.child.first_name, FIRST_NAME),
        "activity": clipped(what.activity.name, NAME),
    }


# -- where to go -------------------------------------------------------------------------------
def _rows(view: HomeView, t: Texts) -> tuple[Row, ...]:
    first = tuple(_first(view, t))
    book = Button(t("Réserver"), Children().pack(), None if first else Style.PRIMARY)
    return (
        *first,
        (book,),
        (Button(t("Suivi des réservations"), FollowUp.data(1)),),
        (Button(t("Solde et historiques"), Balance.of(Asked())),),
        *_absent(view, t),
        *announcements.under_home(view.announcements, t),
        *_elsewhere(view, t),
        (Button(t("Profil"), Profile().pack()), Button(t("Langue"), Languages().pack())),
        (Button(t("Se déconnecter"), LogOut().pack()),),
    )


def _first(view: HomeView, t: Texts) -> Iterator[Row]:
    if view.todo.unsigned:
        yield (Button(t("Signer le règlement intérieur"), Sheets().pack(), Style.PRIMARY),)
    if view.todo.debts:
        yield (Button(t("Régler un solde négatif"), Balance.of(Asked()), Style.PRIMARY),)
    if view.todo.offers:
        yield (Button(t("Répondre aux places proposées"), FollowUp.data(1), Style.PRIMARY),)
    if view.drafted:
        check = t("Vérifier mes demandes ({n})", n=view.drafted)
        yield (Button(check, Recap.data(1), Style.PRIMARY),)


def _absent(view: HomeView, t: Texts) -> Iterator[Row]:
    if view.is_soon_there:
        yield (Button(t("Signaler une absence"), AbsenceDays(page=1).pack()),)


def _elsewhere(view: HomeView, t: Texts) -> Iterator[Row]:
    if len(view.structures) > 1:
        yield (Button(t("Changer de structure"), Structures().pack()),)
