"""From unread documents to a signed sheet and a first booking, over real HTTP (A5, A6, A12)."""

from datetime import timedelta

import pypdfium2
import pytest

from bot.demo import Demo
from domain.documents.model import DocumentKind
from domain.documents.service import PublishDocument
from storage.documents import SqlDocuments
from storage.engine import transactions
from tests.driver import Parent, Shown
from tests.e2e.town import ALLARD, BELKACEM, NOW, ROUSSEAU, STRANGER, logged_in

ASKED = ("Protection des données", "Conditions d'utilisation", "Utilisation de Telegram")
SAMIR = ("BELKACEM1", "velo-bleu-du-dimanche")


async def rousseau(demo: Demo) -> Parent:
    return await logged_in(demo, ROUSSEAU)


async def allard(demo: Demo) -> Parent:
    return await logged_in(demo, ALLARD)


async def agree_to_all(parent: Parent) -> None:
    for name in ASKED:
        await parent.press(f"☐ {name}", exact=False)
        await parent.press("J'ai lu", exact=False)


async def read_to_the_end(parent: Parent) -> None:
    while (await parent.screen()).has("›"):
        await parent.press("›", exact=True)


async def sign(parent: Parent, child: str) -> Shown:
    """From the list of sheets to the signed paper."""
    await parent.press(f"Accéder à la fiche : {child}")
    await read_to_the_end(parent)
    await parent.press("J'ai pris connaissance", exact=False)
    await parent.press("Julie ROUSSEAU" if child == "Lenny" else "Bruno ALLARD")
    await parent.say("CarteVille")
    await parent.press("Je signe", exact=False)
    return await parent.until(lambda shown: shown.document is not None)


async def words_of(parent: Parent, paper: Shown) -> str:
    assert paper.document is not None
    content = await parent.download(paper.document["file_id"])
    pages = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


async def test_documents_are_read_and_ticked_before_anything_else_works(demo: Demo) -> None:
    julie = await rousseau(demo)
    gate = await julie.text()
    await julie.say("/reserver")
    still = await julie.text()

    await agree_to_all(julie)

    assert "merci de lire ces documents" in gate
    assert "merci de lire ces documents" in still
    assert (await julie.screen()).has("Réserver")


async def test_a_signed_sheet_opens_booking_and_comes_back_as_a_paper(demo: Demo) -> None:
    julie = await rousseau(demo)
    await agree_to_all(julie)
    await julie.press("Réserver")
    refused = await julie.text()

    await demo.restart_bot()
    paper = await sign(julie, "Lenny")

    assert "n'est pas encore signé" in refused
    words = await words_of(julie, paper)
    for told in ("Lenny ROUSSEAU", "Julie ROUSSEAU", "CarteVille", "10:00:00", str(ROUSSEAU)):
        assert told in words
    await julie.say("/reserver")
    await julie.press("Restauration Scolaire")
    assert (await julie.screen()).has("Nov. 2026")


async def test_the_other_child_has_a_sheet_of_its_own(demo: Demo) -> None:
    bruno = await allard(demo)
    await bruno.say("/fiches")
    listed = await bruno.text()

    await sign(bruno, "Maxence")

    assert "☑ Antonin" in listed
    assert "☐ Maxence · à signer" in listed
    await bruno.say("/fiches")
    assert "☑ Maxence" in await bruno.text()


async def test_a_restart_between_name_and_place_loses_nothing(demo: Demo) -> None:
    bruno = await allard(demo)
    await bruno.say("/fiches")
    await bruno.press("Accéder à la fiche : Maxence")
    await read_to_the_end(bruno)
    await bruno.press("J'ai pris connaissance", exact=False)
    await bruno.say("Bruno Allard")
    await demo.restart_bot()

    await bruno.say("CarteVille")

    assert "Je, Bruno Allard, déclare" in await bruno.text()


@pytest.mark.parametrize("said", ["x", "y" * 81, "a\nb"])
async def test_what_is_no_name_is_asked_again(demo: Demo, said: str) -> None:
    bruno = await allard(demo)
    await bruno.say("/fiches")
    await bruno.press("Accéder à la fiche : Maxence")
    await read_to_the_end(bruno)
    await bruno.press("J'ai pris connaissance", exact=False)

    await bruno.say(said)

    assert "sur une seule ligne" in await bruno.text()


async def test_an_old_signing_button_signs_nothing_by_itself(demo: Demo) -> None:
    bruno = await allard(demo)
    await bruno.say("/fiches")
    message = (await bruno.screen()).message_id
    sheet = (await bruno.screen()).button("Accéder à la fiche : Maxence")
    child = sheet.data.split(":")[1]

    await bruno.press_data(f"bg:{child}", message_id=message)

    await bruno.say("/fiches")
    assert "☐ Maxence · à signer" in await bruno.text()


async def test_another_familys_sheet_is_not_there(demo: Demo) -> None:
    bruno = await allard(demo)
    await bruno.say("/fiches")
    message = (await bruno.screen()).message_id

    for data in ("bl:1:1", "bt:1", "bn:1", "bg:1", "bf:1"):
        await bruno.press_data(data, message_id=message)
        assert "n'existe pas" in await bruno.text()


async def test_a_new_version_asks_again(demo: Demo) -> None:
    bruno = await allard(demo)
    documents = transactions(demo.application.database, SqlDocuments)
    publish = PublishDocument(documents, demo.playground.clock)
    await publish(1, DocumentKind.TERMS, title="Conditions", body="Du nouveau.")

    await bruno.say("/accueil")

    assert "merci de lire ces documents" in await bruno.text()
    await bruno.press("☐ Conditions d'utilisation", exact=False)
    assert "Du nouveau." in await bruno.text()
    await bruno.press("J'ai lu", exact=False)
    assert (await bruno.screen()).has("Réserver")


async def test_telegram_may_be_refused(demo: Demo) -> None:
    julie = await rousseau(demo)
    await julie.press("☐ Utilisation de Telegram", exact=False)

    await julie.press("Je préfère ne pas utiliser Telegram")

    assert "par mail et en mairie" in await julie.text()
    await julie.say("/reserver")
    assert (await julie.screen()).has("Se connecter")


async def test_a_document_comes_as_a_paper_too(demo: Demo) -> None:
    julie = await rousseau(demo)
    await julie.press("☐ Protection des données", exact=False)

    await julie.press("Recevoir en PDF")

    paper = await julie.until(lambda shown: shown.document is not None)
    assert "mission d'intérêt public" in (await words_of(julie, paper)).replace("\u2019", "'")


# -- what was typed is of whom typed it, and for a while --------------------------------------
async def until_signature(parent: Parent, child: str, name: str) -> str:
    """All but the last press; what that button says."""
    await parent.say("/fiches")
    await parent.press(f"Accéder à la fiche : {child}")
    await read_to_the_end(parent)
    await parent.press("J'ai pris connaissance", exact=False)
    await parent.say(name)
    await parent.say("CarteVille")
    return (await parent.screen()).button("Je signe").data


async def test_what_was_typed_too_long_ago_signs_nothing(demo: Demo) -> None:
    bruno = await allard(demo)
    await until_signature(bruno, "Maxence", "Bruno Allard")
    await demo.playground.clock.jump(NOW + timedelta(minutes=11))

    await bruno.press("Je signe", exact=False)

    told = await bruno.screen()
    assert "Rien n'est signé" in told.text
    assert "Fiche : Maxence" in told.text
    await bruno.say("/fiches")
    assert "☐ Maxence · à signer" in await bruno.text()


@pytest.mark.parametrize("typed_before", [(), ("Bruno Allard",)])
async def test_what_comes_too_late_leads_back_to_the_sheets(
    demo: Demo, typed_before: tuple[str, ...]
) -> None:
    bruno = await allard(demo)
    await bruno.say("/fiches")
    await bruno.press("Accéder à la fiche : Maxence")
    await read_to_the_end(bruno)
    await bruno.press("J'ai pris connaissance", exact=False)
    for said in typed_before:
        await bruno.say(said)
    await demo.playground.clock.jump(NOW + timedelta(minutes=11))

    await bruno.say("CarteVille")

    told = await bruno.screen()
    assert "Rien n'est signé" in told.text
    assert told.has("Accéder à la fiche : Maxence")


async def test_the_other_parent_on_this_phone_does_not_sign_with_the_first_ones_name(
    demo: Demo,
) -> None:
    documents = transactions(demo.application.database, SqlDocuments)
    publish = PublishDocument(documents, demo.playground.clock)
    await publish(1, DocumentKind.HOUSE_RULES, title="Règlement", body="Du nouveau.")
    phone, tablet = await logged_in(demo, BELKACEM), await logged_in(demo, STRANGER, *SAMIR)
    button = await until_signature(phone, "Leyah", "Samir Belkacem")
    await tablet.say("/appareils")
    await tablet.press("Terminer cette connexion")
    await phone.log_in("MOREAU1", "cartable-sur-le-dos")

    await phone.press_data(button)

    assert "Rien n'est signé" in await phone.text()
    await phone.say("/fiches")
    assert "☐ Leyah · à signer" in await phone.text()


async def test_signing_twice_is_told_as_the_first_time(demo: Demo) -> None:
    bruno = await allard(demo)
    button = await until_signature(bruno, "Maxence", "Bruno Allard")
    message = (await bruno.screen()).message_id
    await bruno.press("Je signe", exact=False)
    first = (await bruno.message(message)).text

    await bruno.press_data(button, message_id=message)

    assert "Le règlement est signé pour Maxence" in first
    assert (await bruno.message(message)).text == first
