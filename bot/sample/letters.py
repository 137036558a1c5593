"""The letters of those in the picker who never connected, with a link that can be pressed."""

from collections.abc import Iterable
from pathlib import Path

from bot.letters import Letters, file_name
from bot.links import BotLinks
from bot.sample.documents import NEVER_CAME
from bot.sample.people import Person
from bot.town.parts import Town
from conversations.texts import TextsByLocale
from domain.accounts.inviting import FindGuardian, Invite
from domain.accounts.tokens import new_token


async def write_letters(
    town: Town, texts: TextsByLocale, links: BotLinks, cast: Iterable[Person], folder: Path
) -> dict[int, str]:
    """The link of each, by Telegram user; the temporary password is the one that is shown."""
    return {
        person.id: await _write(town, texts, links, person, folder)
        for person in cast
        if person.last_name == NEVER_CAME.name
    }


async def _write(
    town: Town, texts: TextsByLocale, links: BotLinks, person: Person, folder: Path
) -> str:
    token = new_token()
    invite = Invite(
        town.access,
        town.passwords,
        town.clock,
        new_password=lambda: person.password,
        new_token=lambda: token,
    )
    guardian = await FindGuardian(town.access)(person.identifier)
    letters = Letters(invite, links, texts, town.print_paper)
    await letters.write(guardian, folder / file_name(person.identifier))
    return await links.start(token)
