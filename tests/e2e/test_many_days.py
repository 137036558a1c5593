"""B5 and B18 over real HTTP: a weekly pattern, and its days copied to the other child."""

from datetime import timedelta

import pytest

from bot.demo import Demo
from tests.driver import Parent
from tests.e2e.town import NOW


async def december(parent: Parent, child: str, activity: str = "Restauration Scolaire") -> None:
    await parent.say("/reserver")
    await parent.press(child)
    await parent.press(activity)
    await parent.press("›", exact=True)


async def pattern(parent: Parent) -> None:
    """Mondays and Thursdays of December and January, one week in two."""
    await december(parent, "Paolo")
    await parent.press("Semaine type")
    await parent.press("☐ Lu")
    await parent.press("☐ Je")
    await parent.press("☐ Une sur deux")
    until = (await parent.screen()).buttons[3]
    await parent.press_data(until[2].data)  # a month later


async def test_a_pattern_fills_the_draft_over_months(demo: Demo, jean_paul: Parent):
    await pattern(jean_paul)
    shown = await jean_paul.text()
    await demo.restart_bot()
    await jean_paul.press("Ajouter")
    added = await jean_paul.text()
    await jean_paul.press("Vérifier mes demandes")
    recap = await jean_paul.text()

    assert "Semaine type" in shown
    assert "jours seront ajoutés" in shown
    assert "jours ajoutés à vos demandes" in added
    days = [line for line in recap.splitlines() if line.startswith("+ ")]
    assert days
    assert {line[2:5] for line in days} == {"lun", "jeu"}
    assert "Rien n'est encore enregistré" in recap
    await jean_paul.press("Valider")
    assert "Vos demandes sont enregistrées" in await jean_paul.text()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("demain", "Cette date n'a pas été comprise"),
        ("31/02", "Cette date n'a pas été comprise"),
        ("x" * 4000, "Cette date n'a pas été comprise"),
        ("1/12/2025", "Le 1er décembre 2025 est avant le début, le 1er décembre 2026."),
        ("31/12/2028", "Le 31 décembre 2028 est trop loin."),
    ],
)
async def test_a_last_day_that_cannot_be_is_told_and_asked_again(
    demo: Demo, jean_paul: Parent, typed: str, told: str
):
    await december(jean_paul, "Paolo")
    await jean_paul.press("Semaine type")
    await jean_paul.press("☐ Lu")
    await jean_paul.press("✎")
    await jean_paul.say(typed)
    refused = await jean_paul.text()
    await demo.restart_bot()

    await jean_paul.say("jusqu'au 14 décembre")

    assert told in refused
    assert "Jusqu'à quel jour" in refused
    assert "Semaine type, du mar. 1 déc. au lun. 14 déc." in await jean_paul.text()
    assert (await jean_paul.screen()).has("Ajouter")


async def test_long_after_the_question_what_is_typed_is_no_date(demo: Demo, jean_paul: Parent):
    await december(jean_paul, "Paolo")
    await jean_paul.press("Semaine type")
    await jean_paul.press("✎")
    await demo.playground.clock.jump(NOW + timedelta(minutes=11))

    await jean_paul.say("14/12")

    assert "au lun. 14 déc." not in await jean_paul.text()


async def test_an_old_pattern_pressed_again_adds_nothing(demo: Demo, jean_paul: Parent):
    await pattern(jean_paul)
    old = await jean_paul.screen()
    fill = old.button("Ajouter").data
    await jean_paul.press_data(fill, message_id=old.message_id)
    await jean_paul.say("/accueil")
    await demo.restart_bot()

    await jean_paul.press_data(fill, message_id=old.message_id)

    assert "C'était déjà fait" in (await jean_paul.message(old.message_id)).text


async def test_days_are_copied_and_what_was_not_is_told(demo: Demo, jean_paul: Parent):
    await december(jean_paul, "Paolo")
    await jean_paul.press("▦+")
    await jean_paul.press("‹ Activités")
    await december(jean_paul, "Amalia", "APS Soir")
    await jean_paul.press("Copier ici")
    ways = await jean_paul.labels()
    await demo.restart_bot()
    (way,) = [label for label in ways if "· Paolo · Restauration Scolaire" in label]
    await jean_paul.press(way)
    told = await jean_paul.text()
    await jean_paul.press("‹ Calendrier")
    month = await jean_paul.labels()

    assert "De : Paolo · Restauration Scolaire" in told
    assert "à vos demandes. Rien n'est encore enregistré." in told
    assert any(label.endswith("+") and label[0].isdecimal() for label in month)


@pytest.mark.parametrize(
    "data",
    [
        "wf:999999:1:20261201:20261231:009",
        "wf:1:1:20261231:20261201:009",
        "wf:1:1:20261201:20991231:009",
        "wf:1:1:20261201:20261231:fff",
        "wp:1:1:20261201:20261231:9",
        "cd:1:1:99:1:-",
        "cd:1:1:1:1:202613",
        "cd:ZZZZZZZZZZZ:1:1:1:-",
        "cs:99:1:20261201",
    ],
)
async def test_forged_data_changes_nothing(jean_paul: Parent, data: str):
    await december(jean_paul, "Paolo")

    await jean_paul.press_data(data)

    assert "Une erreur est survenue" not in await jean_paul.text()
    await december(jean_paul, "Paolo")
    assert not (await jean_paul.screen()).has("Vérifier mes demandes")
