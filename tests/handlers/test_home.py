import pytest

from conversations.home.routes import (
    HOME,
    NOTHING,
    OPEN_HOME,
    Help,
    Languages,
    Privacy,
    SetLanguage,
)
from tests.handlers.stage import STRANGER


@pytest.mark.parametrize("command", ["/start", "/accueil"])
async def test_the_home_commands_open_home(stage, command):
    await stage.say(command)

    assert "Que souhaitez-vous faire" in stage.shown.text


async def test_home_says_who_is_connected_where_and_how_fresh_the_data_is(stage):
    await stage.press(HOME)

    assert stage.shown.text.startswith(
        "<b>Mairie de CarteVille</b>\nAnne FAMILLE 1 · données du lun. 23 nov. à 10:00"
    )


async def test_home_from_a_notice_leaves_the_notice(stage):
    await stage.press(OPEN_HOME)

    assert stage.shown.what == "send"


async def test_a_blank_cell_is_answered_and_that_is_all(stage):
    await stage.press(NOTHING)

    assert stage.calls == ["answer"]


async def test_a_chosen_language_is_kept_and_used_at_once(stage):
    await stage.press(SetLanguage(language="en").pack())

    assert stage.domain.asked[0] == ("set_locale", "en")
    assert "What would you like to do?" in stage.shown.text


async def test_a_language_that_nobody_translated_is_refused(stage):
    await stage.press(SetLanguage(language="zz").pack())

    assert stage.domain.asked == []


async def test_the_languages_are_offered_in_their_own_words(stage):
    await stage.press(Languages().pack())

    assert [row[0].text for row in stage.shown.screen.rows[:2]] == ["Français", "English"]


@pytest.mark.parametrize("user", [7, STRANGER])
async def test_privacy_and_help_always_answer(stage, user):
    await stage.say("/privacy", user=user)
    await stage.press(Privacy().pack(), user=user)
    await stage.say("/aide", user=user)
    await stage.press(Help().pack(), user=user)

    screens = [told.text for told in stage.wire.told if told.screen]
    assert [text.split("\n")[0] for text in screens] == [
        "<b>Vie privée</b>",
        "<b>Vie privée</b>",
        "<b>Aide</b>",
        "<b>Aide</b>",
    ]


@pytest.mark.parametrize(
    ("command", "start"),
    [
        ("/reserver", "Pour quel enfant"),
        ("/suivi", "Vous n'avez aucune"),
        ("/langue", "Dans quelle"),
    ],
)
async def test_every_command_of_the_menu_opens_its_screen(stage, command, start):
    await stage.say(command)

    assert start in stage.shown.text
