from datetime import date

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.methods import AnswerCallbackQuery, EditMessageText

from conversations.booking.routes import Activities, Children, MarkDay, MarkGroup, Month
from domain.activities.model import ActivityId
from domain.bookings.model import Span
from domain.families.model import ChildId
from tests import builders

LEYAH, ALSH = ChildId(1), ActivityId(1)
TAP = MarkDay.data(LEYAH, ALSH, builders.DAY, wanted=True)


def bad_request(words: str) -> TelegramBadRequest:
    return TelegramBadRequest(EditMessageText(text="-"), f"Bad Request: {words}")


async def test_a_day_pressed_twice_from_one_keyboard_asks_twice_for_the_same_result(stage):
    await stage.press(TAP)
    await stage.press(TAP)

    span = Span(builders.DAY, builders.DAY, single=True)
    assert stage.domain.asked == [("mark_days", LEYAH, ALSH, span, True)] * 2
    assert sorted(stage.calls) == ["answer", "answer", "edit", "edit"]


async def test_a_tap_never_touches_the_login_storage(stage):
    await stage.press(TAP)

    assert stage.storage.trips == 0


async def test_the_month_button_asks_for_the_days_of_its_month_alone(stage):
    first, last = date(2026, 12, 1), date(2026, 12, 31)

    await stage.press(MarkGroup.data(LEYAH, ALSH, first, last, 2, wanted=False))

    assert stage.domain.asked == [("mark_days", LEYAH, ALSH, Span(first, last, 2), False)]


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2026, 12, 1), date(2027, 12, 31)), (date(2026, 12, 9), date(2026, 12, 2))],
)
async def test_a_forged_group_over_more_than_a_month_is_refused(stage, first, last):
    await stage.press(MarkGroup.data(LEYAH, ALSH, first, last, None, wanted=True))

    assert stage.domain.asked == []
    assert "n'existe pas" in stage.shown.text


@pytest.mark.parametrize("child", [ChildId(3), ChildId(2**63 - 1)])
async def test_another_familys_child_is_refused_as_if_it_did_not_exist(stage, child):
    await stage.press(MarkDay.data(child, ALSH, builders.DAY, wanted=True))
    of_a_month = stage.shown
    await stage.press(Activities(child=child).pack())

    assert of_a_month.text.startswith("Cet élément n'existe pas")
    assert stage.shown.text == of_a_month.text


@pytest.mark.parametrize(
    "data",
    [
        "",
        "?",
        "d:1:1:20261301:1",
        "d:1:1:20261202:2",
        "d: 1:1:20261202:1",
        "d:+1:1:20261202:1",
        "d:1_0:1:20261202:1",
        "d:٣:1:20261202:1",
        "d:01:1:20261202:1",
        "d:0:1:20261202:1",
        f"d:{'9' * 55}:1:2026",
        f"d:{2**63}:1:20261202:1",
        "d:1:1:20261202:1:1",
        "g:1:1:20261201:20261231:7:1",
        "g:1:1:20261201:20261231:-1:1",
        "k:1:1:ABCDEF12",
        "k:99999999999:1:abcdef12",
        "k:1:1:abcdef12\n",
        "é" * 32,
        "d:1:1:20261202:1\u0000",
    ],
)
async def test_forged_data_leads_home_and_asks_nothing(stage, data, caplog):
    caplog.set_level("INFO", logger="handlers")

    await stage.press(data)

    assert [asked[0] for asked in stage.domain.asked] == ["show_home"]
    assert stage.shown.text.startswith("Ce bouton n'est plus valable.")
    assert [record.message for record in caplog.records] == ["button_unknown"]


async def test_a_button_without_a_session_opens_the_welcome_screen(stage):
    await stage.press(TAP, user=8)

    assert stage.domain.asked == []
    assert "connectez-vous" in stage.shown.text


async def test_a_redraw_of_the_same_screen_is_no_trouble(stage, caplog):
    stage.wire.fails["edit"] = bad_request("message is not modified: specified new message ...")

    await stage.press(TAP)

    assert sorted(stage.calls) == ["answer", "edit"]
    assert not [record for record in caplog.records if record.name.startswith("handlers")]


@pytest.mark.parametrize(
    "words",
    [
        "message to edit not found",
        "message can't be edited",
        "MESSAGE_ID_INVALID",
        "there is no text in the message to edit",
    ],
)
async def test_a_message_that_is_gone_is_replaced_by_a_new_one(stage, words):
    stage.wire.fails["edit"] = bad_request(words)

    await stage.press(TAP)

    assert stage.shown.what == "send"
    assert "Décembre 2026" in stage.shown.text


async def test_a_late_answer_to_the_button_does_not_stop_the_work(stage):
    method = AnswerCallbackQuery(callback_query_id="1")
    stage.wire.fails["answer"] = TelegramBadRequest(method, "Bad Request: query is too old")

    await stage.press(TAP)

    assert "Décembre 2026" in stage.shown.text


async def test_a_parent_who_blocked_the_bot_is_one_line_in_the_log(stage, caplog):
    stage.wire.fails["edit"] = TelegramForbiddenError(EditMessageText(text="-"), "blocked")

    await stage.press(TAP)

    assert sorted(stage.calls) == ["answer", "edit"]
    assert [r.message for r in caplog.records if r.name.startswith("handlers")] == [
        "telegram_failed"
    ]


async def test_a_bug_is_told_by_its_reference_under_a_screen_that_still_works(stage, caplog):
    stage.domain.answers["mark_days"] = ZeroDivisionError("boom")

    await stage.press(TAP)

    (record,) = [r for r in caplog.records if r.message == "bug"]
    assert stage.shown.what == "send"
    assert "Rien n'a été perdu" in stage.shown.text
    assert f"<code>{record.error_id}</code>" in stage.shown.text


async def test_an_only_child_is_not_asked_for(stage):
    stage.domain.sessions[7] = builders.identity(1, 1)

    await stage.press(Children().pack())

    assert "<b>Enfant 1</b>" in stage.shown.text


async def test_the_calendar_opens_on_the_month_that_its_activity_says(stage):
    await stage.press(Activities(child=1).pack())

    assert stage.shown.data("Activité 1") == Month.data(LEYAH, ALSH, date(2026, 12, 1))
