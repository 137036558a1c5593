"""A3, A7, S25: what a link of a letter or of a mail leads to."""

from dataclasses import replace

import pytest

from conversations.home.routes import HOME
from conversations.login.routes import LogOut, StartLogin
from domain.accounts.errors import (
    ChoiceDiffers,
    ConnectedAsAnother,
    LinkRefused,
    TooManyAttempts,
)
from domain.accounts.links import ResetOpened
from domain.accounts.passwords import Judgement, RuleCode
from domain.accounts.tokens import LinkId
from tests.handlers.stage import PARENT, STRANGER

GOOD = Judgement(tuple((code, True) for code in RuleCode))
BAD = Judgement(tuple((code, False) for code in RuleCode))
OWN = "le tracteur bleu de mamie"


async def open_link(stage, user=STRANGER):
    await stage.say("/start TOKEN", user=user)


async def test_a_letter_leads_in(stage):
    asked = []
    stage.domain.answers["open_link"] = lambda *all_: asked.append(all_) or stage.parent

    await open_link(stage)

    assert asked == [("TOKEN", STRANGER, None)]
    assert stage.shown.text.startswith("Bonjour Anne, vous êtes connecté(e).")
    assert stage.shown.data("Réserver") == "c"


async def test_a_letter_leads_to_the_gate_first(stage):
    stage.domain.answers["open_link"] = replace(stage.parent, must_change_password=True)

    await open_link(stage)

    assert "Choisissez votre mot de passe" in stage.shown.text


async def test_the_message_that_holds_the_token_is_deleted(stage):
    stage.domain.answers["open_link"] = LinkRefused()

    await open_link(stage)

    assert stage.calls[0] == "delete"
    assert all("TOKEN" not in told.text for told in stage.wire.told)


async def test_a_refused_link_shows_the_ways_out(stage):
    stage.domain.answers["open_link"] = LinkRefused()

    await open_link(stage)

    assert "Ce lien ne permet pas ou plus d'entrer" in stage.shown.text
    assert stage.shown.data("Se connecter") == StartLogin().pack()
    assert stage.shown.data("Mot de passe oublié") == "fp"


async def test_too_many_links_tell_until_when(stage):
    stage.domain.answers["open_link"] = TooManyAttempts(until=stage.now)

    await open_link(stage)

    assert "lun. 23 nov. à 10:00" in stage.shown.text


async def test_who_is_connected_as_another_is_asked_to_leave_first(stage):
    stage.domain.answers["open_link"] = ConnectedAsAnother()

    await open_link(stage, PARENT)

    assert stage.domain.asked[0] == ("open_link", PARENT, stage.parent.guardian.id)
    assert stage.shown.data("Se déconnecter") == LogOut().pack()
    assert stage.shown.data("Accueil") == HOME


# -- a forgotten password ----------------------------------------------------------------------
@pytest.fixture
async def opened(stage):
    stage.domain.answers |= {
        "open_link": ResetOpened(LinkId(5)),
        "choose_by_link": GOOD,
        "confirm_by_link": None,
    }
    await open_link(stage)
    return stage


async def test_a_mails_link_asks_for_a_new_password(opened):
    assert "Choisissez un nouveau mot de passe" in opened.shown.text


async def test_the_new_password_is_typed_twice_and_logs_nobody_in(opened):
    await opened.say(OWN, user=STRANGER)
    again = opened.shown.text
    await opened.say(OWN, user=STRANGER)

    assert "une seconde fois" in again
    assert opened.domain.asked[1:] == [
        ("choose_by_link", STRANGER, OWN),
        ("confirm_by_link", STRANGER, OWN),
    ]
    assert "Connectez-vous avec votre identifiant" in opened.shown.text
    assert opened.shown.data("Se connecter") == StartLogin().pack()


async def test_each_rule_is_ticked_or_not(opened):
    opened.domain.answers["choose_by_link"] = BAD

    await opened.say("x", user=STRANGER)

    assert opened.shown.text.count("✗") == len(RuleCode)


async def test_neither_token_nor_password_is_kept(opened, caplog):
    caplog.set_level("DEBUG")
    await opened.say(OWN, user=STRANGER)

    kept = "".join(f"{dict(record.data)}" for record in opened.storage.storage.values())
    assert "TOKEN" not in kept + caplog.text
    assert OWN not in kept + caplog.text


async def test_two_that_differ_are_chosen_anew(opened):
    opened.domain.answers["confirm_by_link"] = ChoiceDiffers()
    await opened.say(OWN, user=STRANGER)
    await opened.say("autre", user=STRANGER)

    await opened.say(OWN, user=STRANGER)

    assert opened.domain.asked[-1][0] == "choose_by_link"


@pytest.mark.parametrize("step", ["choose_by_link", "confirm_by_link"])
async def test_a_link_that_ran_out_meanwhile_is_refused(opened, step):
    opened.domain.answers[step] = LinkRefused()
    await opened.say(OWN, user=STRANGER)

    await opened.say(OWN, user=STRANGER)

    refused = [told.text for told in opened.wire.told if "ne permet pas ou plus" in told.text]
    assert len(refused) == 1


async def test_a_sticker_is_no_password(opened):
    await opened.say(None, user=STRANGER, dice={"emoji": "🎲", "value": 1})

    assert opened.calls[-2:] == ["delete", "send"]
    assert len(opened.domain.asked) == 1


async def test_a_command_is_no_password(opened):
    await opened.say("/start", user=STRANGER)

    assert "Mairie de CarteVille" in opened.shown.text
    assert len(opened.domain.asked) == 1


@pytest.mark.parametrize("typed_before", [[], [OWN]])
async def test_an_edited_message_is_deleted_and_not_read(opened, typed_before):
    for typed in typed_before:
        await opened.say(typed, user=STRANGER)
    asked = list(opened.domain.asked)

    message = opened._message(STRANGER, text=OWN) | {"edit_date": 1}
    await opened.feed(edited_message=message)

    assert opened.calls[-2:] == ["delete", "send"]
    assert opened.domain.asked == asked
