"""The main job over real HTTP: the transcript of the demo, with restarts and impatient thumbs."""

import pytest

from bot.demo import Demo
from tests.driver import Parent
from tests.e2e.town import CASIMIR, DUPONT, logged_in


async def casimir(demo: Demo) -> Parent:
    return await logged_in(demo, CASIMIR)


async def december(parent: Parent, child: str) -> None:
    """From home to the canteen's month of the story."""
    await parent.say("/reserver")
    await parent.press(child)
    await parent.press("Restauration Scolaire")
    await parent.press("›", exact=True)


async def test_a_month_for_two_children_a_waitlist_an_alert_and_the_report(demo: Demo):
    jean_paul = await logged_in(demo, DUPONT)
    for child in ("Paolo", "Amalia"):
        await december(jean_paul, child)
        await jean_paul.press("▦+")
        await demo.restart_bot()  # in the middle of the draft

    await jean_paul.press("Vérifier mes demandes")
    recap = await jean_paul.text()
    await demo.restart_bot()  # between recap and confirm
    pressed = (await jean_paul.screen()).message_id
    await jean_paul.press("Valider", message_id=pressed, exact=False)

    receipt = await jean_paul.text()
    assert "Rien n'est encore enregistré" in recap
    assert "Paolo" in recap
    assert "Amalia" in recap
    assert "liste d'attente" in receipt.lower()

    rival = await casimir(demo)
    await give_the_place_back(rival)

    alert = await jean_paul.until(lambda shown: "place" in shown.text and "Amalia" in shown.text)
    assert "Restauration Scolaire" in alert.text

    await demo.playground.clock.jump(demo.playground.clock.tonight())

    report = await jean_paul.until(lambda shown: "mouvements sur vos demandes" in shown.text)
    assert "***** RESERVATIONS ACCEPTEES *****" in report.text
    assert "--> Activité : Restauration Scolaire :" in report.text
    await jean_paul.say("/logout")
    left = [shown.message_id for shown in await jean_paul.messages()]
    assert alert.message_id not in left
    assert report.message_id not in left
    mails = [m for m in demo.playground.mailbox.mails if "dupont" in str(m.to).lower()]
    assert any("mouvements sur vos demandes" in m.text for m in mails)


async def give_the_place_back(rival: Parent) -> None:
    """Cancel, from the follow-up, the booking of the day whose last place was taken."""
    await december(rival, "Leo")
    (day,) = [x for x in await rival.labels() if x.startswith("4") and x.endswith("✓")]
    await rival.press(day, exact=True)
    await rival.press("Vérifier mes demandes")
    await rival.press("Valider")


async def test_confirm_pressed_twice_books_once_and_shows_the_same(demo: Demo):
    jean_paul = await logged_in(demo, DUPONT)
    await december(jean_paul, "Paolo")
    await jean_paul.press("▦+")
    await jean_paul.press("Vérifier mes demandes")
    confirm = (await jean_paul.screen()).button("Valider")
    message = (await jean_paul.screen()).message_id

    await jean_paul.press_data(confirm.data, message_id=message)
    first = await jean_paul.text()
    await jean_paul.press_data(confirm.data, message_id=message)

    assert await jean_paul.text() == first


async def test_the_button_of_an_old_calendar_still_means_what_it_said(demo: Demo):
    jean_paul = await logged_in(demo, DUPONT)
    await december(jean_paul, "Paolo")
    old = (await jean_paul.screen()).message_id
    label = next(x for x in await jean_paul.labels() if x.startswith("10"))
    day = (await jean_paul.screen()).button(label)
    await jean_paul.say("/accueil")
    await demo.restart_bot()

    await jean_paul.press_data(day.data, message_id=old)
    await jean_paul.press_data(day.data, message_id=old)

    shown = await jean_paul.message(old)
    assert shown.has("10+")
    assert shown.has("Vérifier mes demandes (1)")


@pytest.mark.parametrize(
    "data",
    [
        "d:999999:1:20261210:1",  # a child that is not theirs, or does not exist
        "d:1:999999:20261210:1",
        "d:1:1:20261399:1",
        "d: 1:1:20261210:1",
        "k:99:1:deadbeef",  # somebody else's recap
        "k:1:1:deadbeef",
        "zzz",
        "\N{SNOWMAN}",
        "d:1:1:20200101:1",  # long past
    ],
)
async def test_forged_data_gets_a_clear_answer_and_changes_nothing(demo: Demo, data: str):
    jean_paul = await logged_in(demo, DUPONT)
    await december(jean_paul, "Paolo")

    await jean_paul.press_data(data, message_id=(await jean_paul.screen()).message_id)

    assert "Une erreur est survenue" not in await jean_paul.text()
    await december(jean_paul, "Paolo")
    assert not (await jean_paul.screen()).has("Vérifier mes demandes")


async def test_junk_is_answered_and_nothing_is_lost(demo: Demo):
    jean_paul = await logged_in(demo, DUPONT)
    await december(jean_paul, "Paolo")
    await jean_paul.press("▦+")

    await jean_paul.say("bonjour ?")
    junk = await jean_paul.text()
    await jean_paul.say("x" * 4096)
    await jean_paul.send_sticker()
    await jean_paul.say_in_group("coucou")

    assert "Une erreur" not in junk + await jean_paul.text()
    await december(jean_paul, "Paolo")
    assert (await jean_paul.screen()).has("Vérifier mes demandes")


async def test_the_password_disappears_from_the_chat(demo: Demo):
    jean_paul = await logged_in(demo, DUPONT)

    assert "trois-petits-chats" not in "".join(m.text for m in await jean_paul.messages())


async def test_a_wrong_password_is_refused_kindly(demo: Demo):
    somebody = await logged_in(demo, DUPONT, "DUPONT1", "pas-le-bon-mot-de-passe")

    assert "Réserver" not in await somebody.labels()
