from dataclasses import replace

import pytest

from conversations.followup.routes import Answer, AskCancel, Cancel, FollowUp, Leave, OpenFollowUp
from domain.bookings.errors import NotCancellable, NotWaiting, OfferGone
from domain.bookings.model import BookingId, State
from domain.bookings.views import FollowUpView
from domain.errors import NotFound
from tests import builders
from tests.conversations import facts

ONE = BookingId(1)


@pytest.fixture
def listed(stage):
    line = facts.follow_up_line()
    stage.domain.answers["show_follow_up"] = FollowUpView((line,), 1, 1, line.booking.price)
    stage.domain.answers["cancel_booking"] = replace(line.booking, state=State.CANCELLED)
    stage.domain.answers["answer_offer"] = line.booking
    return stage


async def test_cancelling_is_asked_with_what_it_is_about_and_then_done(listed):
    await listed.press(FollowUp.data(1))
    await listed.press(listed.shown.data("1. Annuler"))
    asked = listed.shown
    await listed.press(asked.data("Oui, annuler"))

    assert "Annuler cette réservation" in asked.text
    assert ("cancel_booking", ONE) in listed.domain.asked
    assert listed.shown.text.startswith("C'est annulé : Enfant 1, Activité 1, mer. 2 décembre.")


async def test_a_booking_that_is_not_on_the_list_cannot_be_asked_about(listed):
    await listed.press(AskCancel.data(BookingId(99), 1))

    assert listed.shown.text.startswith("Cet élément n'existe pas")


async def test_another_familys_booking_is_refused(listed):
    listed.domain.answers["cancel_booking"] = NotFound()

    await listed.press(Cancel.data(BookingId(99), 1))

    assert listed.shown.text.startswith("Cet élément n'existe pas")


async def test_a_passed_limit_is_told_exactly(listed):
    listed.domain.answers["cancel_booking"] = NotCancellable(limit=builders.NOW)

    await listed.press(Cancel.data(ONE, 1))

    assert "depuis le lun. 23 nov. à 10:00" in listed.shown.text


@pytest.mark.parametrize(
    ("accept", "state", "said"),
    [
        (True, State.ACCEPTED, "a sa place"),
        (True, State.PENDING, "La mairie doit encore répondre"),
        (False, State.CANCELLED, "vous laissez la place"),
    ],
)
async def test_an_offer_is_answered_in_place(listed, accept, state, said):
    answered = replace(listed.domain.answers["answer_offer"], state=state)
    listed.domain.answers["answer_offer"] = answered

    await listed.press(Answer.data(ONE, accept=accept))

    assert listed.domain.asked == [("answer_offer", ONE, accept)]
    assert said in listed.shown.text


async def test_an_answer_for_linked_siblings_says_that_it_goes_for_them_too(listed):
    answered = replace(listed.domain.answers["answer_offer"], together=3)
    listed.domain.answers["answer_offer"] = answered

    await listed.press(Answer.data(ONE, accept=True))

    assert "Cela vaut aussi pour ses frères et sœurs." in listed.shown.text


async def test_a_queue_is_left_from_the_reminder(listed):
    listed.domain.answers["leave_queue"] = listed.domain.answers["cancel_booking"]

    await listed.press(Leave.data(ONE))

    assert listed.domain.asked == [("leave_queue", ONE)]
    assert listed.shown.text.startswith("C'est noté : Enfant 1 n'attend plus de place")


async def test_a_place_that_was_given_meanwhile_is_not_left(listed):
    listed.domain.answers["leave_queue"] = NotWaiting()

    await listed.press(Leave.data(ONE))

    assert listed.shown.text.startswith("Vous n'attendez plus cette place")


async def test_an_offer_that_is_gone_says_so(listed):
    listed.domain.answers["answer_offer"] = OfferGone()

    await listed.press(Answer.data(ONE, accept=True))

    assert listed.shown.text.startswith("Cette place ne vous est plus proposée")


async def test_the_list_opened_from_a_notice_leaves_the_notice(listed):
    await listed.press(OpenFollowUp().pack())

    assert listed.shown.what == "send"
    assert "Suivi des réservations" in listed.shown.text
