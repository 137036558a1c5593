"""The follow-up list (F2)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from conversations.followup import filters, views
from conversations.followup.routes import Answer, AskCancel, FilterMonth, ShowBox
from conversations.texts import Html
from domain.bookings.filters import Filters, Shown
from domain.bookings.model import BookingId, State
from domain.bookings.views import FollowUpView
from tests import builders
from tests.conversations import facts

ABOVE = Html("Mairie")
EURO = "\u00a0€"


def listed(*lines, page: int = 1, pages: int = 1) -> FollowUpView:
    return FollowUpView(lines, page, pages, Decimal("24.87"))


def test_the_list_as_a_whole(t):
    waiting = facts.follow_up_line(State.WAITLISTED, rank=1, waiting=3, cancel_limit=None)

    screen = views.screen(listed(facts.follow_up_line(), waiting), ABOVE, "", t)

    what = f"Activité 1, 07:30–18:00 · 24,87{EURO}\n"
    assert screen.text == (
        "Mairie\n\n"
        "<b>Suivi des réservations</b>\n\n"
        f"<b>1. mer. 2 déc. · Enfant 1</b>\n{what}"
        "✓ acceptée, non transmise, annulable jusqu'au lun. 23 nov. à 10:00\n\n"
        f"<b>2. mer. 2 déc. · Enfant 1</b>\n{what}"
        "… en liste d'attente, rang 1 sur 3, non transmise\n\n"
        f"Total des réservations acceptées : 24,87{EURO}*\n"
        "* Le coût peut évoluer en fonction de la date de révision des tarifs."
    )
    assert [[button.text for button in row] for row in screen.rows] == [
        ["1. Annuler", "2. Quitter la liste"],
        ["Filtres", "Imprimer, exporter"],
        ["Réserver", "Accueil"],
    ]


def test_a_transmitted_booking_past_its_limit_says_both_and_leads_to_absences(t):
    line = facts.follow_up_line(can_cancel=False)
    line = replace(line, booking=replace(line.booking, transmitted=True))

    screen = views.screen(listed(line), ABOVE, "", t)

    assert "✓ acceptée, transmise, plus annulable depuis le lun. 23 nov. à 10:00" in screen.text
    assert [screen.rows[0][0].text, len(screen.rows)] == ["Signaler une absence", 3]


def test_an_offered_place_is_answered_in_the_list(t):
    line = facts.follow_up_line(State.OFFERED, cancel_limit=None)
    line = replace(line, booking=replace(line.booking, offer_until=builders.NOW))

    screen = views.screen(listed(line), ABOVE, "", t)

    assert "répondez avant le lun. 23 nov. à 10:00" in screen.text
    assert [button.data for button in screen.rows[0]] == [
        Answer.data(BookingId(1), accept=True),
        Answer.data(BookingId(1), accept=False),
    ]


def test_the_towns_reason_is_shown(t):
    line = facts.follow_up_line(State.REFUSED, cancel_limit=None)
    line = replace(line, booking=replace(line.booking, reason="Dossier <incomplet>"))

    assert "✘ refusée, Dossier &lt;incomplet&gt;" in views.screen(listed(line), ABOVE, "", t).text


def test_a_usual_reason_is_shown_in_the_familys_language(en):
    line = facts.follow_up_line(State.REFUSED, cancel_limit=None)
    line = replace(line, booking=replace(line.booking, reason="Dossier incomplet"))

    assert "Incomplete file" in views.screen(listed(line), ABOVE, "", en).text


@pytest.mark.parametrize(
    ("page", "pages", "labels"),
    [
        (1, 1, []),
        (1, 3, ["Page 1/3", "›"]),
        (2, 3, ["‹", "Page 2/3", "›"]),
        (3, 3, ["‹", "Page 3/3"]),
    ],
)
def test_a_long_list_is_turned_page_by_page(t, page, pages, labels):
    screen = views.screen(listed(facts.follow_up_line(), page=page, pages=pages), ABOVE, "", t)

    turner = [b.text for row in screen.rows[1:-2] for b in row]
    assert turner == labels


def test_cancelling_comes_back_to_its_page(t):
    screen = views.screen(listed(facts.follow_up_line(), page=2, pages=3), ABOVE, "", t)

    assert screen.rows[0][0].data == AskCancel.data(BookingId(1), 2)


def test_nothing_booked_says_so(t):
    assert "aucune réservation à venir" in views.screen(listed(), ABOVE, "", t).text


def test_filters_are_told_and_can_be_given_up_where_nothing_matches(t):
    view = replace(listed(), filters=Filters(hidden=frozenset({Shown.TRANSMITTED})))

    screen = views.screen(view, ABOVE, "Filtres : ☐ Transmises", t)

    assert "Filtres : ☐ Transmises" in screen.text
    assert "Aucune réservation ne correspond à vos filtres." in screen.text
    assert screen.rows[0][0].text == "Tout montrer"


def test_the_filters_say_what_they_are(t):
    children, activities = facts.household()
    chosen = Filters(children[1].id, None, date(2026, 12, 1), frozenset({Shown.REFUSED}))

    screen = filters.screen(chosen, children, activities, builders.DAY, t)

    labels = [button.text for row in screen.rows for button in row]
    assert "☐ Refusées" in labels
    assert "☑ Acceptées" in labels
    assert f"Enfant : {children[1].first_name}" in labels
    assert "Activité : toutes les activités" in labels
    assert {"‹", "Déc. 2026", "›"} <= set(labels)
    told = filters.told(chosen, children, activities, t)
    assert told == f"Filtres : {children[1].first_name}, Décembre 2026, ☐ Refusées"


def test_everything_to_come_needs_no_word(t):
    assert filters.told(Filters(), (), (), t) == ""


def test_a_box_asks_for_what_it_is_not(t):
    screen = filters.screen(Filters(), (), (), builders.DAY, t)

    first = screen.rows[0][0]
    assert (first.text, first.data) == (
        "☑ En attente",
        ShowBox(box=Shown.PENDING, shown=False).pack(),
    )


def test_the_next_month_after_what_is_to_come_is_this_one(t):
    screen = filters.screen(Filters(), (), (), builders.DAY, t)

    turn = next(row for row in screen.rows if row[0].text == "‹")
    assert turn[0].data == FilterMonth(first=date(2026, 11, 1)).pack()
    assert turn[2].data == FilterMonth(first=date(2026, 12, 1)).pack()
