"""Whatever the audit log shows to agents has words, and none of its own spelling (S1)."""

import importlib
import inspect
import pkgutil
from enum import StrEnum

import pytest

import domain
from bot.locales import LOCALES, load
from conversations.journal import words
from domain.accounts.events import Event as OfAccounts
from domain.announcements.acts import AnnouncementAct
from domain.bookings.model import State
from domain.journal.model import LogLine
from domain.staff.acts import StaffAct
from domain.staff.model import StaffId
from tests import builders

BY_AGENTS = {*StaffAct, *AnnouncementAct, OfAccounts.INVITED, OfAccounts.UNLOCKED}
OF_FAMILIES = {
    "domain.absences.events",
    "domain.accounts.events",
    "domain.emails.model",
    "domain.privacy.events",
    "domain.sessions.model",
}
"""What nobody who works for the town does: the log of agents never shows it."""


def lists_of_acts() -> dict[str, type[StrEnum]]:
    found = {}
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        for name, one in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            is_list = issubclass(one, StrEnum) and (name == "Event" or name.endswith("Act"))
            if is_list and one.__module__ == module.name:
                found[one.__module__] = one
    return found


def test_every_act_of_an_agent_has_a_name():
    assert set(words.ACTS) == BY_AGENTS


def test_every_list_of_acts_is_of_agents_or_of_families():
    known = {one.__module__ for one in (StaffAct, AnnouncementAct)} | OF_FAMILIES

    assert set(lists_of_acts()) == known


def test_no_two_lists_say_the_same_word():
    said = [one.value for acts in lists_of_acts().values() for one in acts]

    assert len(said) == len(set(said))


def test_what_a_request_was_and_became_is_told_in_words(t):
    assert set(State) <= set(words.VALUES)
    assert words.value("pending", t) == "en attente de réponse"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("said", ["now", "unlimited", "2026-12-04T09:00:00+00:00"])
def test_what_was_before_and_after_is_told_in_words(said, locale):
    assert words.value(said, load()(locale)) != said


def test_a_number_stays_a_number(t):
    assert words.value("12", t) == "12"


def test_a_day_is_told_in_the_readers_language(t):
    line = LogLine(
        at=builders.NOW,
        staff_id=StaffId(1),
        who="Agnès",
        what=StaffAct.SHEET_READ,
        structure_id=builders.TOWN,
        guardian_id=None,
        details={"day": "2026-12-04"},
    )

    assert words.about(line, builders.catalogue(), t) == "4 décembre 2026"
