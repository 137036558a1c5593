"""N3 over real HTTP: told of Thursday on Tuesday morning, and booked as usual in two taps."""

from datetime import datetime, timedelta

from bot.demo import Demo
from domain.calendar.model import PARIS
from tests.driver import Parent, Shown
from tests.e2e.town import CASIMIR, DUPONT, logged_in

# The canteen closes one working day before, at 09:00: Thursday's on Wednesday.
TOLD_AT = datetime(2026, 11, 24, 9, 0, 30, tzinfo=PARIS)
LIMIT = datetime(2026, 11, 25, 9, tzinfo=PARIS)


def is_reminder(shown: Shown) -> bool:
    return shown.has("Réserver comme d'habitude")


async def reminded(demo: Demo, parent: Parent) -> Shown:
    await demo.playground.clock.jump(TOLD_AT)
    await demo.application.catch_up()
    return await parent.until(is_reminder)


async def reminders(parent: Parent) -> list[Shown]:
    return [shown for shown in await parent.messages() if is_reminder(shown)]


async def test_told_once_of_both_children_and_booked_as_usual(demo: Demo):
    jean_paul = await logged_in(demo, DUPONT)
    reminder = await reminded(demo, jean_paul)
    for hours in (1, 2, 20):
        await demo.playground.clock.jump(TOLD_AT + timedelta(hours=hours))
        await demo.application.catch_up()
    await demo.restart_bot()
    await demo.application.catch_up()

    assert "se ferment le mer. 25 nov. à 09:00" in reminder.text
    assert "• Paolo, Restauration Scolaire : jeu. 26 nov." in reminder.text
    assert "• Amalia, Restauration Scolaire : jeu. 26 nov." in reminder.text
    assert [one.message_id for one in await reminders(jean_paul)] == [reminder.message_id]

    await jean_paul.press("Réserver comme d'habitude", message_id=reminder.message_id)
    recap = (await jean_paul.screen()).text
    await demo.restart_bot()
    await jean_paul.press("Valider")

    assert "2 jours ajoutés comme d'habitude" in recap
    assert "Rien n'est encore enregistré" in recap
    assert "jeu. 26 nov." in (await jean_paul.screen()).text
    await jean_paul.say("/suivi")
    assert "jeu. 26 nov. · Paolo" in (await jean_paul.screen()).text
    await jean_paul.press("Réserver comme d'habitude", message_id=reminder.message_id)
    assert "déjà demandés ou réservés" in (await jean_paul.screen()).text


async def test_home_tells_the_same_until_not_this_time(demo: Demo):
    jean_paul = await logged_in(demo, DUPONT)
    reminder = await reminded(demo, jean_paul)
    await jean_paul.say("/accueil")
    before = (await jean_paul.screen()).text

    await jean_paul.press("Pas cette fois", message_id=reminder.message_id)

    assert "plus de rappel" in (await jean_paul.message(reminder.message_id)).text
    await jean_paul.say("/accueil")
    after = (await jean_paul.screen()).text
    assert "Rien n'est réservé : Paolo, Restauration Scolaire, jeu. 26 nov." in before
    assert "Rien n'est réservé" not in after


async def test_after_the_deadline_the_old_button_says_so(demo: Demo):
    jean_paul = await logged_in(demo, DUPONT)
    reminder = await reminded(demo, jean_paul)
    await demo.restart_bot()
    await demo.playground.clock.jump(LIMIT + timedelta(seconds=1))

    await jean_paul.press_data(
        reminder.button("Réserver comme d'habitude").data, message_id=reminder.message_id
    )

    assert "la date limite est passée" in (await jean_paul.message(reminder.message_id)).text


async def test_another_family_cannot_press_it(demo: Demo):
    jean_paul = await logged_in(demo, DUPONT)
    nadia = await logged_in(demo, CASIMIR)
    reminder = await reminded(demo, jean_paul)

    for label in ("Réserver comme d'habitude", "Pas cette fois"):
        await nadia.say("/accueil")
        await nadia.press_data(reminder.button(label).data)
        assert "Ce rappel n'est plus valable" in (await nadia.screen()).text
    await nadia.say("/reserver")
    assert not (await nadia.screen()).has("Vérifier mes demandes")


async def test_whoever_wants_none_gets_none(demo: Demo):
    jean_paul = await logged_in(demo, DUPONT)
    await jean_paul.press_data("nw:deadline_reminder:telegram:0")
    await demo.playground.clock.jump(TOLD_AT)
    await demo.application.catch_up()

    assert await reminders(jean_paul) == []
