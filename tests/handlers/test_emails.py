from datetime import timedelta

import pytest

from conversations.home.routes import HOME
from conversations.profile.routes import ChangeEmails, DropEmails, Emails, SendCodes
from domain.accounts.errors import WrongPassword
from domain.emails.errors import BadAddresses, TooManyCodes, WrongCode
from domain.emails.model import Addresses, Pending
from tests import builders
from tests.handlers.stage import PARENT

OLD, NEW = "jean@example.org", "nouvelle@example.org"
WAITING = Pending(NEW, 1, replaces=False, sent_at=builders.NOW, expires_at=builders.NOW)


@pytest.fixture
def settled(stage):
    stage.domain.answers["show_addresses"] = Addresses((OLD,))
    return stage


@pytest.fixture
def waiting(stage):
    for name in ("show_addresses", "change_addresses"):
        stage.domain.answers[name] = Addresses((OLD,), (WAITING,))
    stage.domain.answers["prove_address"] = Addresses((OLD, NEW))
    return stage


async def unlocked(stage):
    await stage.press(ChangeEmails().pack())
    await stage.say("secret")


def asked(stage, name):
    return [one[1:] for one in stage.domain.asked if one[0] == name]


async def test_addresses_are_never_written_out_in_the_chat(waiting):
    await waiting.press(Emails().pack())

    assert "je•••@example.org" in waiting.shown.text
    assert "no•••@example.org" in waiting.shown.text
    assert OLD not in waiting.shown.text


async def test_the_password_is_asked_and_its_message_deleted_before_anything(settled):
    await unlocked(settled)

    assert asked(settled, "check_password") == [("secret", PARENT)]
    assert settled.calls.count("delete") == 1
    assert settled.shown.text.startswith("Votre message contenant le mot de passe a été supprimé.")
    assert "séparées par « ; »" in settled.shown.text


async def test_a_wrong_password_opens_nothing(settled):
    settled.domain.answers["check_password"] = WrongPassword()

    await unlocked(settled)
    await settled.say(NEW)

    assert "Ce n'est pas votre mot de passe" in settled.wire.told[-2].text
    assert asked(settled, "change_addresses") == []


async def test_the_typed_list_is_deleted_and_codes_are_waited_for(waiting):
    await unlocked(waiting)

    await waiting.say(f"{OLD}; {NEW}")

    assert asked(waiting, "change_addresses") == [(f"{OLD}; {NEW}",)]
    assert waiting.calls.count("delete") == 2
    assert "En attente d'un code : no•••@example.org" in waiting.shown.text


async def test_a_list_that_cannot_be_used_is_asked_for_again(waiting):
    await unlocked(waiting)
    waiting.domain.answers["change_addresses"] = BadAddresses(which="pa•••")
    await waiting.say("pas une adresse")
    refused = waiting.shown.text
    waiting.domain.answers["change_addresses"] = Addresses((OLD,))

    await waiting.say(OLD)

    assert refused.startswith("Ces adresses ne peuvent pas être utilisées : pa•••.")
    assert asked(waiting, "change_addresses")[-1] == (OLD,)


async def test_a_code_typed_back_proves_the_address(waiting):
    await waiting.press(Emails().pack())

    await waiting.say("abcd-2345")

    assert asked(waiting, "prove_address") == [("abcd-2345",)]
    assert "2. no•••@example.org" in waiting.shown.text


async def test_after_the_last_code_what_is_typed_is_no_code(waiting):
    await waiting.press(Emails().pack())
    await waiting.say("abcd-2345")

    await waiting.say("bonjour")

    assert len(asked(waiting, "prove_address")) == 1


async def test_a_wrong_code_says_how_many_tries_are_left(waiting):
    waiting.domain.answers["prove_address"] = WrongCode(left=2)
    await waiting.press(Emails().pack())

    await waiting.say("XXXX")

    assert "Essais restants : 2." in waiting.shown.text


async def test_codes_are_sent_again_or_the_reason_is_told(waiting):
    waiting.domain.answers["send_codes_again"] = TooManyCodes(until=builders.NOW)

    await waiting.press(SendCodes().pack())

    assert "à partir de lun. 23 nov. à 10:00" in waiting.shown.text


async def test_what_waits_is_given_up(settled):
    await settled.press(DropEmails().pack())

    assert asked(settled, "drop_pending") == [()]
    assert "En attente" not in settled.shown.text


async def test_a_command_is_no_password(settled):
    await settled.press(ChangeEmails().pack())

    await settled.say("/accueil")

    assert asked(settled, "check_password") == []
    assert "Que souhaitez-vous faire" in settled.shown.text


async def test_an_edited_password_is_deleted_and_not_read(settled):
    await settled.press(ChangeEmails().pack())
    head = {"message_id": 51, "date": 0, "edit_date": 1, "text": "secret"}
    chat = {"id": PARENT, "type": "private", "first_name": "Anne"}
    user = {"id": PARENT, "is_bot": False, "first_name": "Anne", "language_code": "fr"}

    await settled.feed(edited_message=head | {"chat": chat, "from": user})

    assert asked(settled, "check_password") == []
    assert settled.calls[-2:] == ["delete", "send"]


@pytest.mark.parametrize("how", ["later", "in another session"])
@pytest.mark.parametrize("step", ["the list", "a code"])
async def test_what_comes_too_late_is_deleted_not_read_and_leads_back(waiting, step, how):
    await unlocked(waiting)
    if step == "a code":
        await waiting.say(NEW)
    before = list(waiting.domain.asked)
    if how == "later":
        waiting.now += timedelta(minutes=31)
    else:
        waiting.domain.sessions[PARENT] = builders.identity(2, 3)

    await waiting.say("ABCD2345")

    assert waiting.domain.asked == [*before, ("show_addresses",)]
    assert waiting.calls[-2:] == ["delete", "send"]
    assert waiting.shown.text.startswith("Vous avez attendu trop longtemps : rien n'a été fait.")
    assert "En attente d'un code" in waiting.shown.text


async def test_a_code_that_came_too_late_may_be_sent_again_at_once(waiting):
    await unlocked(waiting)
    await waiting.say(NEW)
    waiting.now += timedelta(minutes=31)
    await waiting.say("ABCD2345")

    await waiting.say("ABCD2345")

    assert asked(waiting, "prove_address") == [("ABCD2345",)]


async def test_leaving_by_home_shows_home(settled):
    await settled.press(ChangeEmails().pack())

    await settled.press(HOME)

    assert "Que souhaitez-vous faire" in settled.shown.text


async def test_a_password_may_begin_like_a_command(settled):
    await settled.press(ChangeEmails().pack())

    await settled.say("/un-mot-de-passe-long")

    assert asked(settled, "check_password") == [("/un-mot-de-passe-long", PARENT)]
    assert settled.calls.count("delete") == 1


async def test_a_password_that_comes_too_late_is_deleted_and_not_read(settled):
    await settled.press(ChangeEmails().pack())
    settled.now += timedelta(minutes=31)

    await settled.say("secret")

    assert asked(settled, "check_password") == []
    assert settled.calls.count("delete") == 1
    assert "Vous avez attendu trop longtemps" in settled.shown.text


async def test_a_sticker_is_no_password(settled):
    await settled.press(ChangeEmails().pack())

    await settled.say(None, photo=[])

    assert asked(settled, "check_password") == []
