"""A12 over real HTTP: what is given out, what is erased, and screens that go in time."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pypdfium2

from bot.demo import Demo
from tests.driver import Parent
from tests.e2e.town import BELKACEM, MOREAU, NOW, logged_in

STRANGER_PHONE = 700_000_009
PASSWORDS = {MOREAU: "cartable-sur-le-dos", BELKACEM: "velo-bleu-du-dimanche"}


async def given(parent: Parent) -> ZipFile:
    """What was asked for, downloaded."""
    await parent.say("/mes_donnees")
    await parent.say(PASSWORDS[parent.id])
    document = (await parent.screen()).document
    assert document is not None
    assert document["file_name"] == "mes-donnees-2026-11-23.zip"
    return ZipFile(BytesIO(await parent.download(document["file_id"])))


def read(archive: ZipFile) -> str:
    pages = pypdfium2.PdfDocument(archive.read("mes-donnees.pdf"))
    return " ".join(page.get_textpage().get_text_bounded() for page in pages)


async def naming(parent: Parent, name: str) -> list[str]:
    """What the bot says in that chat with that name in it."""
    return [m.text for m in await parent.messages() if m.by_bot and name in m.text]


def mails_to(demo: Demo, address: str) -> list[str]:
    return [mail.subject for mail in demo.playground.mailbox.mails if address in str(mail.to)]


async def test_a_parent_receives_a_file_to_read_and_one_for_machines(demo: Demo):
    ines = await logged_in(demo, MOREAU)

    archive = await given(ines)

    file, paper = json.loads(archive.read("mes-donnees.json")), read(archive)
    assert archive.namelist() == ["mes-donnees.pdf", "mes-donnees.json"]
    assert file["account"][0]["last_name"] == "MOREAU"
    assert file["devices"][0]["telegram_user"] == str(MOREAU)
    assert len(file["bookings"]) > 20
    assert {row["child"] for row in file["bookings"]} == {"Leyah"}
    assert [row["first_name"] for row in file["guardians"]] == ["Samir"]
    assert "BELKACEM" not in archive.read("mes-donnees.json").decode() + paper
    assert "Leyah" in paper
    assert "ines.moreau@example.org" in paper
    assert PASSWORDS[MOREAU] not in await ines.transcript()


async def test_the_fourth_of_a_day_is_refused_and_the_first_of_the_next_is_not(demo: Demo):
    ines = await logged_in(demo, MOREAU)
    for _ in range(3):
        await given(ines)

    await ines.say("/mes_donnees")
    await ines.say(PASSWORDS[MOREAU])
    refused = await ines.text()
    await demo.playground.clock.jump(NOW + timedelta(hours=24))
    await ines.say("/mes_donnees")
    await ines.say(PASSWORDS[MOREAU])

    assert "plusieurs fois aujourd'hui" in refused
    assert (await ines.screen()).document is not None


async def test_who_is_erased_is_out_everywhere_and_the_family_goes_on(demo: Demo):
    ines, samir = await logged_in(demo, MOREAU), await logged_in(demo, BELKACEM)
    await ines.say("/suivi")
    await samir.say("/suivi")
    before = await samir.text()

    await ines.say("/effacer")
    explained = await ines.text()
    await ines.press("Continuer vers l'effacement")
    await ines.say(PASSWORDS[MOREAU])

    assert "10 ans" in explained
    assert "C'est fait." in await ines.text()
    assert await naming(ines, "Leyah") == []
    await demo.application.catch_up()
    assert "Votre accès par Telegram est effacé" in mails_to(demo, "ines.moreau")
    await samir.say("/suivi")
    assert await samir.text() == before


async def test_after_an_erasure_the_password_lets_nobody_in(demo: Demo):
    ines = await logged_in(demo, MOREAU)
    await ines.say("/effacer")
    await ines.press("Continuer vers l'effacement")
    await ines.say(PASSWORDS[MOREAU])

    again = await logged_in(demo, MOREAU)

    assert "n'est pas le bon" in await again.text()
    await again.say("/privacy")
    assert "Vie privée" in await again.text()


async def test_an_erasure_with_a_wrong_password_changes_nothing(demo: Demo):
    ines = await logged_in(demo, MOREAU)
    await ines.say("/effacer")
    await ines.press("Continuer vers l'effacement")

    await ines.say("pas le bon")

    await ines.say("/suivi")
    assert "Leyah" in await ines.text()


async def test_screens_go_at_47_hours_for_who_wants_it(demo: Demo):
    ines, samir = await logged_in(demo, MOREAU), await logged_in(demo, BELKACEM)
    await ines.say("/profil")
    await ines.press("Effacer mes écrans avant 48 h")
    for parent in (ines, samir):
        await parent.say("/suivi")

    await demo.playground.clock.jump(NOW + timedelta(hours=47, minutes=1))

    assert await naming(ines, "Leyah") == []
    assert len(await naming(samir, "Leyah")) == 1


async def test_privacy_is_told_to_anybody_at_any_step(demo: Demo):
    somebody = Parent(demo.url, STRANGER_PHONE)
    for steps in ([], ["Se connecter"], ["Se connecter", "MOREAU1"]):
        await somebody.start()
        for step in steps[:1]:
            await somebody.press(step)
        for typed in steps[1:]:
            await somebody.say(typed)

        await somebody.say("/privacy")

        assert "Vie privée" in await somebody.text()
