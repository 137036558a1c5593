import pytest

from conversations.booking.routes import MarkDay
from domain.activities.model import ActivityId
from domain.families.model import ChildId
from tests import builders
from tests.handlers.stage import STRANGER

STICKER = {
    "file_id": "a",
    "file_unique_id": "a",
    "type": "regular",
    "width": 1,
    "height": 1,
    "is_animated": False,
    "is_video": False,
}
GROUP = -100


@pytest.mark.parametrize("text", ["bonjour", "a" * 5000, "<b>", "{0} %s", "/inconnue", "\u202e"])
async def test_junk_gets_a_short_answer_and_one_line_in_the_log(stage, text, caplog):
    caplog.set_level("INFO", logger="handlers")

    await stage.say(text)

    assert stage.shown.text.startswith("Je ne comprends que les boutons")
    assert [record.message for record in caplog.records] == ["message_unknown"]


@pytest.mark.parametrize("content", [{"sticker": STICKER}, {"photo": []}, {}])
async def test_stickers_and_photos_get_a_short_answer(stage, content):
    await stage.say(None, **content)

    assert stage.shown.text.startswith("Je ne comprends que les boutons")


async def test_an_edited_message_gets_a_short_answer(stage):
    await stage.feed(edited_message=stage._message(7, text="bonjour") | {"edit_date": 1})

    assert stage.shown.text.startswith("Je ne relis pas les messages modifiés")


async def test_junk_without_a_session_gets_the_welcome_screen(stage):
    await stage.say("bonjour", user=STRANGER)

    assert "connectez-vous" in stage.shown.text


async def test_a_group_is_told_once_and_nothing_about_anybody(stage):
    for text in ("/start", "/suivi", "bonjour"):
        await stage.say(text, chat=GROUP)

    (told,) = stage.wire.told
    assert (told.chat, told.text) == (GROUP, "Je réponds uniquement en conversation privée.")
    assert stage.domain.asked == []


async def test_a_button_pressed_in_a_group_does_nothing(stage):
    data = MarkDay.data(ChildId(1), ActivityId(1), builders.DAY, wanted=True)

    await stage.press(data, chat=GROUP)

    assert stage.calls == ["answer"]
    assert stage.domain.asked == []


async def test_a_button_whose_message_is_unknown_is_only_answered(stage):
    user = {"id": 7, "is_bot": False, "first_name": "Anne"}
    query = {"id": "1", "from": user, "chat_instance": "1", "data": "h"}

    await stage.feed(callback_query=query)

    assert stage.calls == ["answer"]


async def test_a_message_too_old_to_be_read_is_redrawn_all_the_same(stage):
    user = {"id": 7, "is_bot": False, "first_name": "Anne"}
    old = {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}}
    query = {"id": "1", "from": user, "chat_instance": "1", "data": "h", "message": old}

    await stage.feed(callback_query=query)

    assert stage.shown.what == "edit"
