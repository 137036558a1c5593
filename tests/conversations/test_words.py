"""Every code has words in every language, and every text is in the catalogues."""

import ast
import importlib
import pkgutil
import re
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest

import domain
from bot.locales import HERE, LOCALES, catalogue, load
from bot.locales.catalogues import ROOMS, ROOT, extracted, missing, updated
from conversations import commands, words
from conversations.booking.receipt import ORDER
from conversations.followup.views import MARKS
from conversations.journal.words import ACTS
from conversations.notices.report import TITLES
from conversations.notices.sentences import SUBJECTS
from conversations.profile.alerts import NAMES
from domain.announcements.acts import AnnouncementAct
from domain.bookings.model import DayState, Reason, Result, State
from domain.errors import DomainError
from domain.notices.choosing import CHOOSABLE
from domain.notices.model import Kind
from domain.staff.acts import StaffAct
from tests import builders

for module in pkgutil.walk_packages(domain.__path__, "domain."):
    importlib.import_module(module.name)


COUNTS = {
    "most": 5,
    "amount": 12,
    "least": 1,
    "left": 2,
    "longest": 200,
    "has": 201,
    "over": 1,
    "structure": "Mairie",
    "wallet": "Cantine",
    "balance": Decimal("-1.50"),
    "shortest": 3,
}


def refusals(of: type[DomainError] = DomainError) -> list[type[DomainError]]:
    return [of, *(found for one in of.__subclasses__() for found in refusals(one))]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("refusal", refusals(), ids=lambda refusal: refusal.code)
def test_every_refusal_has_words(refusal, locale):
    moments = dict.fromkeys(("until", "limit", "at"), builders.NOW)
    error = refusal(which="je•••@example.org", **moments, **COUNTS)

    said = words.refusal(error, load()(locale))

    assert refusal.code in words.REFUSALS
    assert said
    assert "{" not in said


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (Reason, words.REASONS),
        (State, words.STATES),
        (State, MARKS),
        (State, TITLES),
        (Result, words.RESULTS),
        (Result, ORDER),
        (DayState, words.DAY_STATES),
        (Kind, SUBJECTS),
        (CHOOSABLE, NAMES),
    ],
)
def test_every_code_has_words(codes, said):
    assert set(said) == set(codes)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_passed_limit_is_told_with_its_reason(locale):
    said = words.reason(Reason.LATE, load()(locale), builders.NOW)

    assert "10:00" in said


@pytest.mark.parametrize("locale", LOCALES)
def test_the_catalogue_holds_every_text_and_no_guess(locale):
    on_disk = catalogue(locale)

    assert [message.id for message in missing(on_disk)] == []
    assert {m.id for m in on_disk} == {m.id for m in extracted()}


@pytest.mark.parametrize("locale", LOCALES)
def test_collecting_again_changes_nothing(locale):
    once = {m.id: m.string for m in catalogue(locale) if m.id}

    again = {m.id: m.string for m in updated(locale) if m.id}

    assert again == once


def test_french_is_filled_from_itself():
    assert all(m.string == m.id for m in catalogue("fr") if m.id)


def test_english_keeps_the_parameters_and_the_tags_of_the_french():
    for message in catalogue("en"):
        if message.id:
            source = message.id if isinstance(message.id, tuple) else (message.id,)
            said = message.string if isinstance(message.string, tuple) else (message.string,)
            assert {_holes(one) for one in said} <= {_holes(one) for one in source}, message.id


def _holes(text: str) -> tuple[frozenset[str], int]:
    named = {name for _, name, _, _ in Formatter().parse(text) if name}
    return frozenset(named), len(re.findall(r"</?[a-z]+>", text))


def test_every_sentence_in_the_source_is_collected():
    """A text inside an f-string, or said by another name, would be missed by the collector."""
    said = set()
    for room in ROOMS:
        for path in Path(ROOT, room).rglob("*.py"):
            said |= _said(ast.parse(path.read_text("utf-8")))

    known = {i for m in extracted() for i in (m.id if isinstance(m.id, tuple) else (m.id,))}
    assert said <= known


def _said(tree: ast.AST) -> set[str]:
    names = {"t", "texts", "self", "html", "plural", "mark"}
    return {
        argument.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and getattr(call.func, "attr", getattr(call.func, "id", "")) in names
        for argument in call.args[:2]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def test_the_catalogues_are_all_there_is_to_load():
    assert {path.stem for path in HERE.glob("*.po")} == set(LOCALES)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_commands_fit_telegram(locale):
    for command, description in commands.menu(load()(locale)):
        assert re.fullmatch("[a-z_]{1,32}", command)
        assert 1 <= len(description) <= 256


@pytest.mark.parametrize("locale", LOCALES)
def test_the_descriptions_fit_telegram(locale):
    assert 1 <= len(commands.description(load()(locale))) <= 512
    assert 1 <= len(commands.short_description(load()(locale))) <= 120


def test_whatever_agents_do_has_a_name_in_the_log():
    assert ACTS.keys() >= {*StaffAct, *AnnouncementAct}
