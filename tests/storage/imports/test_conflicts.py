"""X1: what a file cannot do to a town that lives."""

import pytest
from sqlalchemy import update

from domain.imports.model import Counts, Table, Trouble
from storage import schema
from tests.storage.imports import files

CONFLICTS = {
    "a payment that changed": ("payments", "P1,F1", "P1,F2", Trouble.LEDGER_KEPT),
    "a consumption that changed": ("consumptions", "2.50,1", "2.50,2", Trouble.LEDGER_KEPT),
    "a guardian of another family": ("guardians", "G1,F1", "G1,F2", Trouble.ANOTHER_FAMILY),
    "an identifier of somebody else": (
        "guardians",
        "G1,F1,DUPONT1",
        "G3,F1,dupont1",
        Trouble.IDENTIFIER_TAKEN,
    ),
    "a consumption of another family's child": (
        "consumptions",
        "K1,F1,C1",
        "K2,F2,C1",
        Trouble.NOT_OF_THE_FAMILY,
    ),
    "a consumption of no booking": (
        "consumptions",
        "code,family,child,activity,day,unit_price,quantity\nK1,F1,C1,CANT,2026-11-02,2.50,1",
        "code,family,child,activity,day,unit_price,ticket\nK2,F1,C1,CANT,2026-12-07,2.50,9",
        Trouble.NO_SUCH_BOOKING,
    ),
}


@pytest.mark.parametrize("name", CONFLICTS)
async def test_it_is_told_and_nothing_is_written(database, import_town, folder, name):
    table, before, after, trouble = CONFLICTS[name]
    await import_town(folder)
    assert before in files.TOWN[table]

    changed = {table: files.TOWN[table].replace(before, after, 1)}
    outcome = await import_town(files.write(folder, **changed))

    assert trouble in [problem.trouble for problem in outcome.problems]
    assert not outcome.applied


async def test_two_guardians_of_one_file_never_share_an_identifier(import_town, folder):
    guardians = files.TOWN["guardians"].replace("MARTIN1", " Dupont1")

    outcome = await import_town(files.write(folder, guardians=guardians))

    assert [(p.trouble, p.column, p.line) for p in outcome.problems] == [
        (Trouble.TWICE, "identifier", 3)
    ]


async def test_places_never_fall_below_what_is_taken(database, import_town, folder):
    await import_town(folder)
    taken = update(schema.pool_day).where(schema.pool_day.c.capacity == 2).values(taken=2)
    await database.write(lambda c: c.execute(taken))
    fewer = files.TOWN["openings"].replace("yes,,,2\n", "yes,,,1\n")

    outcome = await import_town(files.write(folder, openings=fewer))

    (problem,) = outcome.problems
    assert (problem.trouble, problem.params) == (Trouble.FEWER_THAN_TAKEN, {"taken": 2})


async def test_a_reference_may_be_to_the_same_file_or_to_the_town(import_town, folder):
    await import_town(folder)
    alone = dict.fromkeys(files.TOWN) | {
        "children": "code,families,first_name,last_name\nC9,F1,Nina,Dupont\n",
        "enrolments": "child,activity,valid_from,valid_to\nC9,CANT,2026-09-01,2027-07-03\n",
    }

    outcome = await import_town(files.write(folder, **alone))

    assert (outcome.problems, outcome.total) == ((), Counts(new=2))


async def test_what_one_file_contradicts_by_itself_is_told_and_not_written(import_town, folder):
    """The child is new, so whose it is shows only while it is written."""
    await import_town(folder)
    alone = dict.fromkeys(files.TOWN) | {
        "children": "code,families,first_name,last_name\nC9,F1,Nina,Dupont\n",
        "consumptions": "code,family,child,activity,day,unit_price\nK9,F2,C9,CANT,2026-11-02,3\n",
    }

    outcome = await import_town(files.write(folder, **alone))

    assert [p.trouble for p in outcome.problems] == [Trouble.NOT_OF_THE_FAMILY]
    assert not outcome.applied
    assert (await import_town(folder, dry_run=True)).counts[Table.CHILDREN] == Counts(new=1)


async def test_semicolons_quotes_and_a_mark_at_the_start_are_read(import_town, folder):
    families = "\ufeffcode;resident\nF1;oui\nF2;non\n"

    outcome = await import_town(files.write(folder, families=families))

    assert outcome.problems == ()


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"code,resident\nF1,\xff\n", Trouble.NOT_UTF_8),
        (b'code,resident\n"F1,oui\n', Trouble.UNREADABLE),
        (b"code,name\nF1,x\n", Trouble.UNKNOWN_COLUMN),
        (b"code,code\nF1,x\n", Trouble.COLUMN_TWICE),
        (b"resident\noui\n", Trouble.COLUMN_MISSING),
        (b"code\nF 1\n", Trouble.NOT_A_CODE),
        (b"code\n#1\n", Trouble.NOT_A_CODE),
        (b"code,resident\nF1,oui,non\n", Trouble.TOO_MANY_CELLS),
    ],
)
async def test_what_cannot_be_read_is_told_by_its_place(import_town, tmp_path, content, trouble):
    (tmp_path / "families.csv").write_bytes(content)

    outcome = await import_town(tmp_path / "families.csv")

    assert [problem.trouble for problem in outcome.problems] == [trouble]
