"""A2: what is asked in secret is deleted, also when whoever was asked is gone meanwhile."""

from dataclasses import replace

import pytest

from conversations.first_connection.routes import ChangePassword
from conversations.privacy.routes import WantErasure
from conversations.profile.routes import ChangeEmails
from tests.handlers.stage import PARENT

ASKING = [ChangePassword, ChangeEmails, WantErasure]
DOMAIN = ("check_password", "choose_password", "erase_me", "change_addresses")


def asked(stage):
    return [name for name, *_ in stage.domain.asked if name in DOMAIN]


@pytest.fixture
def stage(stage):
    stage.domain.answers["list_consents"] = ()
    return stage


@pytest.mark.parametrize("route", ASKING)
@pytest.mark.parametrize("edited", [False, True])
async def test_after_the_session_was_ended_elsewhere(stage, route, edited):
    await stage.press(route().pack())
    del stage.domain.sessions[PARENT]

    if edited:
        message = stage._message(PARENT, text="secret") | {"edit_date": 1}
        await stage.feed(edited_message=message)
    else:
        await stage.say("secret")

    assert stage.calls[-2:] == ["delete", "send"]
    assert stage.shown.text.startswith("Votre message a été supprimé.")
    assert stage.shown.data("Se connecter")
    assert asked(stage) == []


@pytest.mark.parametrize("route", [ChangePassword, ChangeEmails])
async def test_at_the_gate_of_a_document_that_was_published_meanwhile(stage, route):
    await stage.press(route().pack())
    stage.domain.sessions[PARENT] = replace(stage.parent, consents_due=True)

    await stage.say("secret")

    assert stage.calls[-2:] == ["delete", "send"]
    assert "merci de lire ces documents" in stage.shown.text
    assert asked(stage) == []


async def test_nothing_waits_afterwards(stage):
    await stage.press(ChangePassword().pack())
    del stage.domain.sessions[PARENT]
    await stage.say("secret")

    await stage.say("bonjour")

    assert stage.calls.count("delete") == 1


@pytest.mark.parametrize("route", ASKING)
async def test_logging_out_is_no_answer_and_ends_the_step(stage, route):
    await stage.press(route().pack())

    await stage.say("/logout")

    assert stage.domain.asked[-1] == ("log_out",)
    assert "delete" not in stage.calls
    assert [record.state for record in stage.storage.storage.values()] == [None]
