"""S1, S6 and S7 from the chat: families, the log and the night."""

import re
from datetime import date

import pypdfium2
from sqlalchemy import select

from bot.demo import Demo
from conversations.nights.routes import RunTheNight
from domain.activities.model import StructureId
from domain.staff.model import Role
from storage.schema import telegram_session, transmission
from tests.driver import Parent
from tests.e2e.town import DUPONT, agent, logged_in

HALL, SCHOOL = StructureId(1), StructureId(2)


async def text(there: Parent) -> str:
    return (await there.until(lambda shown: bool(shown.rows))).text


async def test_a_family_is_found_looked_at_and_all_of_it_is_noted(demo: Demo) -> None:
    await logged_in(demo, DUPONT)
    agnes = await agent(demo, Role.MANAGER)
    await agnes.press("Familles")
    await demo.restart_bot()
    await agnes.say("amal dup")
    found = await agnes.screen()
    await agnes.press("Jean-Paul DUPONT")
    sheet = await text(agnes)
    await agnes.say("/agent")
    await agnes.press("Journal des agents")

    log = await text(agnes)
    assert "1 famille trouvée" in found.text
    assert "Identifiant : DUPONT1" in sheet
    assert "Connecté(e) sur Telegram" in sheet
    assert "Paolo" in sheet
    for act in ("Connexion d'un agent", "Recherche de familles", "Fiche de famille ouverte"):
        assert act in log


async def test_an_identifier_finds_its_family_and_a_single_letter_finds_none(demo: Demo) -> None:
    agnes = await agent(demo, Role.MANAGER)
    await agnes.press("Familles")
    await agnes.say("casimir1")
    exact = await agnes.screen()

    await agnes.say("x")

    assert "1 famille trouvée" in exact.text
    assert exact.has("Nadia CASIMIR")
    assert "Envoyez au moins 2 lettres" in await text(agnes)


async def test_a_letter_comes_into_the_chat_once_and_ends_what_was(demo: Demo) -> None:
    await logged_in(demo, DUPONT)
    agnes = await agent(demo, Role.MANAGER)
    await agnes.press("Familles")
    await agnes.say("DUPONT1")
    await agnes.press("Jean-Paul DUPONT")
    await agnes.press("Nouvelle lettre pour M. Jean-Paul DUPONT")
    asked = await agnes.screen()
    make = asked.button("Faire la lettre").data

    await agnes.press_data(make, message_id=asked.message_id)
    await agnes.press_data(make, message_id=asked.message_id)

    papers = [m.document for m in await agnes.messages() if m.document is not None]
    assert len(papers) == 1
    pages = pypdfium2.PdfDocument(await agnes.download(papers[0]["file_id"]))
    words = "".join(page.get_textpage().get_text_range() for page in pages)
    assert "DUPONT1" in words
    assert any("Une lettre vient d'être faite" in m.text for m in await agnes.messages())
    live = select(telegram_session.c.id).where(telegram_session.c.ended_at.is_(None))
    assert await demo.application.database.read(lambda c: c.scalars(live).all()) == []


async def test_a_locked_identifier_is_unlocked_from_the_familys_sheet(demo: Demo) -> None:
    town = demo.application.town
    for _ in range(10):
        await town.access.write(lambda tx: tx.count_failure(None, "DUPONT1", town.clock()))
    agnes = await agent(demo, Role.MANAGER)
    await agnes.press("Familles")
    await agnes.say("DUPONT1")
    await agnes.press("Jean-Paul DUPONT")
    locked = await text(agnes)

    await agnes.press("Déverrouiller M. Jean-Paul DUPONT")

    assert "Identifiant verrouillé" in locked
    assert "Identifiant verrouillé" not in await text(agnes)
    await logged_in(demo, DUPONT)


async def test_who_cannot_be_reached_is_listed(demo: Demo) -> None:
    agnes = await agent(demo, Role.MANAGER)
    await agnes.press("Familles")

    await agnes.press("Familles injoignables")

    assert "Familles injoignables" in await text(agnes)


async def test_tonights_run_at_once_is_done_once_and_not_again_at_its_hour(demo: Demo) -> None:
    agnes = await agent(demo, Role.MANAGER, structures=(HALL, SCHOOL))
    await agnes.press("Transmissions")
    await agnes.press("Lancer la nuit maintenant")
    asked = await agnes.screen()
    run = asked.button("Lancer la nuit").data

    await agnes.press_data(run, message_id=asked.message_id)
    done = await text(agnes)
    await agnes.press_data(run, message_id=asked.message_id)
    again = await text(agnes)
    await demo.playground.clock.jump(demo.playground.clock.tonight())

    nights = select(transmission.c.night).where(transmission.c.structure_id == 1)
    held = await demo.application.database.read(lambda c: list(c.scalars(nights)))
    assert "La nuit est faite" in done
    assert re.search(r"n° \d+ · nuit du mar. 24 novembre", done)
    assert "Cette nuit est déjà faite" in again
    assert len(held) == len(set(held))
    assert max(held).isoformat() == "2026-11-24"


async def test_a_manager_of_one_structure_does_not_run_the_night_of_the_others(demo: Demo) -> None:
    agnes = await agent(demo, Role.MANAGER, structures=(SCHOOL,))
    await agnes.press("Transmissions")
    shown = await agnes.screen()

    await agnes.press_data(RunTheNight(night=date(2026, 11, 24)).pack())

    assert not shown.has("Lancer la nuit")
    assert "ne permet pas cette opération" in (await agnes.screen()).text
    nights = await demo.application.database.read(
        lambda c: list(c.scalars(select(transmission.c.night)))
    )
    assert date(2026, 11, 24) not in nights


async def test_the_log_is_taken_as_a_file_and_shown_in_tables_and_back(demo: Demo) -> None:
    agnes = await agent(demo, Role.MANAGER)
    await agnes.press("Journal des agents")
    await agnes.press("CSV")
    paper = next(m.document for m in await agnes.messages() if m.document is not None)
    csv = (await agnes.download(paper["file_id"])).decode("utf-8-sig")
    await agnes.say("/agent")
    await agnes.press("Mon accès")
    await agnes.press("Afficher en tableaux")
    await agnes.press("Accueil des agents")
    await agnes.press("Journal des agents")
    tables = await agnes.screen()

    await agnes.press("Affichage simple")

    assert "Agnès Martin" in csv
    assert "Connexion d'un agent" in csv
    assert tables.kind == "rich"
    assert "Journal exporté" in tables.text
    assert (await agnes.screen()).kind != "rich"


async def test_a_reader_sees_neither_families_nor_the_log(demo: Demo) -> None:
    hugo = await agent(demo, Role.READER)

    shown = await hugo.screen()

    assert shown.has("Transmissions")
    assert not shown.has("Familles")
    assert not shown.has("Journal")
