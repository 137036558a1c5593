"""B4 over real HTTP: from the month over all activities to the sheet of a day, and back."""

import pytest

from bot.demo import Demo
from tests.driver import Parent


async def thursday(parent: Parent) -> None:
    """The sheet of Thursday, 10 December, for Amalia."""
    await parent.say("/reserver")
    await parent.press("Amalia")
    await parent.press("Toutes, jour par jour")
    await parent.press("›", exact=True)
    (day,) = [label for label in await parent.labels() if label.startswith("10")]
    await parent.press(day, exact=True)


async def test_two_activities_of_one_day_are_asked_and_confirmed(demo: Demo, jean_paul: Parent):
    await thursday(jean_paul)
    sheet = await jean_paul.text()
    before = await jean_paul.labels()
    await jean_paul.press("☐ Restauration Scolaire")
    await demo.restart_bot()
    await jean_paul.press("☐ APS Matin")
    await jean_paul.press("‹ Calendrier")
    month = await jean_paul.labels()
    await jean_paul.press("Vérifier mes demandes (2)")
    await jean_paul.press("Valider")

    assert "Amalia · jeudi 10 décembre 2026" in sheet
    assert "11:30–13:30 · " in sheet
    assert "☐ Restauration Scolaire" in before
    assert "10+" in month
    assert "Acceptées (2)" in await jean_paul.text()
    await thursday(jean_paul)
    assert "☑ Restauration Scolaire" in await jean_paul.labels()
    await jean_paul.press("‹ Calendrier")
    assert "10✓" in await jean_paul.labels()


async def test_an_old_sheet_still_means_what_it_said(demo: Demo, jean_paul: Parent):
    await thursday(jean_paul)
    old = await jean_paul.screen()
    asks = old.button("☐ Restauration Scolaire").data
    await jean_paul.say("/accueil")
    await demo.restart_bot()

    await jean_paul.press_data(asks, message_id=old.message_id)
    await jean_paul.press_data(asks, message_id=old.message_id)

    shown = await jean_paul.message(old.message_id)
    assert shown.has("☑ Restauration Scolaire")
    assert shown.has("Vérifier mes demandes (1)")
    assert "C'était déjà fait" in shown.text


async def test_a_day_with_nothing_open_says_so(jean_paul: Parent):
    await thursday(jean_paul)
    for _ in range(3):
        await jean_paul.press("›", exact=False)

    assert "Aucune activité n'est ouverte ce jour-là." in await jean_paul.text()


@pytest.mark.parametrize(
    "data", ["om:999999:1:20261210:1", "om:1:999999:20261210:1", "od:99:20261210", "oa:1:2026131"]
)
async def test_forged_data_changes_nothing(jean_paul: Parent, data: str):
    await thursday(jean_paul)

    await jean_paul.press_data(data)

    assert "Une erreur est survenue" not in await jean_paul.text()
    await thursday(jean_paul)
    assert not (await jean_paul.screen()).has("Vérifier mes demandes")
