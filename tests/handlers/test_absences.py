"""Declaring an absence: what is sent in the step is a word or a certificate (B19)."""

from datetime import timedelta

import pytest

from conversations.absences.routes import AskReason, DeclareAbsent, Explain
from domain.absences.errors import DayOver
from domain.absences.model import Certificate, CertificateKind, Reason, Scope
from tests import builders
from tests.conversations import facts
from tests.handlers.stage import PARENT

EXPLAIN = Explain(child=1, day=builders.DAY).pack()
WHOLE = Scope(1, builders.DAY)
PDF = {"file_id": "pdf-1", "file_unique_id": "u", "mime_type": "application/pdf"}
PHOTO = [
    {"file_id": f"photo-{n}", "file_unique_id": f"u{n}", "width": n, "height": n} for n in (1, 2)
]


@pytest.fixture
def stage(stage):
    day = facts.day_of_child(facts.longest_absence())
    names = ("show", "ask", "declare", "note", "certify", "withdraw")
    stage.domain.answers |= {
        f"{name}_absence" + ("_day" if name == "show" else ""): day for name in names
    }
    stage.domain.answers["list_absence_days"] = (day,)
    return stage


def asked(stage, name):
    return [one for one in stage.domain.asked if one[0] == name]


async def test_a_reason_declares_the_whole_day_or_one_activity(stage):
    for activity in (0, 5):
        await stage.press(
            DeclareAbsent(child=1, day=builders.DAY, activity=activity, reason=Reason.ILL).pack()
        )

    assert asked(stage, "declare_absence") == [
        ("declare_absence", WHOLE, Reason.ILL),
        ("declare_absence", Scope(1, builders.DAY, 5), Reason.ILL),
    ]


async def test_the_reason_is_asked_first(stage):
    await stage.press(AskReason(child=1, day=builders.DAY, activity=0).pack())

    assert "Pour quelle raison" in stage.shown.text
    assert asked(stage, "declare_absence") == []


async def test_the_command_lists_the_days(stage):
    await stage.say("/absence")

    assert "Qui sera absent" in stage.shown.text


async def test_words_sent_in_the_step_are_the_note_and_end_it(stage):
    await stage.press(EXPLAIN)
    await stage.say("Nous rentrons tard")
    await stage.say("Encore un mot")

    assert asked(stage, "note_absence") == [("note_absence", WHOLE, "Nous rentrons tard")]
    assert "Je ne comprends que" in stage.shown.text


@pytest.mark.parametrize(
    ("content", "file", "kind"),
    [
        ({"photo": PHOTO}, "photo-2", CertificateKind.PHOTO),
        ({"document": PDF}, "pdf-1", CertificateKind.PDF),
        ({"document": PDF | {"mime_type": "image/png"}}, "pdf-1", CertificateKind.PHOTO),
    ],
)
async def test_a_picture_or_a_pdf_is_the_certificate_and_stays_in_the_chat(
    stage, content, file, kind
):
    await stage.press(EXPLAIN)
    await stage.say(None, **content)
    await stage.say(None, **content)

    wanted = ("certify_absence", WHOLE, Certificate(file, kind))
    assert asked(stage, "certify_absence") == [wanted, wanted]
    assert "delete" not in stage.calls


async def test_what_is_written_under_a_picture_is_the_note(stage):
    await stage.press(EXPLAIN)
    await stage.say(None, photo=PHOTO, caption="Fièvre")

    assert asked(stage, "note_absence") == [("note_absence", WHOLE, "Fièvre")]


@pytest.mark.parametrize(
    "content",
    [
        {"document": PDF | {"mime_type": "application/zip"}},
        {"document": {"file_id": "x", "file_unique_id": "u"}},
        {"document": PDF | {"file_size": 10 * 2**20 + 1}},
        {"photo": [PHOTO[0] | {"file_size": 10 * 2**20 + 1}]},
    ],
)
async def test_another_file_or_a_big_one_is_refused_and_can_be_sent_again(stage, content):
    await stage.press(EXPLAIN)
    await stage.say(None, **content)
    refused = stage.shown.text
    await stage.say(None, document=PDF)

    assert "une photo ou un PDF de 10 Mo au plus" in refused
    assert len(asked(stage, "certify_absence")) == 1


async def test_outside_of_the_step_a_picture_means_nothing(stage):
    await stage.say(None, photo=PHOTO)
    await stage.press(EXPLAIN)
    stage.now += timedelta(minutes=11)
    await stage.say(None, photo=PHOTO)
    await stage.say("Un mot")

    assert asked(stage, "certify_absence") + asked(stage, "note_absence") == []


async def test_whoever_logs_in_next_on_this_phone_sends_nothing_there(stage):
    await stage.press(EXPLAIN)
    stage.domain.sessions[PARENT] = builders.identity(2, 2)

    await stage.say("Un mot")

    assert asked(stage, "note_absence") == []


async def test_going_back_ends_the_step(stage):
    await stage.press(EXPLAIN)
    await stage.press("ab:1")
    await stage.say("Un mot")

    assert asked(stage, "note_absence") == []


async def test_after_midnight_there_is_a_clear_sentence(stage):
    stage.domain.answers["declare_absence"] = DayOver()

    await stage.press(
        DeclareAbsent(child=1, day=builders.DAY, activity=0, reason=Reason.ILL).pack()
    )

    assert "Cette journée est terminée" in stage.shown.text
