"""Who works for the sample town, and the invitations that let them in (S1)."""

from collections.abc import Iterable
from typing import Final

from bot.links import BotLinks
from bot.sample.people import AGENTS, Person
from bot.town.parts import Town
from domain.staff.model import Role
from domain.staff.office import InviteStaff

ROLES: Final = {"Martin": Role.MANAGER, "Petit": Role.READER}
"""By last name."""


async def invite_agents(town: Town, links: BotLinks, cast: Iterable[Person]) -> dict[int, str]:
    """The link of each, by Telegram user; a manager is of all structures, others of the first, the
    town hall.
    """
    structures = tuple(sorted((await town.catalogues()).structures))
    invite, made = InviteStaff(town.staff, town.clock), {}
    for person in cast:
        if person.role == AGENTS:
            name = f"{person.first_name} {person.last_name}"
            role = ROLES[person.last_name]
            of = structures if role is Role.MANAGER else structures[:1]
            invitation = await invite(name, role, of)
            made[person.id] = await links.start(invitation.token)
    return made
