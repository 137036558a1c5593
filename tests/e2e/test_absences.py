"""B19 over real HTTP: a child that will not come today, with a restart and an old button."""

from datetime import timedelta

from sqlalchemy import text as text_of

from bot.demo import Demo
from domain.absences.reading import ListAbsences
from domain.activities.model import StructureId
from storage.absences import SqlAbsences
from storage.engine import transactions
from tests.driver import Parent
from tests.e2e.town import DUPONT, NOW, logged_in

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c626001000000ffff03000006000557bfabd40000000049454e44ae426082"
)


async def today(parent: Parent, child: str) -> None:
    await parent.say("/accueil")
    await parent.press("Signaler une absence")
    await parent.press(f"lun. 23 nov. · {child}")


async def declared(demo: Demo) -> list[str]:
    """Whom the town sees absent today."""
    application = demo.application
    asked = ListAbsences(transactions(application.database, SqlAbsences), application.catalogues)
    return [one.child.first_name for one in await asked(StructureId(1), NOW.date())]


async def test_a_sick_child_is_declared_with_a_certificate_and_the_town_sees_it_at_once(
    demo: Demo,
):
    jean_paul = await logged_in(demo, DUPONT)
    await today(jean_paul, "Paolo")
    await jean_paul.press("Absence : Restauration Scolaire")
    asked = await jean_paul.text()
    await demo.restart_bot()
    await jean_paul.press("Malade")

    assert "au plus tard à 08:00" in asked
    assert "reste facturée : l'absence a été déclarée après 08:00" in await jean_paul.text()
    assert await declared(demo) == ["Paolo"]

    await jean_paul.say("/suivi")
    assert "acceptée, absence déclarée, transmise" in await jean_paul.text()

    await today(jean_paul, "Paolo")
    await jean_paul.press("Ajouter un mot ou un justificatif")
    await demo.restart_bot()
    await jean_paul.send_photo("certificat.png", PIXEL)
    assert "Votre justificatif est joint." in await jean_paul.text()
    assert [m.kind for m in await jean_paul.messages() if not m.by_bot][-1] == "photo"

    await jean_paul.press("Retirer l'absence : Restauration Scolaire")
    assert await declared(demo) == []
    await jean_paul.say("/suivi")
    assert "lun. 23 nov. · Paolo" in await jean_paul.text()


async def test_a_certificate_sent_right_after_declaring_is_taken_and_words_are_not(demo: Demo):
    jean_paul = await logged_in(demo, DUPONT)
    await today(jean_paul, "Paolo")
    await jean_paul.press("Absence : Restauration Scolaire")
    await jean_paul.press("Malade")
    assert "Envoyez ici sa photo ou son PDF." in await jean_paul.text()

    await jean_paul.say("Bonjour")
    assert "Je ne comprends que les boutons" in await jean_paul.text()
    await jean_paul.send_photo("certificat.png", PIXEL)

    assert "Votre justificatif est joint." in await jean_paul.text()
    assert "« Bonjour »" not in await jean_paul.text()


async def test_a_word_is_kept_sealed_and_told_to_the_town(demo: Demo):
    jean_paul = await logged_in(demo, DUPONT)
    await today(jean_paul, "Amalia")
    await jean_paul.press("Absence : Restauration Scolaire")
    await jean_paul.press("Rendez-vous")
    await jean_paul.press("Ajouter un mot ou un justificatif")
    await jean_paul.send_document("virus.zip", b"PK", "application/zip")
    refused = await jean_paul.text()

    await jean_paul.say("Retour vers 14 h")

    assert "une photo ou un PDF de 10 Mo au plus" in refused
    assert "« Retour vers 14 h »" in await jean_paul.text()
    (stored,) = await demo.application.database.read(
        lambda c: c.execute(text_of("SELECT note FROM absence")).all()
    )
    assert b"Retour" not in stored.note


async def test_the_button_of_yesterday_says_that_the_day_is_over(demo: Demo):
    jean_paul = await logged_in(demo, DUPONT)
    await today(jean_paul, "Paolo")
    await jean_paul.press("Absence : Restauration Scolaire")
    old = await jean_paul.screen()
    await demo.restart_bot()
    await demo.playground.clock.jump(NOW + timedelta(hours=14, minutes=1))

    await jean_paul.press_data(old.button("Malade").data, message_id=old.message_id)

    assert "Cette journée est terminée" in (await jean_paul.message(old.message_id)).text
    assert await declared(demo) == []


async def test_pressed_twice_it_is_one_absence(demo: Demo):
    jean_paul = await logged_in(demo, DUPONT)
    await today(jean_paul, "Paolo")
    await jean_paul.press("Absence : Restauration Scolaire")
    old = await jean_paul.screen()

    for _ in range(2):
        await jean_paul.press_data(old.button("Malade").data, message_id=old.message_id)

    assert await declared(demo) == ["Paolo"]
