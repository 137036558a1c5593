"""All children at once, over real HTTP."""

import pytest

from bot.demo import Demo
from tests.driver import Parent


async def week_of_january(parent: Parent) -> None:
    """The first week of school of January, which follows the holidays."""
    await parent.press("Réserver")
    await parent.press("Tous les enfants, par semaine")
    for _ in range(6):
        await parent.press("›", exact=True)


async def test_last_week_is_drafted_again_for_all_children(demo: Demo, nadia: Parent):
    await week_of_january(nadia)
    await nadia.press("11", exact=True)  # Leo's sheet of Monday
    await nadia.press("☐ Restauration Scolaire")
    await nadia.press("Vérifier mes demandes")
    await nadia.press("Valider")
    await nadia.press("Accueil")
    await week_of_january(nadia)
    first = await nadia.text()
    await nadia.press("›", exact=True)
    await demo.restart_bot()
    await nadia.press("Comme la semaine dernière")
    added = await nadia.text()
    shown = await nadia.screen()
    await nadia.press("Comme la semaine dernière")
    again = await nadia.text()
    await nadia.press("Vérifier mes demandes")

    assert "Du lun. 11 janv. au dim. 17 janv." in first
    assert "comme la semaine dernière" in added
    assert shown.has("18+")
    assert "Rien à ajouter" in again
    assert "lun. 18 janv." in await nadia.text()


@pytest.mark.parametrize("data", ["ow:20261399", "or:1", "ow:-"])
async def test_forged_weeks_change_nothing(nadia: Parent, data: str):
    await week_of_january(nadia)

    await nadia.press_data(data)

    assert "Une erreur est survenue" not in await nadia.text()
