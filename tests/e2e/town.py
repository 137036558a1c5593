"""The demo's town as the stories find it: which day it is, whose phone is whose, who connects."""

from datetime import datetime
from typing import Final

from bot.demo import Demo
from bot.sample.people import Person, people
from domain.calendar.model import PARIS
from domain.staff.model import Role
from domain.staff.office import InviteStaff
from tests.driver import Parent

NOW: Final = datetime(2026, 11, 23, 10, tzinfo=PARIS)  # a Monday
# Phones, and whom the sample gives them to; Samir Belkacem and Inès Moreau have one child.
DUPONT, CASIMIR, MOREAU, BELKACEM, ROUSSEAU, ALLARD, OCONNOR = range(700_000_001, 700_000_008)
LAROCHE, LENOIR, HADDAD, STRANGER = range(700_000_008, 700_000_012)
AGNES, HUGO = 700_000_012, 700_000_013


async def logged_in(
    demo: Demo, person: int, identifier: str | None = None, password: str | None = None
) -> Parent:
    """By the identifier and the password of the sample, or by others."""
    known = _known(person)
    parent = Parent(demo.url, person)
    await parent.log_in(identifier or known.identifier, password or known.password)
    return parent


async def agent(
    demo: Demo, role: Role, person: int = AGNES, structures: tuple[int, ...] = (1,)
) -> Parent:
    """Let in by an invitation to their name."""
    known, town = _known(person), demo.application.town
    invite = InviteStaff(town.staff, town.clock)
    invited = await invite(f"{known.first_name} {known.last_name}", role, structures)
    there = Parent(demo.url, person)
    await there.start(invited.token)
    return there


def _known(person: int) -> Person:
    return next(one for one in people() if one.id == person)
