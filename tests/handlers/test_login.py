import pytest

from conversations.home.routes import HOME
from conversations.login.routes import LogOut, StartLogin
from domain.accounts.errors import TooManyAttempts
from tests import builders
from tests.handlers.stage import PARENT, STRANGER

LOGIN = StartLogin().pack()


async def identify(stage, text: str = "anne") -> None:
    await stage.press(LOGIN, user=STRANGER)
    await stage.say(text, user=STRANGER)


async def test_start_shows_the_town_and_the_way_in(stage):
    await stage.say("/start", user=STRANGER)

    assert "Mairie de CarteVille" in stage.shown.text
    assert stage.shown.data("Se connecter") == LOGIN


async def test_identifier_and_password_lead_home(stage):
    await identify(stage)
    await stage.say("secret", user=STRANGER)

    assert stage.domain.asked[0] == ("log_in", "anne", "secret")
    assert stage.shown.text.startswith("Bonjour Anne, vous êtes connecté(e).")
    assert stage.shown.data("Réserver") == "c"


async def test_the_password_is_deleted_before_it_is_tried_and_the_parent_is_told(stage):
    await identify(stage)

    await stage.say("secret", user=STRANGER)

    deleted, shown = stage.wire.told[-2:]
    assert (deleted.what, deleted.message) == ("delete", 50)
    assert "a été supprimé" in shown.text


async def test_a_password_that_cannot_be_deleted_is_left_to_the_parent(stage):
    stage.wire.deletes = False
    await identify(stage)

    await stage.say("secret", user=STRANGER)

    assert "merci de le supprimer vous-même" in stage.shown.text


async def test_the_password_is_never_kept_nor_logged(stage, caplog):
    caplog.set_level("DEBUG")
    await identify(stage)

    await stage.say("hunter2-not-right", user=STRANGER)

    kept = [(r.state, dict(r.data)) for r in stage.storage.storage.values()]
    assert "hunter2" not in str(kept)
    assert "hunter2" not in caplog.text
    assert all("hunter2" not in told.text for told in stage.wire.told)


async def test_a_wrong_pair_is_refused_without_saying_which_half(stage):
    await identify(stage, "nobody")

    await stage.say("secret", user=STRANGER)

    assert stage.shown.text.startswith("L'identifiant ou le mot de passe n'est pas le bon.")
    assert stage.shown.data("Changer d'identifiant") == LOGIN


async def test_a_password_sent_again_after_a_wrong_one_is_deleted_and_tried(stage):
    await identify(stage)
    await stage.say("secert", user=STRANGER)

    await stage.say("secret", user=STRANGER)

    assert stage.calls[-2:] == ["delete", "send"]
    assert ("log_in", "anne", "secret") in stage.domain.asked
    assert stage.shown.text.startswith("Bonjour Anne")


async def test_a_password_sent_too_soon_is_deleted_too(stage):
    stage.domain.passwords = Locked()
    await identify(stage)
    await stage.say("secret", user=STRANGER)

    await stage.say("secret", user=STRANGER)

    assert stage.calls[-2:] == ["delete", "send"]
    assert "Renvoyez" not in stage.shown.text


async def test_too_many_attempts_tell_until_when_in_the_towns_time(stage):
    stage.domain.passwords = Locked()
    await identify(stage)

    await stage.say("secret", user=STRANGER)

    assert "à partir de lun. 23 nov. à 10:00" in stage.shown.text


class Locked(dict):
    """A pair that nobody may try for now."""

    def __contains__(self, pair: object) -> bool:
        raise TooManyAttempts(until=builders.NOW)


@pytest.mark.parametrize(
    "content",
    [
        {
            "sticker": {
                "file_id": "a",
                "file_unique_id": "a",
                "type": "regular",
                "width": 1,
                "height": 1,
                "is_animated": False,
                "is_video": False,
            }
        },
        {"photo": [], "caption": "secret"},
    ],
)
async def test_anything_sent_instead_of_a_password_is_deleted_too(stage, content):
    await identify(stage)

    await stage.say(None, user=STRANGER, **content)

    assert stage.calls[-2:] == ["delete", "send"]
    assert not [asked for asked in stage.domain.asked if asked[0] == "log_in"]


async def test_an_edited_password_is_deleted_and_asked_again(stage):
    await identify(stage)

    message = stage._message(STRANGER, text="secret")
    await stage.feed(edited_message=message | {"edit_date": 1})

    assert stage.calls[-2:] == ["delete", "send"]
    assert "mot de passe" in stage.shown.text


@pytest.mark.parametrize("length", [65, 5000])
async def test_a_long_text_is_no_identifier(stage, length):
    await identify(stage, "a" * length)

    assert "trop long" in stage.shown.text
    assert "identifiant" in stage.shown.text


async def test_a_long_text_is_no_password_and_is_deleted(stage):
    await identify(stage)

    await stage.say("a" * 5000, user=STRANGER)

    assert stage.calls[-2:] == ["delete", "send"]
    assert stage.domain.asked == []


@pytest.mark.parametrize("command", ["/start", "/reserver", "/logout"])
async def test_a_command_is_no_identifier(stage, command):
    await stage.press(LOGIN, user=STRANGER)

    await stage.say(command, user=STRANGER)
    await stage.say("secret", user=STRANGER)

    assert "Mairie de CarteVille" in stage.shown.text
    assert stage.domain.asked == []


async def test_giving_up_the_login_forgets_it(stage):
    await identify(stage)

    await stage.press(HOME, user=STRANGER)
    await stage.say("secret", user=STRANGER)

    assert "delete" not in stage.calls
    assert stage.domain.asked == []


@pytest.mark.parametrize("by", ["button", "command"])
async def test_logging_out_ends_the_session(stage, by):
    await (stage.press(LogOut().pack()) if by == "button" else stage.say("/logout"))

    assert stage.domain.asked == [("log_out",)]
    assert "déconnecté" in stage.shown.text


async def test_a_connected_parent_who_presses_log_in_is_home(stage):
    await stage.press(LOGIN, user=PARENT)

    assert "Que souhaitez-vous faire" in stage.shown.text
