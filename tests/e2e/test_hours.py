"""B6 over real HTTP: hours pressed or typed, once for all days, for one, and changed later."""

import pytest

from bot.demo import Demo
from tests.driver import Parent

TIMED = "Accueil Saisie temps"


async def january(parent: Parent) -> None:
    """The month of the timed morning, where nothing is booked yet."""
    await parent.say("/reserver")
    await parent.press("Leo")
    await parent.press(TIMED)
    for _ in range(2):
        await parent.press("›", exact=True)


async def tap(parent: Parent, day: int) -> None:
    (label,) = [x for x in await parent.labels() if x.rstrip("✓+≈−") == str(day)]
    await parent.press(label, exact=True)


async def test_hours_are_chosen_once_booked_and_changed_for_one_day(demo: Demo, nadia: Parent):
    await january(nadia)
    await tap(nadia, 11)  # a Monday: any five minutes
    asked = await nadia.text()
    await demo.restart_bot()
    await nadia.say("7h35")
    await tap(nadia, 14)  # a Thursday: its own hours
    thursday = await nadia.text()
    await nadia.press("07:30")
    await nadia.press("Vérifier mes demandes (2)")
    recap = await nadia.text()
    await nadia.press("Valider")

    assert "À quelle heure arrive Leo" in asked
    assert "Possible : 07:00 / 07:30." in thursday
    assert f"Leo · {TIMED}, 07:35–08:20" in recap
    assert f"Leo · {TIMED}, 07:30–08:20" in recap
    assert "Acceptées (2)" in await nadia.text()

    await january(nadia)
    await nadia.press("Choisir les horaires")
    await nadia.press("11 · 07:35–08:20")
    await nadia.press("07:00")
    assert "11≈" in await nadia.labels()
    await nadia.press("Vérifier mes demandes (1)")
    assert "au lieu de 07:35–08:20" in await nadia.text()
    await demo.restart_bot()
    await nadia.press("Valider")
    assert "Horaires modifiés (1)" in await nadia.text()

    await demo.playground.clock.jump(demo.playground.clock.tonight())
    report = await nadia.until(lambda shown: "mouvements sur vos demandes" in shown.text)
    assert "- 1 changement d'horaires" in report.text


async def test_hours_for_all_days_then_a_whole_week(nadia: Parent):
    await january(nadia)
    await nadia.press("Choisir les horaires")
    await nadia.press("Tous les jours")
    await nadia.press("07:30")
    first = await nadia.labels()
    await nadia.press("▦+")

    assert "Horaires : 07:30–08:20" in first
    assert "jours laissés" not in await nadia.text()
    assert {"11+", "14+", "15+"} <= set(await nadia.labels())


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("demain", "n'a pas été comprise"),
        ("25:00", "n'a pas été comprise"),
        ("7:33", "07:33 n'est pas possible"),
        ("9h", "09:00 n'est pas possible"),
        ("7:35 - 8:00", "Ces horaires ne sont pas possibles"),
        ("x" * 4000, "n'a pas été comprise"),
    ],
)
async def test_what_cannot_be_is_told_with_what_can(nadia: Parent, typed: str, told: str):
    await january(nadia)
    await tap(nadia, 11)

    await nadia.say(typed)

    assert told in await nadia.text()
    assert "Possible : " in await nadia.text()
    await nadia.say("7.35")
    assert "11+" in await nadia.labels()


async def test_an_old_picker_still_means_what_it_said(demo: Demo, nadia: Parent):
    await january(nadia)
    await tap(nadia, 11)
    old = await nadia.screen()
    asks = old.button("07:35").data
    await nadia.say("/accueil")
    await demo.restart_bot()

    await nadia.press_data(asks, message_id=old.message_id)
    await nadia.press_data(asks, message_id=old.message_id)

    shown = await nadia.message(old.message_id)
    assert shown.has("11+")
    assert shown.has("Vérifier mes demandes (1)")
