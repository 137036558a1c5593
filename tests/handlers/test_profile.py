from dataclasses import replace

import pytest
from aiogram.exceptions import TelegramForbiddenError
from aiogram.methods import DeleteMessages

from conversations.login.routes import LogOut
from conversations.profile.routes import (
    ChooseDisplay,
    Devices,
    EndDevice,
    Profile,
    Structures,
    SwitchTo,
    TidyScreens,
)
from domain.accounts.errors import SessionIdle
from domain.accounts.model import SessionId
from domain.choices.model import Choices
from domain.errors import NotFound
from domain.families.model import Display
from domain.sessions.model import Device, Ended
from tests import builders
from tests.handlers.stage import PARENT

THIS, OTHER = SessionId(1), SessionId(2)
TABLET = 70


@pytest.fixture
def two_devices(stage):
    now = builders.NOW
    devices = (Device(THIS, now, now, is_this=True), Device(OTHER, now, now))
    stage.domain.answers["list_devices"] = devices
    stage.domain.answers["end_device"] = Ended(TABLET, (5, 6))
    return stage


@pytest.mark.parametrize(
    ("command", "start"),
    [
        ("/profil", "<b>Profil</b>"),
        ("/appareils", "<b>Appareils connectés</b>"),
        ("/structure", "Quelle structure"),
    ],
)
async def test_the_commands_of_the_profile_open_their_screens(two_devices, command, start):
    await two_devices.say(command)

    assert start in two_devices.shown.text


async def test_the_profile_masks_the_addresses(stage):
    guardian = replace(stage.parent.guardian, emails=("jean@example.org",))
    stage.domain.sessions[PARENT] = replace(stage.parent, guardian=guardian)

    await stage.press(Profile().pack())

    assert "je•••@example.org" in stage.shown.text


async def test_this_device_is_marked_and_is_left_by_logging_out(two_devices):
    await two_devices.press(Devices().pack())

    assert "1. <b>Cet appareil</b>" in two_devices.shown.text
    assert two_devices.shown.data("1. Se déconnecter") == LogOut().pack()
    assert two_devices.shown.data("2. Terminer") == EndDevice(session=OTHER).pack()


async def test_ending_another_device_takes_its_screens_away(two_devices):
    await two_devices.press(EndDevice(session=OTHER).pack())

    (wiped,) = [told for told in two_devices.wire.told if told.what == "delete_many"]
    assert (wiped.chat, wiped.messages) == (TABLET, (5, 6))
    assert two_devices.shown.text.startswith("Cette connexion est terminée")


async def test_a_device_that_blocked_the_bot_is_ended_all_the_same(two_devices):
    method = DeleteMessages(chat_id=TABLET, message_ids=[5])
    two_devices.wire.fails["delete_many"] = TelegramForbiddenError(method, "bot was blocked")

    await two_devices.press(EndDevice(session=OTHER).pack())

    assert two_devices.shown.text.startswith("Cette connexion est terminée")


async def test_another_familys_device_cannot_be_ended(two_devices):
    two_devices.domain.answers["end_device"] = NotFound()

    await two_devices.press(EndDevice(session=99).pack())

    assert two_devices.shown.text.startswith("Cet élément n'existe pas")
    assert "delete_many" not in two_devices.calls


async def test_ending_this_very_device_is_logging_out(two_devices):
    two_devices.domain.answers["end_device"] = Ended(PARENT, (1,))

    await two_devices.press(EndDevice(session=THIS).pack())

    assert two_devices.shown.text.startswith("Vous êtes déconnecté(e)")


@pytest.mark.parametrize("by", ["button", "command"])
async def test_logging_out_wipes_then_says_one_sentence_in_a_new_message(stage, by):
    stage.domain.answers["log_out"] = Ended(PARENT, (1, 2, 3))

    await (stage.press(LogOut().pack()) if by == "button" else stage.say("/logout"))

    told = [one for one in stage.wire.told if one.what != "answer"]
    assert [one.what for one in told] == ["delete_many", "send"]
    assert told[0].messages == (1, 2, 3)


async def test_the_structures_are_offered_with_the_one_shown_marked(stage):
    await stage.press(Structures().pack())

    assert [row[0].text for row in stage.shown.screen.rows[:1]] == ["✓ Mairie de CarteVille"]


async def test_after_a_switch_home_is_that_of_the_other_structure(stage):
    await stage.press(SwitchTo(structure=1).pack())

    assert ("switch_structure", 1) in stage.domain.asked
    assert "Que souhaitez-vous faire" in stage.shown.text


async def test_a_structure_that_is_not_theirs_is_refused(stage):
    stage.domain.answers["switch_structure"] = NotFound()

    await stage.press(SwitchTo(structure=2).pack())

    assert stage.shown.text.startswith("Cet élément n'existe pas")


async def test_the_switch_of_tidy_screens_says_the_result_it_wants(stage):
    await stage.press(Profile().pack())

    assert stage.shown.data("☐ Effacer mes écrans") == TidyScreens(wanted=True).pack()


async def test_a_choice_is_kept_and_the_profile_shows_it(stage):
    stage.domain.answers["show_choices"] = Choices(Display.RICH, tidy_screens=True)

    await stage.press(TidyScreens(wanted=True).pack())
    await stage.press(ChooseDisplay(display=Display.RICH).pack())

    assert ("set_tidy_screens", True) in stage.domain.asked
    assert ("set_display", Display.RICH) in stage.domain.asked
    assert stage.shown.data("☑ Effacer mes écrans") == TidyScreens(wanted=False).pack()
    assert "Affichage : en tableaux" in stage.shown.text


async def test_whose_session_sat_idle_is_told_why_they_are_at_the_door_again(stage):
    stage.domain.sessions[PARENT] = SessionIdle()

    await stage.say("/accueil")

    said = [told.text for told in stage.wire.told if told.screen]
    assert said[0].startswith("Vous ne vous êtes pas servi de cette conversation")
    assert said[-1].startswith("<b>Mairie de CarteVille</b>")
