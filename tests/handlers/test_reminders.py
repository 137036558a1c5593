"""The two buttons under a reminder (N3)."""

import pytest

from domain.bookings.errors import EmptyDraft
from domain.reminders.errors import OtherStructure, ReminderGone
from tests.conversations import facts


async def test_as_usual_opens_the_recap_below_and_the_reminder_stays(stage):
    stage.domain.answers |= {"book_as_usual": 2, "show_recap": facts.recap(facts.line())}

    await stage.press("ru:5")

    assert ("book_as_usual", 5) in stage.domain.asked
    assert stage.shown.what == "send"
    assert "2 jours ajoutés comme d'habitude" in stage.shown.text
    assert "Rien n'est encore enregistré" in stage.shown.text
    assert not any(asked[0] == "confirm" for asked in stage.domain.asked)


async def test_with_nothing_left_to_add_that_is_said(stage):
    stage.domain.answers |= {"book_as_usual": 0, "show_recap": EmptyDraft()}

    await stage.press("ru:5")

    assert "déjà demandés ou réservés" in stage.shown.text


async def test_not_this_time_takes_the_place_of_the_reminder(stage):
    await stage.press("rn:5")

    assert ("silence_reminder", 5) in stage.domain.asked
    assert stage.shown.what == "edit"
    assert "plus de rappel" in stage.shown.text


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ReminderGone(), "la date limite est passée"),
        (OtherStructure(structure="École de musique"), "École de musique"),
    ],
)
async def test_a_refused_button_says_why(stage, error, said):
    stage.domain.answers["book_as_usual"] = error

    await stage.press("ru:5")

    assert said in stage.shown.text
