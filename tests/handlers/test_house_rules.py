"""A6: what is typed to sign is of whom typed it, and for a while."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.documents.routes import SignRules, TickRules
from domain.documents.model import DocumentId, DocumentKind, LegalDocument, Sheet, Signature
from domain.families.model import ChildId
from tests import builders
from tests.handlers.stage import PARENT

RULES = LegalDocument(
    DocumentId(3), builders.TOWN, DocumentKind.HOUSE_RULES, 1, "Règlement", "Un.", builders.NOW
)
SIGN = SignRules(child=1).pack()


@pytest.fixture
def stage(stage):
    child = stage.parent.children[0]
    stage.domain.answers |= {
        "list_sheets": (Sheet(child, RULES),),
        "sign_house_rules": lambda *_, **typed: Sheet(child, RULES, signed(**typed)),
        "print_paper": b"%PDF",
    }
    return stage


def signed(name="Anne", place="CarteVille", telegram_user=PARENT):
    at = builders.NOW
    return Signature(RULES, ChildId(1), name, place, at, telegram_user, "f")


def asked(stage):
    return [one[1:] for one in stage.domain.asked if one[0] == "sign_house_rules"]


async def typed(stage, *lines):
    await stage.press(TickRules(child=1).pack())
    for line in lines:
        await stage.say(line)


def someone_else(stage):
    """The other parent of the same child, in a session of their own."""
    stage.domain.sessions[PARENT] = replace(stage.parent, session_id=99)


async def test_what_was_typed_just_now_signs(stage):
    await typed(stage, "Anne Martin", "CarteVille")

    await stage.press(SIGN)

    assert asked(stage) == [(1, "Anne Martin", "CarteVille", PARENT)]
    assert "Le règlement est signé" in stage.shown.text


async def test_another_place_may_be_typed_until_it_is_signed(stage):
    await typed(stage, "Anne Martin", "CarteVille", "Ailleurs")

    await stage.press(SIGN)

    assert asked(stage) == [(1, "Anne Martin", "Ailleurs", PARENT)]


@pytest.mark.parametrize("lines", [("Anne Martin",), ("Anne Martin", "CarteVille")])
async def test_the_next_session_on_this_phone_signs_nothing_with_it(stage, lines):
    await typed(stage, *lines)
    someone_else(stage)

    await stage.press(SIGN)

    assert asked(stage) == []
    assert "Rien n'est signé" in stage.shown.text


@pytest.mark.parametrize("lines", [(), ("Anne Martin",)])
async def test_what_the_next_session_types_is_no_answer_to_the_first_ones_question(stage, lines):
    await typed(stage, *lines)
    someone_else(stage)

    await stage.say("CarteVille")
    await stage.press(SIGN)

    assert asked(stage) == []


@pytest.mark.parametrize("minutes", [10, 11])
async def test_it_lasts_ten_minutes_after_the_last_answer(stage, minutes):
    await typed(stage, "Anne Martin")
    stage.now += timedelta(minutes=9)
    await stage.say("CarteVille")
    stage.now += timedelta(minutes=minutes)

    await stage.press(SIGN)

    assert bool(asked(stage)) is (minutes == 10)


async def test_a_button_pressed_again_shows_the_signature_and_asks_for_no_other(stage):
    child = stage.parent.children[0]
    stage.domain.answers["list_sheets"] = (Sheet(child, RULES, signed()),)

    await stage.press(SIGN)

    assert asked(stage) == []
    assert "Le règlement est signé" in stage.shown.text
