"""What is kept is always told; what is given out or erased needs the password (A12, H3)."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import SendDocument

from conversations.home.routes import Privacy
from conversations.login.routes import StartLogin
from conversations.privacy.routes import AskData, AskErasure, WantErasure
from domain.accounts.errors import TooManyAttempts, WrongPassword
from domain.privacy.errors import ExportUnderWay, TooManyExports
from domain.privacy.model import Erased, Part, PersonalData, Section
from domain.sessions.model import Ended
from tests import builders
from tests.handlers.stage import PARENT, STRANGER

ACCOUNT = Section(Part.ACCOUNT, ("first_name",), ({"first_name": "Anne"},))


@pytest.fixture
def ready(stage):
    """The domain's part played: a ZIP that shows what was packed."""
    packed = lambda files: b"ZIP " + b"|".join(n.encode() + b"=" + c for n, c in files.items())  # noqa: E731
    stage.domain.answers |= {
        "gather_data": PersonalData(builders.NOW, (ACCOUNT,)),
        "print_paper": lambda paper: paper.title.encode(),
        "pack": packed,
        "erase_me": Erased((Ended(PARENT, (3, 4)), Ended(70, (9,)))),
    }
    return stage


def asked(stage, name):
    return [one[1:] for one in stage.domain.asked if one[0] == name]


@pytest.fixture(params=["password", "consent"])
def held(request, ready):
    """At a gate: nothing else works."""
    due = {"password": {"must_change_password": True}, "consent": {"consents_due": True}}
    ready.domain.sessions[PARENT] = replace(ready.parent, **due[request.param])
    return ready


# -- always answered --------------------------------------------------------------------------
async def test_a_stranger_reads_what_is_kept(stage):
    await stage.say("/privacy", user=STRANGER)

    assert stage.shown.text.startswith("<b>Vie privée</b>")
    assert [b.text for row in stage.shown.screen.rows for b in row] == ["Accueil"]


async def test_who_is_typing_a_password_reads_it_and_types_on(stage):
    await stage.press(StartLogin().pack(), user=STRANGER)
    await stage.say("anne", user=STRANGER)

    await stage.say("/privacy", user=STRANGER)
    told = stage.shown.text
    await stage.say("secret", user=STRANGER)

    assert told.startswith("<b>Vie privée</b>")
    assert asked(stage, "log_in") == [("anne", "secret")]


async def test_who_must_wait_reads_it(stage):
    stage.domain.passwords = {}
    for _ in range(3):
        await stage.press(StartLogin().pack(), user=STRANGER)
        await stage.say("anne", user=STRANGER)
        await stage.say("wrong", user=STRANGER)

    await stage.say("/privacy", user=STRANGER)

    assert stage.shown.text.startswith("<b>Vie privée</b>")


async def test_who_is_held_at_a_gate_reads_it_and_has_their_rights(held):
    await held.say("/privacy")
    told = held.shown.text
    await held.say("/mes_donnees")
    await held.say("secret")

    assert told.startswith("<b>Vie privée</b>")
    assert "send_document" in held.calls


async def test_who_reads_english_reads_it_in_english(stage):
    guardian = replace(stage.parent.guardian, locale="en")
    stage.domain.sessions[PARENT] = replace(stage.parent, guardian=guardian)

    await stage.press(Privacy().pack())

    assert stage.shown.text.startswith("<b>Privacy</b>")


# -- given out --------------------------------------------------------------------------------
async def test_the_data_comes_as_a_zip_after_the_password(ready):
    await ready.say("/mes_donnees")
    await ready.say("secret")

    assert asked(ready, "check_password") == [("secret", PARENT)]
    (sent,) = [told for told in ready.wire.told if told.what == "send_document"]
    assert sent.document.name == "mes-donnees-2026-11-23.zip"
    assert sent.document.content.startswith(b"ZIP mes-donnees.pdf=Vos donn")
    file = json.loads(sent.document.content.partition(b"mes-donnees.json=")[2])
    assert file["account"] == [{"first_name": "Anne"}]
    assert asked(ready, "end_export") == [(True,)]


async def test_progress_is_shown_and_the_password_message_is_gone_first(ready):
    await ready.press(AskData().pack())
    before = len(ready.wire.told)

    await ready.say("secret")

    assert ready.calls[before:] == ["delete", "send", "send_document", "edit"]
    assert "supprimé" in ready.wire.told[before + 1].text
    assert "en préparation" in ready.wire.told[before + 1].text


@pytest.mark.parametrize("refusal", [WrongPassword(), TooManyAttempts(until=builders.NOW)])
async def test_a_wrong_password_gives_nothing_and_is_deleted_all_the_same(ready, refusal):
    ready.domain.answers["check_password"] = refusal

    await ready.say("/mes_donnees")
    await ready.say("wrong")
    await ready.say("again")

    assert "send_document" not in ready.calls
    assert ready.calls.count("delete") == 1
    assert asked(ready, "begin_export") == []


@pytest.mark.parametrize("refusal", [ExportUnderWay(), TooManyExports(until=builders.NOW)])
async def test_too_many_are_refused_before_anything_is_gathered(ready, refusal):
    ready.domain.answers["begin_export"] = refusal

    await ready.say("/mes_donnees")
    await ready.say("secret")

    assert asked(ready, "gather_data") == []
    assert asked(ready, "end_export") == []


async def test_a_file_that_does_not_leave_is_said_and_not_counted(ready):
    method = SendDocument(chat_id=1, document="-")
    ready.wire.fails["send_document"] = TelegramNetworkError(method, "away")

    await ready.say("/mes_donnees")
    await ready.say("secret")

    assert "n'a pas pu être envoyé" in ready.shown.text
    assert asked(ready, "end_export") == [(False,)]


async def test_a_bug_while_it_is_made_ends_the_export_too(ready):
    ready.domain.answers["print_paper"] = ZeroDivisionError()

    await ready.say("/mes_donnees")
    await ready.say("secret")

    assert asked(ready, "end_export") == [(False,)]
    assert "Une erreur est survenue" in ready.shown.text


# -- erased -----------------------------------------------------------------------------------
async def test_nothing_is_erased_without_the_button_and_the_password(ready):
    await ready.say("/effacer")
    explained = ready.shown.text
    await ready.say("secret")
    await ready.press(WantErasure().pack())

    assert asked(ready, "erase_me") == []
    assert "10 ans" in explained
    assert "mot de passe" in ready.shown.text


async def test_after_both_it_is_erased_and_every_chat_is_wiped(ready):
    await ready.press(AskErasure().pack())
    await ready.press(WantErasure().pack())
    await ready.say("secret")

    assert len(asked(ready, "erase_me")) == 1
    wiped = [(t.chat, t.messages) for t in ready.wire.told if t.what == "delete_many"]
    assert wiped == [(PARENT, (3, 4)), (70, (9,))]
    assert ready.shown.text.startswith("<b>C'est fait.</b>")
    assert ready.shown.what == "send"


async def test_a_wrong_password_erases_nothing(ready):
    ready.domain.answers["check_password"] = WrongPassword()

    await ready.press(WantErasure().pack())
    await ready.say("wrong")

    assert asked(ready, "erase_me") == []


async def test_a_chat_that_cannot_be_wiped_keeps_nothing_from_being_said(ready):
    method = SendDocument(chat_id=1, document="-")
    ready.wire.fails["delete_many"] = TelegramNetworkError(method, "away")

    await ready.press(WantErasure().pack())
    await ready.say("secret")

    assert ready.shown.text.startswith("<b>C'est fait.</b>")


# -- steps that were left ---------------------------------------------------------------------
@pytest.mark.parametrize("open_", [AskData().pack(), WantErasure().pack()])
async def test_a_step_that_was_left_too_long_does_nothing_and_deletes_what_was_typed(ready, open_):
    await ready.press(open_)

    ready.now += timedelta(minutes=11)
    await ready.say("secret")

    assert asked(ready, "check_password") == []
    assert ready.calls.count("delete") == 1
    assert "trop longtemps" in ready.shown.text


async def test_whoever_logs_in_next_on_the_phone_has_asked_for_nothing(ready):
    await ready.press(WantErasure().pack())
    ready.domain.sessions[PARENT] = replace(ready.parent, session_id=99)

    await ready.say("secret")

    assert asked(ready, "check_password") == []


async def test_a_command_is_no_password(ready):
    await ready.press(WantErasure().pack())

    await ready.say("/accueil")

    assert asked(ready, "check_password") == []
    assert "delete" not in ready.calls


async def test_a_picture_and_an_edited_message_are_no_password_and_are_deleted(ready):
    await ready.press(WantErasure().pack())
    await ready.feed(edited_message=ready._message(PARENT, text="secret", edit_date=1))
    await ready.say(
        None,
        sticker={
            "file_id": "1",
            "file_unique_id": "1",
            "type": "regular",
            "width": 1,
            "height": 1,
            "is_animated": False,
            "is_video": False,
        },
    )

    assert asked(ready, "check_password") == []
    assert ready.calls.count("delete") == 2


@pytest.mark.parametrize("data", [AskData().pack(), AskErasure().pack(), WantErasure().pack()])
async def test_a_stranger_is_given_the_door(stage, data):
    await stage.press(data, user=STRANGER)
    await stage.say("secret", user=STRANGER)

    assert asked(stage, "check_password") == []
    assert "connectez-vous" in stage.shown.text


async def test_cancelling_gives_the_step_up(ready):
    await ready.press(WantErasure().pack())
    await ready.press(ready.shown.data("Annuler"))
    home = ready.shown.text
    await ready.say("secret")

    assert asked(ready, "check_password") == []
    assert "Que souhaitez-vous faire" in home
