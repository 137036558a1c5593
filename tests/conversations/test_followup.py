"""The follow-up list (F2)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from conversations.followup import views
from conversations.followup.routes import Answer, AskCancel
from conversations.texts import Html
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

    screen = views.screen(listed(facts.follow_up_line(), waiting), ABOVE, t)

    what = f"Activité 1, 07:30–18:00 · 24,87{EURO}\n"
    assert screen.text == (
        "Mairie\n\n"
        "<b>Suivi des réservations</b>\n\n"
        f"<b>mer. 2 déc. · Enfant 1</b>\n{what}"
        "✓ acceptée, non transmise, annulable jusqu'au lun. 23 nov. à 10:00\n\n"
        f"<b>mer. 2 déc. · Enfant 1</b>\n{what}"
        "… en liste d'attente, rang 1 sur 3, non transmise\n\n"
        f"Total des réservations acceptées : 24,87{EURO}*\n"
        "* Le coût peut évoluer en fonction de la date de révision des tarifs."
    )
    assert [row[0].text for row in screen.rows] == [
        "Annuler : mer. 2 déc. · Enfant 1 · Activité 1",
        "Quitter la liste : mer. 2 déc. · Enfant 1 · Activité 1",
        "Réserver",
    ]


def test_a_transmitted_booking_past_its_limit_says_both_and_has_no_button(t):
    line = facts.follow_up_line(can_cancel=False)
    line = replace(line, booking=replace(line.booking, transmitted=True))

    screen = views.screen(listed(line), ABOVE, t)

    assert "✓ acceptée, transmise, plus annulable depuis le lun. 23 nov. à 10:00" in screen.text
    assert len(screen.rows) == 1


def test_an_offered_place_is_answered_in_the_list(t):
    line = facts.follow_up_line(State.OFFERED, cancel_limit=None)
    line = replace(line, booking=replace(line.booking, offer_until=builders.NOW))

    screen = views.screen(listed(line), ABOVE, t)

    assert "répondez avant le lun. 23 nov. à 10:00" in screen.text
    assert [button.data for button in screen.rows[0]] == [
        Answer.data(BookingId(1), accept=True),
        Answer.data(BookingId(1), accept=False),
    ]


def test_the_towns_reason_is_shown(t):
    line = facts.follow_up_line(State.REFUSED, cancel_limit=None)
    line = replace(line, booking=replace(line.booking, reason="Dossier <incomplet>"))

    assert "✘ refusée, Dossier &lt;incomplet&gt;" in views.screen(listed(line), ABOVE, t).text


@pytest.mark.parametrize(
    ("page", "pages", "labels"),
    [
        (1, 1, []),
        (1, 3, ["Page 1 sur 3", "›"]),
        (2, 3, ["‹", "Page 2 sur 3", "›"]),
        (3, 3, ["‹", "Page 3 sur 3"]),
    ],
)
def test_a_long_list_is_turned_page_by_page(t, page, pages, labels):
    screen = views.screen(listed(facts.follow_up_line(), page=page, pages=pages), ABOVE, t)

    turner = [b.text for row in screen.rows[1:-1] for b in row]
    assert turner == labels


def test_cancelling_comes_back_to_its_page(t):
    screen = views.screen(listed(facts.follow_up_line(), page=2, pages=3), ABOVE, t)

    assert screen.rows[0][0].data == AskCancel.data(BookingId(1), 2)


def test_nothing_booked_says_so(t):
    assert "aucune réservation à venir" in views.screen(listed(), ABOVE, t).text
