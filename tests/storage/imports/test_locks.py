"""An import holds what others write in their order: nobody waits in a circle (PostgreSQL)."""

import asyncio
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text, update

from storage import schema
from tests.storage.imports import files
from tests.storage.imports.conftest import NOW, Import

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

CANTEEN = "Périscolaire"
LINES = 600  # more than one chunk: the first chunk names the last rows
FAMILIES = {
    "families": "code\n" + "".join(f"F{n}\n" for n in range(1, LINES + 1)),
    "guardians": None,
    "children": "code,families,first_name,last_name\n"
    + "".join(f"C{n},F{n},Anne,Un\n" for n in range(1, LINES + 1)),
    "enrolments": None,
    "quotients": None,
    "consumptions": None,
    "payments": None,
    "wallets": "family,structure,wallet,balance,on\n"
    + "".join(f"F{n},MAIRIE,{CANTEEN},5.00,2026-10-31\n" for n in range(1, LINES + 1)),
    "answers": None,
}


def backwards(start: str, line: str) -> str:
    return start + "".join(line.format(n=n) for n in range(LINES, 0, -1))


PAYMENTS = backwards(
    "code,family,structure,wallet,day,amount,mode\n",
    f"Q{{n}},F{{n}},MAIRIE,{CANTEEN},2026-11-02,1.00,CB\n",
)
CHILDREN = backwards("code,families,first_name,last_name\n", "C{n},F{n},Anne,Deux\n")


@pytest.fixture
async def town(import_town: Import, folder: Path) -> Path:
    outcome = await import_town(files.write(folder, **FAMILIES))
    assert outcome.applied, outcome.problems
    return folder


def alone(folder: Path, **tables: str) -> Path:
    """A folder of these tables and no other."""
    folder.mkdir()
    for name, content in tables.items():
        (folder / f"{name}.csv").write_text(content)
    return folder


async def ends(connection, table) -> list[int]:
    """The first row and the last one, as everybody orders them."""
    keys = (await connection.scalars(select(table.c.id).order_by(table.c.id))).all()
    return [keys[0], keys[-1]]


async def free(connection, table, key: int) -> bool:
    query = select(table.c.id).where(table.c.id == key)
    return (await connection.execute(query.with_for_update(skip_locked=True))).first() is not None


@pytest.mark.parametrize(
    ("table", "tables"),
    [
        (schema.wallet, {"payments": PAYMENTS}),
        (schema.child, {"children": CHILDREN}),
    ],
    ids=["wallets", "children"],
)
async def test_an_import_that_waits_for_the_first_row_holds_no_later_one(
    town, import_town, rivals, tmp_path, table, tables
):
    path = alone(tmp_path / "later", **tables)
    async with rivals.transaction() as first:
        low, high = await ends(first, table)
        await first.execute(update(table).where(table.c.id == low).values(id=low))
        held: list[bool] = []

        async def importing():
            return await import_town(path)

        running = asyncio.create_task(importing())  # noqa: TID251 - awaited below
        async with asyncio.timeout(30):
            while not await rivals._somebody_waits():
                assert not running.done()
        async with rivals.transaction() as second:
            held.append(not await free(second, table, high))
        await first.commit()
        outcome = await running

    assert outcome.applied
    assert held == [False]


async def test_imports_beside_those_who_pay_and_debit_never_deadlock(
    town, import_town, database, tmp_path
):
    """Entries of each wallet, first to last and all at once, as the night writes them."""
    keys = await database.read(
        lambda c: c.scalars(select(schema.wallet.c.id).order_by(schema.wallet.c.id)).all()
    )
    rows = [
        {
            "wallet_id": key,
            "kind": "correction",
            "day": NOW.date(),
            "at": NOW,
            "amount": Decimal(1),
        }
        for key in keys
    ]
    entries = insert(schema.ledger_entry)
    deadlocks = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")

    async def night() -> None:
        for _ in range(5):
            await database.write(lambda c: c.execute(entries, rows))

    async def town_hall() -> None:
        for n in range(5):
            lines = PAYMENTS.replace("Q", f"R{n}-")
            assert (await import_town(alone(tmp_path / f"p{n}", payments=lines))).applied

    await asyncio.gather(night(), town_hall())

    assert await database.read(lambda c: c.scalar(deadlocks)) == 0
    balances = await database.read(lambda c: set(c.scalars(select(schema.wallet.c.balance))))
    assert {str(one) for one in balances} == {"15.00"}
