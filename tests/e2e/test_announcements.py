"""S2, N4: an agent composes, looks, confirms; families read it, and the agent watches it go."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.demo import Demo
from bot.playground.clock import ShiftableClock
from domain.calendar.model import PARIS
from domain.staff.model import Role
from domain.staff.office import InviteStaff
from tests.driver import Parent

NOW = datetime(2026, 11, 23, 10, tzinfo=PARIS)
DUPONT, AGNES = 700_000_001, 700_000_012
PICTURE = Path("docs/images/calendar.png").read_bytes()


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with Demo(tmp_path, clock=ShiftableClock.frozen(NOW)) as shown:
        yield shown


async def agent(demo: Demo, role: Role = Role.AGENT) -> Parent:
    town = demo.application.town
    invited = await InviteStaff(town.staff, town.clock)("Agnès Martin", role, (1,))
    agnes = Parent(demo.url, AGNES)
    await agnes.start(invited.token)
    return agnes


async def family(demo: Demo) -> Parent:
    parent = Parent(demo.url, DUPONT)
    await parent.start()
    await parent.press("Se connecter")
    await parent.say("DUPONT1")
    await parent.say("trois-petits-chats")
    return parent


async def composed(agnes: Parent, said: str) -> None:
    await agnes.press("Annonces")
    await agnes.press("Nouvelle annonce")
    await agnes.say(said)


async def test_an_announcement_goes_from_the_agent_to_the_families(demo: Demo) -> None:
    parent, agnes = await family(demo), await agent(demo)
    await composed(agnes, "Grève jeudi <3\nLa cantine est fermée & le périscolaire aussi.")
    await agnes.press("Aperçu et envoi")
    preview = (await agnes.messages())[-2]

    await agnes.press("Envoyer à")

    got = await parent.until(lambda shown: "Grève" in shown.text)
    live = await agnes.until(lambda shown: "Envoi terminé" in shown.text)
    assert got.text == preview.text
    assert got.text == "Grève jeudi <3\n\nLa cantine est fermée & le périscolaire aussi."
    assert "✓ Remise : 1" in live.text
    await parent.say("/accueil")
    assert "Grève jeudi" in (await parent.screen()).text
