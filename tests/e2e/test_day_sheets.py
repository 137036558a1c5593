"""S4 over real HTTP: who comes today, an absence that a parent declares, paper and workbook."""

from datetime import time
from io import BytesIO

import openpyxl
import pypdfium2
from sqlalchemy import select, update

from bot.demo import Demo
from domain.staff.model import Role
from storage.schema import audit, booking, child
from tests.driver import Parent, Shown
from tests.e2e.town import DUPONT, HUGO, agent, logged_in


async def reader(demo: Demo, structure: int = 1) -> Parent:
    """Whoever stands at the door of the canteen needs no more."""
    return await agent(demo, Role.READER, HUGO, (structure,))


async def declare_paolo_ill(demo: Demo) -> None:
    parent = await logged_in(demo, DUPONT)
    await parent.press("Signaler une absence")
    await parent.press("lun. 23 nov. · Paolo")
    await parent.press("Absence : Restauration Scolaire")
    await parent.press("Malade")
    await parent.press("Ajouter un mot ou un justificatif")
    await parent.say("Varicelle")


async def canteen(hugo: Parent) -> None:
    await hugo.say("/agent")
    await hugo.press("Feuilles du jour")
    await hugo.press("Restauration Scolaire")


async def file(hugo: Parent, name: str) -> bytes:
    found = [m.document for m in await hugo.messages() if m.document is not None]
    (wanted,) = [one for one in found if str(one["file_name"]).endswith(name)]
    return await hugo.download(str(wanted["file_id"]))


async def uses(demo: Demo) -> list[str]:
    told = select(audit.c.details).where(audit.c.what.in_(("sheet_read", "sheet_taken")))
    found = await demo.application.database.read(
        lambda c: list(c.scalars(told.order_by(audit.c.id)))
    )
    return [f"{one['use']} {one['day']}" for one in found]


async def whole(hugo: Parent) -> str:
    """All pages of the sheet that is shown."""
    pages: list[Shown] = [await hugo.screen()]
    while pages[-1].has("›") and any(b == "›" for row in pages[-1].rows for b in row):
        await hugo.press("›", exact=True)
        pages.append(await hugo.screen())
    return "\n".join(page.text for page in pages)


async def test_an_absence_is_on_the_sheet_at_once_without_the_parents_words(demo: Demo) -> None:
    hugo = await reader(demo)
    await canteen(hugo)
    before = await hugo.screen()
    await declare_paolo_ill(demo)
    await demo.restart_bot()

    await canteen(hugo)

    after = await whole(hugo)
    assert "absent" not in before.text
    assert "1 absent" in after
    assert "✗ 11:30–13:30 · DUPONT Paolo" in after
    assert "absent : malade, signalé le lun. 23 nov. à 10:00" in after
    assert "Varicelle" not in await hugo.transcript()


async def test_who_comes_in_a_class_is_two_taps_away_and_the_next_class_one_more(
    demo: Demo,
) -> None:
    hugo = await reader(demo)

    await hugo.press("Feuilles du jour")
    await hugo.press("CE1 B")

    shown = await hugo.screen()
    assert "CE1 B" in shown.text.splitlines()[0]
    assert "Restauration Scolaire" in shown.text
    assert "DUPONT Amalia" in shown.text
    assert "DUPONT Paolo" not in shown.text
    await demo.restart_bot()
    await hugo.press("‹ CP A")
    assert "DUPONT Paolo" in (await hugo.screen()).text


async def test_a_class_has_its_own_paper_and_workbook_in_one_activity(demo: Demo) -> None:
    hugo = await reader(demo)
    await canteen(hugo)
    called = (await hugo.screen()).text
    await hugo.press("CE1 B ·")
    await hugo.press("Imprimer (PDF)")
    await hugo.press("XLSX")

    paper = pypdfium2.PdfDocument(await file(hugo, ".pdf"))
    said = " ".join(page.get_textpage().get_text_bounded() for page in paper)
    sheet = openpyxl.load_workbook(BytesIO(await file(hugo, ".xlsx"))).active
    classes = {
        row[2].value for row in sheet.iter_rows() if row[0].value == "Restauration Scolaire"
    }
    assert "GS Tilleuls · " in called
    assert "DUPONT Amalia" in said
    assert "DUPONT Paolo" not in said
    assert classes == {"CE1 B"}


async def test_children_without_a_class_are_told_last(demo: Demo) -> None:
    hugo = await reader(demo)
    await hugo.press("Feuilles du jour")

    await hugo.press("Sans classe · 1")

    assert "O'CONNOR Finn" in (await hugo.screen()).text


async def test_the_way_back_from_tables_leads_to_the_same_class(demo: Demo) -> None:
    hugo = await reader(demo)
    await hugo.press("Mon accès")
    await hugo.press("Afficher en tableaux")
    await hugo.say("/agent")
    await hugo.press("Feuilles du jour")
    await hugo.press("CE1 B")
    in_tables = await hugo.screen()

    await hugo.press("Affichage simple")

    simple = await hugo.screen()
    assert in_tables.kind == "rich"
    assert "CE1 B" in simple.text.splitlines()[0]
    assert "DUPONT Amalia" in simple.text


async def test_days_before_and_after_and_the_way_back_to_today(demo: Demo) -> None:
    hugo = await reader(demo)
    await hugo.press("Feuilles du jour")
    today = await hugo.screen()
    await hugo.press("mar. 24/11 ›")
    await demo.restart_bot()
    await hugo.press("mer. 25/11 ›")
    wednesday = await hugo.screen()

    await hugo.press("Aujourd'hui")

    assert "lun. 23 novembre (aujourd'hui)" in today.text
    assert "ALSH 6-12" in wednesday.text
    assert (await hugo.screen()).text == today.text
    assert await uses(demo) == [
        "screen 2026-11-23",
        "screen 2026-11-24",
        "screen 2026-11-25",
        "screen 2026-11-23",
    ]


async def test_the_paper_has_a_box_for_each_child_and_a_cross_for_the_absent(demo: Demo) -> None:
    await declare_paolo_ill(demo)
    hugo = await reader(demo)
    await canteen(hugo)
    lines = [line for line in (await whole(hugo)).splitlines() if "–" in line]
    names = {line.rpartition(" · ")[2].partition("…")[0] for line in lines}  # one is cut

    await hugo.press("Imprimer (PDF)")

    paper = pypdfium2.PdfDocument(await file(hugo, ".pdf"))
    text = " ".join(page.get_textpage().get_text_bounded() for page in paper)
    said = " ".join(text.split())
    assert "Restauration Scolaire" in said
    assert len(names) > 5
    assert [name for name in names if name not in said] == []
    assert said.count("✗") == 1
    assert "Varicelle" not in said
    assert (await uses(demo))[-1] == "pdf 2026-11-23"


async def test_the_workbook_tells_hours_as_hours_and_who_is_absent(demo: Demo) -> None:
    await declare_paolo_ill(demo)
    hugo = await reader(demo)
    await canteen(hugo)

    await hugo.press("XLSX")

    sheet = openpyxl.load_workbook(BytesIO(await file(hugo, ".xlsx"))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    (paolo,) = [row for row in rows if row[3:5] == ["DUPONT", "Paolo"]]
    assert (paolo[0], paolo[2]) == ("Restauration Scolaire", "CP A – Mme Martin")
    assert paolo[5:9] == [time(11, 30), time(13, 30), "absent", "Malade"]
    (total,) = [row for row in rows if row[0] == "TOTAL présents"]
    assert total[10] == sum(row[7] == "attendu" for row in rows)
    assert (await uses(demo))[-1] == "xlsx 2026-11-23"


async def test_chosen_hours_are_put_in_order_and_counted_by_half_hour(demo: Demo) -> None:
    of_nina = select(child.c.id, child.c.first_name)
    children = await demo.application.database.read(lambda c: list(c.execute(of_nina)))
    (nina,) = [one.id for one in children if one.first_name == "Nina"]
    sooner = update(booking).where(booking.c.child_id == nina, booking.c.departure == time(17, 30))
    await demo.application.database.write(lambda c: c.execute(sooner.values(arrival=time(16))))
    hugo = await reader(demo)
    await hugo.press("Feuilles du jour")
    await hugo.press("1/2 heure")
    await hugo.press("Par arrivée")
    lines = [line for line in (await whole(hugo)).splitlines() if "–" in line]

    await hugo.press("Par demi-heure")

    bars = (await hugo.screen()).text
    assert lines[0] == "16:00–17:30 · DURAND Nina · CM1 Tilleuls"
    assert "16:00 1 ▪▪▪▪▪\n16:30 4 ▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪" in bars


async def test_the_agent_of_another_structure_sees_none_of_these_children(demo: Demo) -> None:
    hugo = await reader(demo, structure=2)

    await hugo.press("Feuilles du jour")

    assert "Aucun enfant n'est attendu" in (await hugo.screen()).text
