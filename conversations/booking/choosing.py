"""Before the calendar: which child, which activity; beside it: legend and details (B7)."""

from collections.abc import Sequence
from datetime import date, datetime

from conversations import words
from conversations.booking import marks
from conversations.booking.routes import Activities, Children, Month
from conversations.followup.routes import FollowUp
from conversations.home.routes import HOME
from conversations.money.routes import Balance
from conversations.overview.routes import Overview, Week
from conversations.screen import Button, Row, Screen, Style
from conversations.texts import Html, Texts
from domain.accounts.model import Debt
from domain.activities.model import ActivityId
from domain.bookings.model import DayState, DayView
from domain.bookings.views import ActivityChoice, DetailsView
from domain.families.model import Child, ChildId
from domain.money.model import Asked

COMING = 6  # days whose limits the details tell
LOCKED = frozenset({DayState.BOOKED_LOCKED, DayState.WAITING_LOCKED})


def children(of: Sequence[Child], week: date, header: Html, t: Texts) -> Screen:
    """``week``: a day of the one that all children open on."""
    if not of:
        question = t("Aucun enfant n'est rattaché à votre compte. Adressez-vous à votre mairie.")
    else:
        question = t("Pour quel enfant souhaitez-vous réserver ?")
    rows = [(Button(child.first_name, Activities.data(child.id)),) for child in of]
    if len(of) > 1:
        rows.append((Button(t("Tous les enfants, par semaine"), Week.data(week)),))
    return Screen(f"{header}\n\n{question}", (*rows, (Button(t("Accueil"), HOME),)))


def in_debt(debt: Debt, header: Html, t: Texts) -> Screen:
    """Instead of what could be booked (B1); what is booked can still be cancelled."""
    text = t.html(
        "Votre compte famille est débiteur : <b>{wallet}</b>, {balance}.\n\n"
        "Aucune nouvelle réservation n'est possible avant son règlement, ici ou auprès de votre "
        "mairie. "
        "Vos réservations en cours restent valables, et peuvent être annulées dans les délais.",
        wallet=debt.wallet,
        balance=t.money(debt.balance),
    )
    settle = Button(t("Solde et paiement"), Balance.of(Asked()), Style.PRIMARY)
    follow_up = Button(t("Suivi des réservations"), FollowUp.data(1))
    home = Button(t("Accueil"), HOME)
    return Screen(f"{header}\n\n{text}", ((settle,), (follow_up,), (home,)))


def activities(
    child: Child, choices: Sequence[ActivityChoice], t: Texts, *, alone: bool
) -> Screen:
    """``alone``: no other child."""
    text = t.html(
        "<b>{child}</b>\nQuelle activité souhaitez-vous réserver ?", child=child.first_name
    )
    if not choices:
        text = t.html(
            "<b>{child}</b>\nAucune inscription n'est ouverte pour cet enfant. "
            "Adressez-vous à votre mairie.",
            child=child.first_name,
        )
    rows = tuple(_choice(child, choice) for choice in choices)
    if len(choices) > 1:
        first = min(choice.opens for choice in choices)
        every = Button(t("Toutes, jour par jour"), Overview.data(child.id, first))
        rows = (*rows, (every,))
    home = Button(t("Accueil"), HOME)
    leave = (home,) if alone else (Button(t("‹ Enfants"), Children().pack()), home)
    return Screen(text, (*rows, leave))


def _choice(child: Child, choice: ActivityChoice) -> Row:
    drafted = f" ({choice.drafted})" if choice.drafted else ""
    data = Month.data(child.id, choice.activity.id, choice.opens)
    return (Button(f"{choice.activity.name}{drafted}", data),)


def legend(child: ChildId, activity: ActivityId, first: date, t: Texts) -> Screen:
    lines = [
        f"<b>12{marks.MARKS[state]}</b>  {t(words.DAY_STATES[state])}"
        for state in DayState
        if state is not DayState.AVAILABLE
    ]
    closed = t("activité fermée ce jour-là")
    text = "\n".join(
        [
            t("<b>Légende du calendrier</b>"),
            "",
            f"<b>{marks.NOT_OPEN}</b>  {closed}",
            f"<b>12</b>, <b>12₅</b>  {t(words.DAY_STATES[DayState.AVAILABLE])}",
            *lines,
            "",
            t("Le nombre de places peut évoluer : il est vérifié quand vous validez."),
            "",
            t("<b>12+</b>  sera réservé une fois vos demandes validées"),
            t("<b>12−</b>  sera annulé une fois vos demandes validées"),
            t("<b>12≈</b>  changera d'horaires une fois vos demandes validées"),
            "",
            t(
                "<b>Lu+</b>  tous les lundis, <b>◂+</b>  la semaine, <b>▦+</b>  le mois : "
                "+ réserve tous les jours disponibles, − annule tous les jours modifiables. "
                "Les autres jours ne changent pas."
            ),
        ]
    )
    return Screen(text, (_back(child, activity, first, t),))


def details(view: DetailsView, t: Texts) -> Screen:
    activity = view.activity
    days = ", ".join(t.weekday_name(number) for number in sorted(activity.weekdays))
    lines = [
        t.html("<b>{activity}</b>", activity=activity.name),
        f"{t.hours(activity.arrival, activity.departure)} · {days}",
        _price(view, t),
    ]
    if activity.approval:
        lines.append(t("Chaque demande reçoit une réponse de la mairie."))
    if view.next_days:
        lines += ["", t("<b>Prochains jours</b>")]
    for day in view.next_days[:COMING]:
        if day.book_limit is not None and day.cancel_limit is not None:
            if _is_over(day):
                lines.append(_over(day.day, day.cancel_limit, t))
            else:
                lines.append(_limits(day.day, day.book_limit, day.cancel_limit, t))
    return Screen("\n".join(lines), (_back(view.child.id, activity.id, view.first, t),))


def _is_over(day: DayView) -> bool:
    """Neither booked nor cancelled any more."""
    return day.late or day.state in LOCKED


def _over(day: date, limit: datetime, t: Texts) -> str:
    return t(
        "{day} : délai dépassé depuis le {limit}", day=t.short_day(day), limit=t.instant(limit)
    )


def _limits(day: date, book: datetime, cancel: datetime, t: Texts) -> str:
    if book == cancel:
        return t(
            "{day} : à réserver ou annuler jusqu'au {limit}",
            day=t.short_day(day),
            limit=t.instant(book),
        )
    return t(
        "{day} : à réserver jusqu'au {book}, à annuler jusqu'au {cancel}",
        day=t.short_day(day),
        book=t.instant(book),
        cancel=t.instant(cancel),
    )


def _price(view: DetailsView, t: Texts) -> str:
    if view.price is None:
        return t("Tarif non défini par la mairie.")
    told = t("Tarif de la journée : {price}", price=t.money(view.price))
    if view.per_slice_minutes is not None:
        told += " " + t("(compté par tranche commencée de {n} minutes)", n=view.per_slice_minutes)
    if view.quotient_missing:
        told += "\n" + t("Quotient familial inconnu : le tarif le plus élevé est indiqué.")
    return told


def _back(child: ChildId, activity: ActivityId, first: date, t: Texts) -> Row:
    data = Month.data(child, activity, first)
    return (Button(t("‹ Calendrier"), data), Button(t("Accueil"), HOME))
