import pytest

from conversations.followup.routes import Answer, OpenFollowUp
from conversations.home.routes import OPEN_HOME
from conversations.notices.views import mail, render
from domain.activities.model import ActivityId
from domain.bookings.model import BookingId, State
from domain.families.model import ChildId
from domain.notices.model import Kind
from tests import builders
from tests.conversations import facts
from tests.conversations.due import due

APS = ActivityId(1)
TOWN = facts.town(builders.activity(APS, name="APS MATIN"))


def test_an_offered_place_says_until_when_and_has_two_answers(t):
    (screen,) = render(due(Kind.PLACE_OFFERED, activity=APS), TOWN, t)

    assert screen.text == (
        "<b>Une place s'est libérée : votre réponse est attendue.</b>\n\n"
        "Amalia, APS MATIN, mer. 2 décembre, 07:30–12:00\n\n"
        "Cette place vous est gardée : répondez avant le mar. 24 nov. à 19:00. "
        "Sans réponse, elle sera proposée à la famille suivante."
    )
    assert [(button.text, button.data) for button in screen.rows[0]] == [
        ("Je prends", Answer.data(BookingId(9), accept=True)),
        ("Je laisse", Answer.data(BookingId(9), accept=False)),
    ]


def test_an_offer_that_names_no_booking_leads_to_the_list(t):
    (screen,) = render(due(Kind.PLACE_OFFERED, activity=APS, booking=None), TOWN, t)

    assert [button.data for row in screen.rows for button in row] == [
        OpenFollowUp().pack(),
        OPEN_HOME,
    ]


def test_a_given_place_asks_to_cancel_early_what_is_not_needed(t):
    (screen,) = render(due(Kind.PLACE_GIVEN, activity=APS), TOWN, t)

    assert "est maintenant acceptée" in screen.text
    assert "pensez à l'annuler le plus tôt possible" in screen.text


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.NIGHTLY_REPORT}))
def test_the_chat_names_children_by_their_first_name_alone(t, kind):
    (screen,) = render(due(kind, activity=APS), TOWN, t)

    assert "DUPONT" not in screen.text


def test_a_child_that_is_no_longer_known_is_still_somebody(t):
    (screen,) = render(due(Kind.PLACE_GIVEN, activity=APS, child=ChildId(99)), TOWN, t)

    assert "Votre enfant, APS MATIN" in screen.text


@pytest.mark.parametrize("kind", [Kind.REQUEST_REFUSED, Kind.REQUEST_ACCEPTED, Kind.DAY_CLOSED])
def test_the_towns_reason_is_told_when_there_is_one(t, kind):
    with_reason = render(due(kind, activity=APS, reason="Travaux"), TOWN, t)[0].text
    without = render(due(kind, activity=APS), TOWN, t)[0].text

    assert with_reason.endswith("Motif : Travaux")
    assert "Motif" not in without


def test_a_usual_reason_is_told_in_the_familys_language_and_one_that_was_typed_as_it_is(en):
    kind = Kind.REQUEST_REFUSED
    usual = render(due(kind, activity=APS, reason="Dossier incomplet"), TOWN, en)[0].text
    typed = render(due(kind, activity=APS, reason="Travaux {5}"), TOWN, en)[0].text

    assert usual.endswith("Reason: Incomplete file")
    assert typed.endswith("Reason: Travaux {5}")


@pytest.mark.parametrize(
    ("was", "said"),
    [
        (State.ACCEPTED, "Votre réservation est annulée et ne vous sera pas facturée."),
        (State.PENDING, "qui attendait la réponse de la mairie, est annulée"),
        (State.OFFERED, "La place qui vous était proposée n'est plus à prendre"),
        (State.WAITLISTED, "Vous n'êtes plus en liste d'attente pour ce jour"),
    ],
)
def test_a_closed_day_says_what_becomes_of_what_the_family_had_there(t, was, said):
    (screen,) = render(due(Kind.DAY_CLOSED, activity=APS, was=was.value), TOWN, t)

    assert "L'activité est fermée ce jour-là." in screen.text
    assert said in screen.text
    assert ("Votre réservation est annulée" in screen.text) == (was is State.ACCEPTED)


def test_a_closed_day_that_was_told_by_an_older_bot_is_still_readable(t):
    (screen,) = render(due(Kind.DAY_CLOSED, activity=APS), TOWN, t)

    assert "ne vous sera pas facturée" in screen.text


def test_a_mail_greets_tells_and_is_signed(t):
    written = mail(due(Kind.PLACE_GIVEN, activity=APS), TOWN, t)

    paragraphs = written.text.split("\n\n")
    assert written.subject == "Votre demande en liste d'attente est acceptée"
    assert paragraphs[0] == "M. DUPONT Jean-Paul"
    assert paragraphs[2] == "Amalia, APS MATIN, mer. 2 décembre, 07:30–12:00"
    assert paragraphs[-1] == "Mairie de CarteVille"


@pytest.mark.parametrize("kind", sorted(Kind))
def test_every_kind_has_a_mail_in_both_languages(t, en, kind):
    params = {"structure": 1, "booked": 1, "cancelled": 0, "groups": []}
    found = due(kind, **(params if kind is Kind.NIGHTLY_REPORT else {"activity": APS}))

    french, english = mail(found, TOWN, t), mail(found, TOWN, en)

    assert french.subject != english.subject
    assert french.text != english.text


def test_a_reset_link_stands_alone_so_that_the_mail_can_make_it_one(t):
    link = "https://t.me/cartable_bot?start=ABC"

    written = mail(due(Kind.RESET_LINK), TOWN, t, link)

    assert link in written.text.split("\n\n")
    assert "30 minutes" in written.text


@pytest.mark.parametrize("kind", [Kind.NEW_DEVICE, Kind.PASSWORD_CHANGED, Kind.ACCOUNT_LOCKED])
def test_what_happened_to_an_account_is_told_with_its_instant(t, kind):
    (screen,) = render(due(kind), TOWN, t)

    assert "mar. 24 nov. à 19:00" in screen.text
