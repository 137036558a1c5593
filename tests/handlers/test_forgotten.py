"""A7: identifier, then e-mail address, then one answer."""

import pytest

from conversations.forgotten.routes import ForgotPassword
from conversations.home.routes import HOME
from conversations.login.routes import StartLogin
from domain.accounts.errors import TooManyResets
from tests.handlers.stage import PARENT, STRANGER


async def ask(stage, *typed, user=STRANGER):
    await stage.press(ForgotPassword().pack(), user=user)
    for text in typed:
        await stage.say(text, user=user)


async def test_the_login_screens_lead_there(stage):
    await stage.press(StartLogin().pack(), user=STRANGER)
    first = stage.shown.data("Mot de passe oublié")
    await stage.say("anne", user=STRANGER)
    second = stage.shown.data("Mot de passe oublié")
    await stage.say("wrong", user=STRANGER)

    assert [first, second, stage.shown.data("Mot de passe oublié")] == [
        ForgotPassword().pack()
    ] * 3


@pytest.mark.parametrize("user", [STRANGER, PARENT])
async def test_identifier_and_address_are_asked_for_then_one_answer(stage, user):
    asked = []
    stage.domain.answers["ask_reset"] = lambda *all_: asked.append(all_)

    await ask(stage, "anne", "anne@example.org", user=user)

    assert asked == [("anne", "anne@example.org", user)]
    assert "Si cet identifiant et cette adresse vont ensemble" in stage.shown.text
    assert "indésirables" in stage.shown.text
    assert "adressez-vous à votre mairie" in stage.shown.text


async def test_too_many_requests_tell_until_when(stage):
    stage.domain.answers["ask_reset"] = TooManyResets(until=stage.now)

    await ask(stage, "anne", "anne@example.org")

    assert "à partir de lun. 23 nov. à 10:00" in stage.shown.text


@pytest.mark.parametrize("before", [[], ["anne"]])
async def test_neither_a_sticker_nor_a_novel_is_an_answer(stage, before):
    await ask(stage, *before)

    await stage.say(None, user=STRANGER, dice={"emoji": "🎲", "value": 1})
    await stage.say("x" * 255, user=STRANGER)

    assert "trop long" in stage.shown.text
    assert stage.domain.asked == []


async def test_giving_up_forgets_what_was_typed(stage):
    await ask(stage, "anne")

    await stage.press(HOME, user=STRANGER)
    await stage.say("anne@example.org", user=STRANGER)

    assert stage.domain.asked == []
    assert all(not record.data for record in stage.storage.storage.values())


async def test_a_command_leaves(stage):
    await ask(stage, "anne")

    await stage.say("/start", user=STRANGER)
    await stage.say("anne@example.org", user=STRANGER)

    assert stage.domain.asked == []
