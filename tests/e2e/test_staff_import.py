"""X1 from the chat: a manager sends a file, reads what it would do, and has it written once."""

from io import BytesIO

from openpyxl import load_workbook
from sqlalchemy import func, select

from bot.demo import Demo
from domain.staff.acts import StaffAct
from domain.staff.model import Role
from storage.schema import audit, family, structure
from tests.driver import Parent, Shown
from tests.e2e.town import agent

GOOD = b"code,resident\nF-1,oui\nF-2,non\n"
BAD = b"code,resident\n" + b"".join(b"F-%d,peut-etre\n" % n for n in range(12))


async def of_every_structure(demo: Demo, role: Role = Role.MANAGER) -> Parent:
    every = await demo.application.database.read(
        lambda c: tuple(c.scalars(select(structure.c.id)))
    )
    return await agent(demo, role, structures=every)


async def families(demo: Demo) -> int:
    query = select(func.count()).select_from(family)
    return await demo.application.database.read(lambda c: c.execute(query).scalar_one())


async def imports(demo: Demo) -> list[dict]:
    query = select(audit.c.details).where(audit.c.what == StaffAct.IMPORTED)
    return await demo.application.database.read(lambda c: list(c.scalars(query)))


async def papers(there: Parent) -> list[dict]:
    return [m.document for m in await there.messages() if m.by_bot and m.document is not None]


async def send(there: Parent, content: bytes, name: str = "families.csv") -> Shown:
    """The answer to it, as soon as it is there."""
    before = (await there.screen()).message_id
    await there.send_document(name, content, "text/csv", wait=False)
    return await there.until(lambda one: one.message_id > before and _is_answer(one))


async def write(there: Parent, label: str = "Écrire ces données") -> Shown:
    asked = (await there.screen()).message_id
    await there.press(label, message_id=asked)
    return await there.until(
        lambda one: one.message_id == asked and _is_answer(one) and not one.has(label)
    )


def _is_answer(shown: Shown) -> bool:
    return shown.has("Envoyer un autre fichier")


async def test_a_file_is_checked_then_written_once_after_a_restart(demo: Demo) -> None:
    agnes, before = await of_every_structure(demo), await families(demo)
    await agnes.press("Importer des données")
    checked = await send(agnes, GOOD)
    unwritten = await families(demo)
    await demo.restart_bot()
    again = checked.button("Écrire ces données").data

    written = await write(agnes)
    await agnes.press_data(again, message_id=checked.message_id)

    assert "Familles : 2 en plus, 0 modifiées, 0 inchangées" in checked.text
    assert unwritten == before
    assert "C'est écrit." in written.text
    assert await families(demo) == before + 2
    assert "déjà écrites" in (await agnes.message(checked.message_id)).text
    (noted,) = await imports(demo)
    assert (noted["new"], noted["changed"], noted["unchanged"]) == (2, 0, 0)
    assert len(noted["checksum"]) == 64


async def test_the_same_file_again_has_nothing_to_write(demo: Demo) -> None:
    agnes = await of_every_structure(demo)
    await agnes.press("Importer des données")
    await send(agnes, GOOD)
    await write(agnes)

    again = await send(agnes, GOOD)

    assert "rien de nouveau" in again.text
    assert not again.has("Écrire")


async def test_every_problem_is_told_and_nothing_is_written(demo: Demo) -> None:
    agnes, before = await of_every_structure(demo), await families(demo)
    await agnes.press("Importer des données")

    told = await send(agnes, BAD)

    await agnes.until(lambda shown: shown.document is not None)
    (paper,) = await papers(agnes)
    book = load_workbook(BytesIO(await agnes.download(paper["file_id"])))
    cells = [str(cell.value) for row in book.active.iter_rows() for cell in row]
    assert "12 problèmes : rien n'est écrit." in told.text
    assert "families.csv, ligne 2, colonne resident" in told.text
    assert not told.has("Écrire")
    assert cells.count("resident") == 12
    assert await families(demo) == before


async def test_the_template_is_a_workbook_that_can_be_sent_back(demo: Demo) -> None:
    agnes = await of_every_structure(demo)
    await agnes.press("Importer des données")
    await agnes.press("Recevoir le modèle")
    (paper,) = await papers(agnes)

    answer = await send(agnes, await agnes.download(paper["file_id"]), "modele.xlsx")

    assert "Aucun problème" in answer.text


async def test_what_another_file_would_do_is_not_written_by_an_old_button(demo: Demo) -> None:
    agnes, before = await of_every_structure(demo), await families(demo)
    await agnes.press("Importer des données")
    old = await send(agnes, GOOD)
    await send(agnes, GOOD + b"F-3,oui\n")

    await agnes.press("Écrire ces données", message_id=old.message_id)

    assert "plus le fichier vérifié" in (await agnes.message(old.message_id)).text
    assert await families(demo) == before


async def test_an_agent_who_is_no_manager_imports_nothing(demo: Demo) -> None:
    agnes = await of_every_structure(demo, Role.AGENT)
    home = await agnes.screen()

    await agnes.press_data("gm")

    assert not home.has("Importer")
    assert "ne permet pas" in (await agnes.screen()).text


async def test_an_import_takes_a_manager_of_every_structure(demo: Demo) -> None:
    await demo.application.database.write(
        lambda c: c.execute(
            structure.insert().from_select(
                [one.name for one in structure.c if one.name != "id"],
                select(*[one for one in structure.c if one.name != "id"]).limit(1),
            )
        )
    )
    agnes = await agent(demo, Role.MANAGER)
    await agnes.press("Importer des données")

    answer = await send(agnes, GOOD)

    assert "pour chacune d'elles" in answer.text
