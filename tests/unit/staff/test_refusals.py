"""Every use case of the town's side asks for a right itself, whatever its handler did (S1).

Walked from what composition makes, so that a new one is covered by itself. Nothing is read before.
"""

import inspect
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.town.staff import for_staff
from domain.activities.model import StructureId
from domain.reports.by_hand import NightHours
from domain.staff.errors import NotAllowed
from domain.staff.model import Right, Role, StaffId, StaffIdentity, StaffSessionId
from tests.builders import NOW, TOWN

OF_NO_STRUCTURE = {
    f"access.{name}" for name in ("list_devices", "end_device", "set_locale", "set_tables")
}
"""About oneself."""
OF_ALL_OF_THEIRS = {
    "journal.show_journal",
    "journal.take_journal",
    *(
        f"alerts.{name}"
        for name in (
            "count",
            "list_alerts",
            "show_alert",
            "settle",
            "settle_stray",
            "find_family",
            "name_wallet",
        )
    ),
}
"""Read for the structures of the session alone: none is named."""


class Untouched:
    """Neither read nor written before the right was asked for."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"{name} before the right")


class Anywhere:
    """A town whose parts nobody has reached yet."""

    def clock(self) -> datetime:
        return NOW

    def __getattr__(self, name: str) -> Any:
        return Untouched()


class Powerless(StaffIdentity):
    __slots__ = ()

    def may(self, right: Right) -> bool:
        return False


def member(kind: type[StaffIdentity] = StaffIdentity, shown: int = TOWN) -> StaffIdentity:
    return kind(
        StaffSessionId(1),
        StaffId(1),
        Role.MANAGER,
        "Agnès",
        StructureId(shown),
        (TOWN,),
        "fr",
        1,
        NOW,
    )


def use_cases() -> Iterator[tuple[str, Any]]:
    """Those that act for a member, by name."""
    beside = dict.fromkeys(("print_letter", "fetch", "beside", "wake", "download"))
    made = for_staff(Anywhere(), hours=NightHours(), idle=timedelta(days=1), **beside)
    for group in fields(made):
        of = getattr(made, group.name)
        for one in fields(of):
            use_case = getattr(of, one.name)
            if callable(use_case) and "member" in _names(use_case):
                yield f"{group.name}.{one.name}", use_case


def _names(use_case: Any) -> list[str]:
    return list(inspect.signature(use_case).parameters) if not _is_plain(use_case) else []


def _is_plain(use_case: Any) -> bool:
    return use_case is None or inspect.ismethod(use_case)


async def ask(use_case: Any, who: StaffIdentity) -> None:
    asked = inspect.signature(use_case).parameters.values()
    given = [Untouched() for one in asked if one.kind is one.POSITIONAL_OR_KEYWORD][1:]
    named = {one.name: Untouched() for one in asked if one.kind is one.KEYWORD_ONLY}
    await use_case(who, *given, **named)


CASES = dict(use_cases())


def test_there_are_use_cases_to_ask() -> None:
    assert len(CASES) > 20
    assert CASES.keys() >= OF_NO_STRUCTURE | OF_ALL_OF_THEIRS


@pytest.mark.parametrize("name", CASES)
async def test_who_has_no_right_is_refused_before_anything_is_read(name: str) -> None:
    with pytest.raises(NotAllowed):
        await ask(CASES[name], member(Powerless))


@pytest.mark.parametrize("name", sorted(CASES.keys() - OF_NO_STRUCTURE - OF_ALL_OF_THEIRS))
async def test_a_structure_that_is_not_theirs_is_refused(name: str) -> None:
    with pytest.raises(NotAllowed):
        await ask(CASES[name], member(shown=2))
