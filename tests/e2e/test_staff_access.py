"""S1: an agent gets in by the town's invitation, once, and beside what they are as a parent."""

from datetime import timedelta

from bot.demo import Demo
from domain.staff.model import Role
from domain.staff.office import InviteStaff
from tests.driver import Parent
from tests.e2e.town import AGNES, DUPONT, NOW, STRANGER, logged_in


async def token(demo: Demo, name: str = "Agnès Martin", role: Role = Role.MANAGER) -> str:
    town = demo.application.town
    return (await InviteStaff(town.staff, town.clock)(name, role, (1,))).token


async def test_the_invitation_of_the_picker_opens_the_agents_home(demo: Demo) -> None:
    note = demo.playground.world.people[AGNES].note
    agnes = Parent(demo.url, AGNES)

    await agnes.start(note.rpartition("start=")[2])

    screen = await agnes.screen()
    assert "Agnès Martin, responsable" in screen.text
    assert "agent-" not in await agnes.transcript()  # the token was deleted


async def test_an_invitation_opened_again_lets_nobody_in(demo: Demo) -> None:
    agnes, stranger = Parent(demo.url, AGNES), Parent(demo.url, STRANGER)
    once = await token(demo)
    await agnes.start(once)

    await stranger.start(once)
    said = (await stranger.screen()).text
    await stranger.say("/agent")

    assert "ne permet pas ou plus d'entrer" in said
    assert "n'existe pas" in (await stranger.screen()).text


async def test_after_a_restart_start_leads_a_pure_agent_to_their_home(demo: Demo) -> None:
    agnes = Parent(demo.url, AGNES)
    await agnes.start(await token(demo))
    await demo.restart_bot()

    await agnes.start()

    assert "agents" in (await agnes.screen()).text


async def test_a_parent_is_an_agent_beside_it_in_the_same_chat(demo: Demo) -> None:
    both = await logged_in(demo, DUPONT)
    await both.start(await token(demo, "Jean-Paul Dupont", Role.AGENT))

    await both.start()
    as_parent = (await both.screen()).text
    await both.say("/agent")
    as_agent = (await both.screen()).text
    await both.press("Mon accès")
    await both.press("Se déconnecter comme agent")
    await both.say("/accueil")

    assert "Jean-Paul DUPONT" in as_parent
    assert "Jean-Paul Dupont, agent" in as_agent
    assert "Jean-Paul DUPONT" in (await both.screen()).text


async def test_language_and_display_are_ones_own(demo: Demo) -> None:
    agnes = Parent(demo.url, AGNES)
    await agnes.start(await token(demo))
    await agnes.press("Mon accès")
    await agnes.press("Afficher en tableaux")
    tables = await agnes.screen()

    await agnes.press("English")

    assert tables.has("Afficher en texte simple")
    assert "Connected devices" in (await agnes.screen()).text


async def test_an_unused_access_ends_by_itself(demo: Demo) -> None:
    agnes = Parent(demo.url, AGNES)
    await agnes.start(await token(demo))
    await demo.playground.clock.jump(NOW + timedelta(days=15))

    await agnes.say("/agent")

    assert "Demandez une nouvelle invitation" in (await agnes.screen()).text


async def test_leaving_takes_the_screens_that_name_families_out_of_the_chat(demo: Demo) -> None:
    agnes = Parent(demo.url, AGNES)
    await agnes.start(await token(demo))
    await agnes.press("Familles")
    await agnes.say("DUPONT1")
    await agnes.press("Jean-Paul DUPONT")
    named = [m.text for m in await agnes.messages() if m.by_bot and "DUPONT" in m.text]
    await demo.restart_bot()

    await agnes.say("/agent")
    await agnes.press("Mon accès")
    await agnes.press("Se déconnecter comme agent")

    assert named
    left = [m.text for m in await agnes.messages() if m.by_bot]
    assert len(left) == 1
    assert "plus connecté(e) comme agent" in left[0]
