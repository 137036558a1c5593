"""X1: a town's tables, all of them or none, and twice is once."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from domain.imports.model import Counts, Table, Trouble
from storage import schema
from storage.catalogue import catalogue_version, load_catalogue
from storage.engine import Database
from tests.storage.imports import files


async def rows(database: Database, query):
    return await database.read(lambda c: c.execute(query).all())


async def everything(database: Database):
    tables = schema.metadata.sorted_tables
    return {table.name: await rows(database, select(table)) for table in tables}


async def balances(database: Database) -> dict[str, Decimal]:
    query = select(schema.wallet.c.name, schema.wallet.c.balance)
    return {row[0]: row[1] for row in await rows(database, query)}


async def test_a_small_town_is_there_after_one_run(database, import_town, folder):
    outcome = await import_town(folder)

    assert outcome.problems == ()
    assert outcome.applied
    assert outcome.total == Counts(new=24)
    catalogue = await database.read(load_catalogue)
    canteen, wednesday = catalogue.activities.values()
    assert (canteen.name, canteen.weekdays) == ("Restauration", {0, 1, 3, 4})
    assert (wednesday.approval, wednesday.wallet) == (True, "Loisirs")
    assert [tariff.amount for tariff in canteen.tariffs] == [Decimal("2.50"), Decimal(4)]
    (structure,) = catalogue.structures.values()
    assert structure.calendar.is_public_holiday(date(2026, 12, 25))
    guardians = await rows(database, select(schema.guardian.c.emails, schema.guardian.c.last_name))
    assert guardians == [(["jp@exemple.fr", "jp2@exemple.fr"], "Dupont"), ([], "Martin")]
    places = select(schema.pool_day.c.day, schema.pool_day.c.capacity).order_by(
        schema.pool_day.c.day
    )
    assert await rows(database, places) == [
        (date(2026, 12, 7), 2),
        (date(2026, 12, 8), None),
        (date(2026, 12, 9), 1),
    ]


async def test_a_wallet_holds_what_the_town_says_it_held_that_day(database, import_town, folder):
    await import_town(folder)

    kinds = select(schema.ledger_entry.c.kind, schema.ledger_entry.c.amount)
    assert await balances(database) == {"Périscolaire": Decimal(30), "Loisirs": Decimal("-4.5")}
    assert sorted((kind.value, amount) for kind, amount in await rows(database, kinds)) == [
        ("consumption", Decimal("-2.50")),
        ("opening", Decimal("-4.50")),
        ("opening", Decimal("12.50")),
        ("payment", Decimal(20)),
    ]


async def test_the_same_files_again_change_nothing(database, import_town, folder):
    await import_town(folder)
    before = await everything(database)

    again = await import_town(folder)

    assert again.total == Counts(unchanged=24)
    assert await everything(database) == before


async def test_a_dry_run_writes_nothing_and_counts_the_same(database, import_town, folder):
    before = await everything(database)

    dry = await import_town(folder, dry_run=True)

    assert (dry.applied, dry.total) == (False, Counts(new=24))
    assert await everything(database) == before
    assert (await import_town(folder)).counts == dry.counts


async def test_running_bots_hear_of_what_changed_and_of_nothing_else(
    database, import_town, folder
):
    await import_town(folder)
    first = await database.read(catalogue_version)

    await import_town(folder)
    same = await database.read(catalogue_version)
    await import_town(files.write(folder, families="code,resident\nF1,no\nF2,no\n"))

    assert (same, await database.read(catalogue_version)) == (first, first + 1)


async def classes(database: Database) -> list[str | None]:
    query = select(schema.child.c.school_class).order_by(schema.child.c.id)
    return [row[0] for row in await rows(database, query)]


OF_TWO = "code,families,first_name,last_name{}\nC1,F1,Leyah,Dupont{}\nC2,F1;F2,Noé,Martin{}\n"


async def test_a_new_school_year_changes_the_classes_and_nothing_else(
    database, import_town, folder
):
    await import_town(folder)
    first = await classes(database)
    children = OF_TWO.format(",school_class", ',"  CE2\n A "', ",CP – Mme Martin")

    outcome = await import_town(files.write(folder, children=children))

    assert outcome.counts[Table.CHILDREN] == Counts(changed=2)
    assert (first, await classes(database)) == (["CE1 B", None], ["CE2 A", "CP – Mme Martin"])
    again = await import_town(files.write(folder, children=children))
    assert again.counts[Table.CHILDREN] == Counts(unchanged=2)


async def test_a_file_from_before_classes_leaves_them_as_they_are(database, import_town, folder):
    old = files.write(folder, children=OF_TWO.format("", "", ""))
    await import_town(old)
    unsaid = await import_town(old)
    await import_town(files.write(folder))

    await import_town(files.write(folder, children=OF_TWO.format("", "", "")))

    assert unsaid.counts[Table.CHILDREN] == Counts(unchanged=2)
    assert await classes(database) == ["CE1 B", None]


async def test_a_child_whose_class_is_empty_has_none_any_more(database, import_town, folder):
    await import_town(folder)

    await import_town(files.write(folder, children=OF_TWO.format(",school_class", ",", ",CM2")))

    assert await classes(database) == [None, "CM2"]


async def test_a_class_with_too_long_a_name_is_told_by_line_and_column(
    database, import_town, folder
):
    children = OF_TWO.format(",school_class", ",CP", "," + "é" * 41)

    (problem,) = (await import_town(files.write(folder, children=children))).problems

    told = (problem.line, problem.column, problem.trouble, problem.params)
    assert told == (3, "school_class", Trouble.TOO_LONG, {"most": 40})


async def test_a_line_that_says_something_new_changes_its_row(database, import_town, folder):
    await import_town(folder)
    children = "code,families,first_name,last_name\nC1,F1;F2,Léa,Dupont\nC2,F1,Noé,Martin\n"

    outcome = await import_town(files.write(folder, children=children))

    assert outcome.counts[Table.CHILDREN] == Counts(changed=2)
    names = await rows(database, select(schema.child.c.first_name).order_by(schema.child.c.id))
    assert names == [("Léa",), ("Noé",)]
    assert len(await rows(database, select(schema.child_family))) == 4  # none is taken away


async def test_one_bad_cell_and_nothing_at_all_is_written(database, import_town, folder):
    before = await everything(database)
    bad = files.TOWN["wallets"].replace("-4.50", "4.505")

    outcome = await import_town(files.write(folder, wallets=bad))

    assert not outcome.applied
    (problem,) = outcome.problems
    assert (problem.file, problem.line, problem.column, problem.trouble) == (
        "wallets.csv",
        3,
        "balance",
        Trouble.NOT_AN_AMOUNT,
    )
    assert await everything(database) == before


async def test_every_problem_is_told_at_once_with_its_line_and_column(import_town, folder):
    outcome = await import_town(
        files.write(
            folder,
            families="code,resident\nF1,peut-être\nF1,oui\n",
            children="code,families,first_name,last_name\nC1,F9,,Dupont\nC2,F1,Noé,Martin\n",
            enrolments="child,activity,valid_from,valid_to\nC1,CANT,2026-09-31,2027-07-03\n",
            quotients="family,valid_from,value\nF1,2026-01-01,-3\n",
            openings="activity,day,places\nCANT,2026-12-07,x\nPISCINE,2026-12-07,1\n",
            guardians=None,
            payments=None,
            wallets=None,
            consumptions=None,
        ),
        dry_run=True,
    )

    told = {(p.file, p.line, p.column, p.trouble) for p in outcome.problems}
    assert told == {
        ("families.csv", 2, "resident", Trouble.NOT_YES_OR_NO),
        ("families.csv", 3, "", Trouble.TWICE),
        ("children.csv", 2, "first_name", Trouble.EMPTY),
        ("enrolments.csv", 2, "valid_from", Trouble.NOT_A_DATE),
        ("quotients.csv", 2, "value", Trouble.IMPOSSIBLE),
        ("openings.csv", 2, "places", Trouble.NOT_A_NUMBER),
        ("openings.csv", 3, "activity", Trouble.UNKNOWN_REFERENCE),
    }
    assert outcome.troubles == len(told)
