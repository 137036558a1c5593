from dataclasses import replace
from decimal import Decimal

import pytest

from conversations.booking.routes import AskClear, Clear, Confirm, Lines, Recap, Undo
from domain.bookings.errors import EmptyDraft, StaleRecap
from domain.bookings.model import LineOutcome, Receipt, Result, Slot, Wish
from tests import builders
from tests.conversations import facts

DIGEST = "abcdef12"


@pytest.fixture
def drafted(stage):
    stage.domain.answers["show_recap"] = facts.recap(facts.line())
    return stage


def receipt(*results: Result) -> Receipt:
    line = facts.line()
    outcome = LineOutcome(
        slot=line.slot,
        wish=Wish.BOOK,
        result=Result.ACCEPTED,
        arrival=line.line.arrival,
        departure=line.line.departure,
        price=Decimal("24.87"),
    )
    outcomes = tuple(replace(outcome, result=result) for result in results)
    return Receipt(builders.identity().draft_id, 1, DIGEST, builders.NOW, outcomes)


async def test_the_recap_offers_to_confirm_exactly_what_it_shows(drafted):
    await drafted.press(Recap(page=1).pack())

    view = drafted.domain.answers["show_recap"]
    assert drafted.shown.data("✓ Valider") == Confirm.data(view.round, view.digest)


async def test_confirming_twice_asks_the_same_and_shows_the_same_receipt(drafted):
    drafted.domain.answers["confirm"] = receipt(Result.ACCEPTED)
    data = Confirm.data(1, DIGEST)

    await drafted.press(data)
    first = drafted.shown.screen
    await drafted.press(data)

    assert drafted.domain.asked == [("confirm", 1, DIGEST)] * 2
    assert drafted.shown.screen == first


async def test_a_recap_of_before_is_replaced_by_the_fresh_one(drafted):
    drafted.domain.answers["confirm"] = StaleRecap()

    await drafted.press(Confirm.data(1, DIGEST))

    assert drafted.shown.text.startswith("Vos demandes ont changé depuis ce récapitulatif.")
    assert "Récapitulatif de vos demandes" in drafted.shown.text


async def test_an_empty_draft_is_told_with_a_way_home(stage):
    stage.domain.answers["confirm"] = EmptyDraft()

    await stage.press(Confirm.data(1, DIGEST))

    assert stage.shown.text == "Vous n'avez aucune demande à valider."
    assert stage.shown.data("Accueil") == "h"


async def test_a_line_is_taken_back_by_what_it_is(drafted):
    line = facts.line()

    await drafted.press(Lines(page=1).pack())
    await drafted.press(drafted.shown.data("Retirer"))

    assert drafted.shown.data("Retirer") == Undo.data(line.slot, 1)
    assert ("undo_line", line.slot) in drafted.domain.asked
    assert isinstance(drafted.domain.asked[1][1], Slot)


async def test_giving_everything_up_is_asked_before_it_is_done(drafted):
    await drafted.press(AskClear().pack())
    asked = drafted.shown
    drafted.domain.answers["show_recap"] = EmptyDraft()
    await drafted.press(asked.data("Oui, abandonner"))

    assert asked.data("Oui, abandonner") == Clear().pack()
    assert ("clear_draft",) in drafted.domain.asked
    assert drafted.shown.text.startswith("Vos demandes sont abandonnées.")


async def test_home_reminds_of_what_waits_to_be_validated(drafted):
    drafted.domain.answers["show_home"] = facts.home(drafted=1)

    await drafted.press("h")

    assert "1 demande n'est pas encore validée" in drafted.shown.text
    assert drafted.shown.data("Vérifier mes demandes (1)") == Recap(page=1).pack()
