"""B4 over real HTTP: from the month over all activities to the sheet of a day, and back."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.demo import Demo
from bot.playground.clock import ShiftableClock
from domain.calendar.model import PARIS
from tests.driver import Parent

NOW = datetime(2026, 11, 23, 10, tzinfo=PARIS)
DUPONT = 700_000_001


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with Demo(tmp_path, clock=ShiftableClock.frozen(NOW)) as shown:
        yield shown


@pytest.fixture
async def jean_paul(demo: Demo) -> Parent:
    parent = Parent(demo.url, DUPONT)
    await parent.start()
    await parent.press("Se connecter")
    await parent.say("DUPONT1")
    await parent.say("trois-petits-chats")
    return parent


async def text(parent: Parent) -> str:
    return (await parent.screen()).text


async def labels(parent: Parent) -> list[str]:
    return [label for row in (await parent.screen()).rows for label in row]


async def thursday(parent: Parent) -> None:
    """The sheet of Thursday, 10 December, for Amalia."""
    await parent.say("/reserver")
    await parent.press("Amalia")
    await parent.press("Toutes, jour par jour")
    await parent.press("›", exact=True)
    (day,) = [label for label in await labels(parent) if label.startswith("10")]
    await parent.press(day, exact=True)


async def test_two_activities_of_one_day_are_asked_and_confirmed(demo: Demo, jean_paul: Parent):
    await thursday(jean_paul)
    sheet = await text(jean_paul)
    before = await labels(jean_paul)
    await jean_paul.press("☐ Restauration Scolaire")
    await demo.restart_bot()
    await jean_paul.press("☐ APS Matin")
    await jean_paul.press("‹ Calendrier")
    month = await labels(jean_paul)
    await jean_paul.press("Vérifier mes demandes (2)")
    await jean_paul.press("Valider")

    assert "Amalia · jeudi 10 décembre 2026" in sheet
    assert "11:30–13:30 · " in sheet
    assert "☐ Restauration Scolaire" in before
    assert "10+" in month
    assert "Acceptées (2)" in await text(jean_paul)
    await thursday(jean_paul)
    assert "☑ Restauration Scolaire" in await labels(jean_paul)
    await jean_paul.press("‹ Calendrier")
    assert "10✓" in await labels(jean_paul)


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

    assert "Aucune activité n'est ouverte ce jour-là." in await text(jean_paul)


@pytest.mark.parametrize(
    "data", ["om:999999:1:20261210:1", "om:1:999999:20261210:1", "od:99:20261210", "oa:1:2026131"]
)
async def test_forged_data_changes_nothing(jean_paul: Parent, data: str):
    await thursday(jean_paul)

    await jean_paul.press_data(data)

    assert "Une erreur est survenue" not in await text(jean_paul)
    await thursday(jean_paul)
    assert not (await jean_paul.screen()).has("Vérifier mes demandes")
