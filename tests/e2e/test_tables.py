"""The second display over real HTTP: chosen, used, left again, and refused (decision 9)."""

import aiohttp
import pytest

from bot.demo import Demo
from tests.driver import Parent, Shown
from tests.e2e.town import CASIMIR, logged_in


@pytest.fixture
async def nadia(demo: Demo) -> Parent:
    """Connected, and tables chosen."""
    parent = await logged_in(demo, CASIMIR)
    await parent.say("/profil")
    await parent.press("Préférer l'affichage en tableaux")
    return parent


async def to_the_recap(parent: Parent) -> Shown:
    await parent.say("/reserver")
    await parent.press("Leo")
    await parent.press("Restauration Scolaire")
    for _ in range(2):
        await parent.press("›", exact=True)
    rows = (await parent.screen()).rows
    day = next(x for row in rows for x in row if x[0].isdecimal() and x[-1] in "₀₁₂₃₄₅₆₇₈₉")
    await parent.press(day, exact=True)
    await parent.press("Vérifier mes demandes")
    return await parent.screen()


async def test_a_day_is_booked_in_tables_with_a_restart_and_followed(demo: Demo, nadia: Parent):
    recap = await to_the_recap(nadia)
    await demo.restart_bot()
    await nadia.press("Valider")
    result = await nadia.screen()
    await nadia.press("Suivi des réservations")
    listed = await nadia.screen()

    assert {recap.kind, result.kind, listed.kind} == {"rich"}
    assert "Jour | Arrivée | Départ | Coût" in recap.text
    assert "Rien n'est encore enregistré." in recap.text
    assert "Vos demandes sont enregistrées" in result.text
    assert "N° | Jour | Horaires | Coût" in listed.text
    assert recap.message_id == result.message_id == listed.message_id


async def test_the_way_back_shows_the_same_screen_as_text_and_stays(demo: Demo, nadia: Parent):
    table = await to_the_recap(nadia)
    await demo.restart_bot()

    await nadia.press("Affichage simple")

    text = await nadia.screen()
    assert (text.kind, text.message_id) == ("text", table.message_id)
    assert "Récapitulatif de vos demandes" in text.text
    assert not text.has("Affichage simple")
    await nadia.say("/suivi")
    assert (await nadia.screen()).kind == "text"


@pytest.mark.parametrize("screen", ["receipt", "follow-up", "day sheet"])
async def test_every_screen_in_tables_has_its_way_back(nadia: Parent, screen: str):
    await to_the_recap(nadia)
    if screen == "receipt":
        await nadia.press("Valider")
    elif screen == "follow-up":
        await nadia.say("/suivi")
    else:
        await nadia.say("/reserver")
        await nadia.press("Leo")
        await nadia.press("Toutes, jour par jour")
        rows = (await nadia.screen()).rows
        day = next(x for row in rows[2:] for x in row if x[0].isdecimal())
        await nadia.press(day, exact=True)
    table = await nadia.screen()

    await nadia.press("Affichage simple")

    text = await nadia.screen()
    assert (table.kind, text.kind) == ("rich", "text")
    first = table.text.splitlines()[0].strip()
    assert first
    assert text.text.startswith(first)
    assert text.rows == [row for row in table.rows if row != ["Affichage simple"]]


async def test_who_sees_nothing_types_simple(nadia: Parent):
    await to_the_recap(nadia)

    await nadia.say("/simple")

    assert "Vos écrans sont de nouveau en texte simple." in (await nadia.screen()).text
    await nadia.say("/suivi")
    assert (await nadia.screen()).kind == "text"


async def test_refused_tables_come_as_text_and_are_not_tried_again(demo: Demo, nadia: Parent):
    fault = {
        "method": "sendRichMessage",
        "kind": "400",
        "description": "Bad Request: RICH_VALIDATE_CTOR_NOT_ALLOWED",
    }
    async with aiohttp.ClientSession(trust_env=False) as session:
        planned = await session.post(f"{demo.url}/sim/faults", json=fault)
        assert planned.ok, await planned.text()

    await nadia.say("/suivi")

    shown = await nadia.screen()
    assert shown.kind == "text"
    assert "Telegram n'a pas accepté les tableaux : voici le texte." in shown.text
    assert "Suivi des réservations" in shown.text
    await nadia.say("/suivi")
    assert "Telegram n'a pas accepté" not in (await nadia.screen()).text


FORGED = ("b:r!0", "b:zz!", "b:k!1!1!ffff", "b:b!1!2", "b:r", "b:")


@pytest.mark.parametrize("forged", FORGED)
async def test_a_forged_way_back_gets_a_clear_sentence(nadia: Parent, forged: str):
    await to_the_recap(nadia)

    await nadia.press_data(forged)

    assert (await nadia.screen()).text
    await nadia.say("/accueil")
    assert "Vérifier mes demandes" in str((await nadia.screen()).rows)
